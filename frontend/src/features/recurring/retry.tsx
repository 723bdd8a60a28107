/** A second try of what could not go out by itself. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useCan } from "@/api/me";
import type { RunRow } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Consequences } from "@/components/consequences";
import { useToast } from "@/components/toasts";
import { type Messages, useLanguage } from "@/i18n";
import { codeText } from "@/lib/failures";
import { formatMoney } from "@/lib/money";

import { useRetry } from "./recurring-api";

/** Why a run failed, by the words of the same refusal of a person's request. */
export function whyOf({ code, reason }: RunRow, m: Messages): string {
  const { errors } = m.common;
  if (code === null) return "";
  return errors.rules[code] ?? codeText(code, reason ?? code, errors);
}

export function Retry({ run }: { run: RunRow }) {
  const { m, locale } = useLanguage();
  const words = m.recurring.report;
  const notify = useToast();
  const [isOpen, setOpen] = useState(false);
  const retry = useRetry(run.id);
  if (!useCan("accountant")) return null;
  const close = () => {
    retry.reset();
    setOpen(false);
  };
  const confirm = () =>
    retry.mutate(undefined, {
      onSuccess: (after) => {
        const isDone = after.state !== "failed";
        notify({ tone: isDone ? "good" : "bad", text: isDone ? words.retried : whyOf(after, m) });
        close();
      },
    });
  const amount = formatMoney(run.total_minor, run.currency, locale);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {words.retry}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={words.retryTitle}
        action={words.retry}
        isPending={retry.isPending}
        error={retry.error}
        onConfirm={confirm}
        onClose={close}
      >
        <Consequences
          lines={[
            words.retryBody(amount, run.customer_name),
            run.sends ? words.retrySends : null,
          ]}
        />
      </ConfirmDialog>
    </>
  );
}
