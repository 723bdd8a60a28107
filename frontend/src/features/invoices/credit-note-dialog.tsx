/** Take back an invoice or a part of it by a credit note; what it comes to is computed as one writes. */
import { Checkbox, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";

import type { CreditNotePreview, Invoice } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { MoneyField } from "@/components/money-field";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useMoney } from "@/i18n/use-money";

import { useCreditNote as useIssueCreditNote } from "./changes-api";
import classes from "./changes.module.css";
import { closing } from "./closing";
import { creditable, type Extent } from "./credit-draft";
import { CreditLines } from "./credit-lines";
import type { DialogProps } from "./invoice-dialogs";
import { type CreditWriting, useCreditNote } from "./use-credit-note";

const EXTENTS: readonly Extent[] = ["whole", "amount", "lines"];

export function CreditNoteDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  const command = useIssueCreditNote();
  const close = closing(command, onClose);
  return (
    <Dialog
      isOpen={isOpen}
      size="lg"
      title={m.changes.creditNote.title(invoice.number ?? "")}
      onClose={close}
    >
      <Writing invoice={invoice} command={command} onClose={close} />
    </Dialog>
  );
}

interface Props {
  invoice: Invoice;
  command: ReturnType<typeof useIssueCreditNote>;
  onClose: () => void;
}

function Writing({ invoice, command, onClose }: Props) {
  const { m } = useLanguage();
  const words = m.changes.creditNote;
  const money = useMoney(invoice.currency);
  const notify = useToast();
  const refused = useFieldErrors(command.error);
  const [isAsked, setAsked] = useState(false);
  const writing = useCreditNote(invoice, isAsked);
  const [reason, setReason] = useState("");
  const { email } = invoice.customer;
  const [isSending, setSending] = useState(email !== null);
  const confirm = () => {
    if (writing.input === null) return;
    const input = { ...writing.input, reason: reason.trim(), send: isSending && email !== null };
    setAsked(true);
    command.mutate(input, {
      onError: () => setAsked(false),
      onSuccess: (note) => {
        onClose();
        notify({ tone: "good", text: words.issued(note.number, money(note.total_minor)) });
        for (const code of note.warnings) {
          notify({ tone: "bad", text: words.notSent(m.common.errors.byCode[code] ?? code) });
        }
      },
    });
  };
  return (
    <DialogForm
      action={words.action}
      isReady={writing.preview !== null && reason.trim() !== ""}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <WhatToCredit invoice={invoice} writing={writing} />
      <TextInput
        label={words.reason}
        value={reason}
        maxLength={200}
        autoComplete="off"
        error={refused.get("/reason")}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      {email === null ? null : (
        <Checkbox
          label={words.send}
          description={email}
          checked={isSending}
          onChange={(event) => setSending(event.currentTarget.checked)}
        />
      )}
      <CommandError error={writing.error} />
      <Result
        currency={invoice.currency}
        preview={writing.preview}
        isComputing={writing.input !== null && writing.error === null}
      />
    </DialogForm>
  );
}

function WhatToCredit({ invoice, writing }: { invoice: Invoice; writing: CreditWriting }) {
  const { m } = useLanguage();
  const words = m.changes.creditNote;
  const money = useMoney(invoice.currency);
  const { draft, change, flaw } = writing;
  const amountError =
    flaw?.at !== "amount"
      ? null
      : flaw.flaw === "amount"
        ? m.common.errors.amount
        : words.left(money(creditable(invoice)));
  return (
    <>
      <SegmentedControl
        aria-label={words.mode}
        fullWidth
        data={EXTENTS.map((extent) => ({ value: extent, label: words[extent] }))}
        value={draft.extent}
        onChange={(value) => change({ extent: EXTENTS.find((one) => one === value) ?? "whole" })}
      />
      {draft.extent === "amount" ? (
        <MoneyField
          label={words.amountField}
          description={words.left(money(creditable(invoice)))}
          currency={invoice.currency}
          value={draft.amount}
          error={amountError}
          onChange={(amount) => change({ amount })}
        />
      ) : null}
      {draft.extent === "lines" ? <CreditLines invoice={invoice} writing={writing} /> : null}
    </>
  );
}

interface ResultProps {
  currency: string;
  preview: CreditNotePreview | null;
  isComputing: boolean;
}

function Result({ currency, preview, isComputing }: ResultProps) {
  const { m } = useLanguage();
  const words = m.changes.creditNote;
  const money = useMoney(currency);
  if (preview === null) {
    return isComputing ? <p className={classes.computing} role="status">{words.computing}</p> : null;
  }
  const { total_minor: total, net_minor: net, tax_minor: tax } = preview;
  return (
    <Consequences
      lines={[
        words.takesBack(money(total), money(net), money(tax)),
        preview.open_after_minor > 0
          ? m.changes.left(money(preview.open_after_minor))
          : m.changes.nothingLeft,
        preview.credit_minor > 0 ? words.credit(money(preview.credit_minor)) : null,
        words.forGood,
      ]}
    />
  );
}
