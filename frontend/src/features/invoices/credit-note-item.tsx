/** A credit note among what settled its invoice: number, why, and whether the customer has it. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useCan } from "@/api/me";
import type { CreditNoteRow } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { MessageState } from "@/components/message-state";
import { Money } from "@/components/money";
import { useToast } from "@/components/toasts";
import { endpoints } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useMoney } from "@/i18n/use-money";
import { formatDay } from "@/lib/dates";

import { useSendCreditNote } from "./changes-api";
import classes from "./invoice.module.css";

interface Props {
  note: CreditNoteRow;
  /** What of it settled this invoice. */
  appliedMinor: number;
  email: string | null;
}

export function CreditNoteItem({ note, appliedMinor, email }: Props) {
  const { m, locale } = useLanguage();
  const words = m.changes.settled;
  const money = useMoney(note.currency);
  const left = note.credit_minor > 0 ? words.credit(money(note.credit_minor)) : null;
  return (
    <li>
      <a href={endpoints.creditNotePdf(note.id)} target="_blank" rel="noreferrer">
        {`${words.kind["credit_note"] ?? ""} ${note.number}`}
      </a>
      <Money minor={appliedMinor} currency={note.currency} size="strong" />
      <span className={`${classes.soft ?? ""} ${classes.whole ?? ""}`}>
        {[formatDay(note.issue_date, locale), note.reason, left].filter((one) => one !== null).join(" · ")}
      </span>
      <span className={`${classes.whole ?? ""} ${classes.acts ?? ""}`}>
        {note.mail_state === null ? null : <MessageState state={note.mail_state} />}
        {email === null ? null : <Send note={note} email={email} />}
      </span>
    </li>
  );
}

function Send({ note, email }: { note: CreditNoteRow; email: string }) {
  const { m } = useLanguage();
  const words = m.changes.settled;
  const notify = useToast();
  const send = useSendCreditNote(note.id);
  const [isAsking, setAsking] = useState(false);
  const wasSent = note.mail_state !== null;
  const verb = wasSent ? words.sendNoteAgain : words.sendNote;
  if (!useCan("collector")) return null;
  const confirm = () =>
    send.mutate(
      { again: wasSent },
      {
        onSuccess: () => {
          setAsking(false);
          notify({ tone: "good", text: words.sent });
        },
      },
    );
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`${verb} ${note.number}`}
        onClick={() => setAsking(true)}
      >
        {verb}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.sendNoteTitle(note.number)}
        action={verb}
        isPending={send.isPending}
        error={send.error}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        <p>{wasSent ? m.invoices.act.sendAgainBody(email) : m.invoices.act.sendBody(email)}</p>
      </ConfirmDialog>
    </>
  );
}
