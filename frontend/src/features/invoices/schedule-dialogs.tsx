/** Have a draft issued by itself on a day to come; and take that back. */
import { Checkbox } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { Invoice } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Consequences } from "@/components/consequences";
import { DateField } from "@/components/date-field";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { addDays, formatDay } from "@/lib/dates";

import { useSchedule, useUnschedule } from "./changes-api";
import { closing } from "./closing";
import type { DialogProps } from "./invoice-dialogs";

export function ScheduleDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  const command = useSchedule(invoice);
  const close = closing(command, onClose);
  return (
    <Dialog isOpen={isOpen} title={m.changes.schedule.title} onClose={close}>
      <Scheduling invoice={invoice} command={command} onClose={close} />
    </Dialog>
  );
}

interface Props {
  invoice: Invoice;
  command: ReturnType<typeof useSchedule>;
  onClose: () => void;
}

function Scheduling({ invoice, command, onClose }: Props) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.changes.schedule;
  const notify = useToast();
  const refused = useFieldErrors(command.error);
  const { email } = invoice.customer;
  const [day, setDay] = useState(invoice.scheduled_on ?? addDays(today, 1));
  const [isSending, setSending] = useState(
    invoice.scheduled_on === null ? email !== null : invoice.scheduled_send,
  );
  const isPast = day !== "" && day < today;
  const isReady = day !== "" && !isPast;
  const sends = isSending && email !== null;
  const confirm = () =>
    command.mutate(
      { issue_on: day, send: sends },
      {
        onSuccess: () => {
          onClose();
          notify({ tone: "good", text: words.done(formatDay(day, locale)) });
        },
      },
    );
  return (
    <DialogForm
      action={words.action}
      isReady={isReady}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <DateField
        label={words.day}
        value={day}
        min={today}
        error={isPast ? words.past : refused.get("/issue_on")}
        onChange={setDay}
      />
      {email === null ? (
        <p>{m.invoices.act.issueNoEmail}</p>
      ) : (
        <Checkbox
          label={words.send}
          description={email}
          checked={isSending}
          onChange={(event) => setSending(event.currentTarget.checked)}
        />
      )}
      {isReady ? (
        <Consequences
          lines={[
            words.will(formatDay(day, locale)),
            sends ? words.sends(email) : words.sendsNot,
            words.until,
          ]}
        />
      ) : null}
    </DialogForm>
  );
}

export function UnscheduleDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  const words = m.changes.schedule;
  const notify = useToast();
  const command = useUnschedule(invoice);
  const confirm = () =>
    command.mutate(undefined, {
      onSuccess: () => {
        onClose();
        notify({ tone: "good", text: words.undone });
      },
    });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={words.undoTitle}
      action={m.changes.act.unschedule}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Consequences lines={[words.undoBody]} />
    </ConfirmDialog>
  );
}
