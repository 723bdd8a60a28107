/** Take an item off the list, with a word on how it ended. */
import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";

import type { WorkItemRow } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";

import { useFinish } from "./work-api";
import { titleOf } from "./work-title";
import classes from "./work.module.css";

/** How calls usually end: a click writes it, and it can be added to. */
function Usual({ onChoose }: { onChoose: (text: string) => void }) {
  const { m } = useLanguage();
  return (
    <Group gap={6}>
      {Object.values(m.work.callOutcomes).map((text) => (
        <Button key={text} size="compact-xs" variant="default" onClick={() => onChoose(text)}>
          {text}
        </Button>
      ))}
    </Group>
  );
}

interface Props {
  item: WorkItemRow;
  isOpen: boolean;
  onClose: () => void;
}

export function FinishDialog({ item, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const notify = useToast();
  const finish = useFinish(item.key);
  const refused = useFieldErrors(finish.error);
  const [outcome, setOutcome] = useState("");
  const close = () => {
    onClose();
    finish.reset();
  };
  const confirm = () =>
    finish.mutate(
      { outcome: outcome.trim() || null },
      {
        onSuccess: () => {
          onClose();
          notify({ tone: "good", text: m.work.finished });
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={m.work.finishTitle}
      action={m.work.finishAction}
      isPending={finish.isPending}
      error={finish.error}
      onConfirm={confirm}
      onClose={close}
    >
      <p className={classes.strong}>
        {titleOf(item, m)}
      </p>
      <Textarea
        label={m.work.outcome}
        description={m.work.outcomeHint}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
        error={refused.get("/outcome")}
        rows={3}
        maxLength={2000}
        data-autofocus
      />
      {item.what === "call_to_make" ? <Usual onChoose={setOutcome} /> : null}
    </ConfirmDialog>
  );
}
