/** Send again everything that failed from a day on. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { WebhookEndpoint } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { DateField } from "@/components/date-field";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { addDays } from "@/lib/dates";

import { useReplayFailed } from "./webhooks-api";

const DAYS_BACK = 7;

export function ReplayFailed({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { m } = useLanguage();
  const { today } = useMe();
  const words = m.webhooks;
  const notify = useToast();
  const replay = useReplayFailed(endpoint.id);
  const refused = useFieldErrors(replay.error);
  const [isAsking, setAsking] = useState(false);
  const [day, setDay] = useState(() => addDays(today, -DAYS_BACK));
  const close = () => {
    setAsking(false);
    replay.reset();
  };
  const done = () => {
    notify({ tone: "good", text: words.replaying });
    close();
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {words.replayFailed}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.replayFailedTitle}
        action={words.replayFailedAction}
        isReady={day !== ""}
        isPending={replay.isPending}
        error={replay.error}
        onConfirm={() => replay.mutate(`${day}T00:00:00Z`, { onSuccess: done })}
        onClose={close}
      >
        <p>{words.replayFailedBody}</p>
        <DateField
          label={words.since}
          value={day}
          onChange={setDay}
          max={today}
          error={refused.get("/since")}
        />
      </ConfirmDialog>
    </>
  );
}
