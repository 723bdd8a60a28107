/** Give up on what is open of an invoice, or a part of it; and take that back. */
import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { companyQuery } from "@/api/company";
import { useMe } from "@/api/me";
import type { Invoice } from "@/api/models";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { MoneyField } from "@/components/money-field";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useMoney } from "@/i18n/use-money";
import { daysBetween } from "@/lib/dates";

import { wantsApproval } from "./approval-rules";
import { useReinstate, useWriteOff } from "./changes-api";
import { closing } from "./closing";
import type { DialogProps } from "./invoice-dialogs";
import { waits } from "./next-step";
import { useAmount } from "./use-amount";

export function WriteOffDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  const command = useWriteOff(invoice);
  const close = closing(command, onClose);
  return (
    <Dialog
      isOpen={isOpen}
      title={m.changes.writeOff.title(invoice.number ?? "")}
      onClose={close}
    >
      <WriteOff invoice={invoice} command={command} onClose={close} />
    </Dialog>
  );
}

interface Props {
  invoice: Invoice;
  command: ReturnType<typeof useWriteOff>;
  onClose: () => void;
}

function WriteOff({ invoice, command, onClose }: Props) {
  const { m } = useLanguage();
  const words = m.changes.writeOff;
  const money = useMoney(invoice.currency);
  const notify = useToast();
  const company = useQuery(companyQuery);
  const amount = useAmount({
    currency: invoice.currency,
    whole: invoice.open_minor,
    tooMuch: words.tooMuch(money(invoice.open_minor)),
  });
  const reason = useReason();
  const minor = amount.minor ?? 0;
  const isAsking = wantsApproval(company.data?.approval_rules, "write_off", invoice, minor);
  const left = invoice.open_minor - minor;
  const confirm = () =>
    command.mutate(
      { amount_minor: minor, reason: reason.value },
      {
        onSuccess: (after) => {
          onClose();
          notify({ tone: "good", text: waits(after) ? m.changes.asked : words.done(money(minor)) });
        },
      },
    );
  return (
    <DialogForm
      action={isAsking ? m.changes.askApproval : words.action}
      tone={isAsking ? "normal" : "danger"}
      isReady={amount.minor !== null}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Fields label={words.amount} currency={invoice.currency} amount={amount} reason={reason} error={command.error} />
      {amount.minor === null ? null : (
        <Consequences
          lines={[
            isAsking ? m.changes.needsApproval : null,
            words.gone(money(minor)),
            left > 0 ? m.changes.left(money(left)) : m.changes.nothingLeft,
            left > 0 ? null : words.rests,
          ]}
        />
      )}
    </DialogForm>
  );
}

export function ReinstateDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  const command = useReinstate(invoice);
  const close = closing(command, onClose);
  return (
    <Dialog
      isOpen={isOpen}
      title={m.changes.reinstate.title(invoice.number ?? "")}
      onClose={close}
    >
      <Reinstate invoice={invoice} command={command} onClose={close} />
    </Dialog>
  );
}

function Reinstate({ invoice, command, onClose }: Props) {
  const { m } = useLanguage();
  const { today } = useMe();
  const words = m.changes.reinstate;
  const money = useMoney(invoice.currency);
  const notify = useToast();
  const amount = useAmount({
    currency: invoice.currency,
    whole: invoice.written_off_minor,
    tooMuch: words.tooMuch(money(invoice.written_off_minor)),
  });
  const reason = useReason();
  const minor = amount.minor ?? 0;
  const days = invoice.due_date === null ? 0 : daysBetween(invoice.due_date, today);
  const confirm = () =>
    command.mutate(
      { amount_minor: minor, reason: reason.value },
      {
        onSuccess: () => {
          onClose();
          notify({ tone: "good", text: words.done(money(minor)) });
        },
      },
    );
  return (
    <DialogForm
      action={words.action}
      isReady={amount.minor !== null}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Fields label={words.amount} currency={invoice.currency} amount={amount} reason={reason} error={command.error} />
      {amount.minor === null ? null : (
        <Consequences
          lines={[
            m.changes.left(money(invoice.open_minor + minor)),
            days > 0 ? words.late(days) : null,
            words.chase,
          ]}
        />
      )}
    </DialogForm>
  );
}

function useReason() {
  const [text, change] = useState("");
  return { text, change, value: text.trim() === "" ? null : text.trim() };
}

interface FieldsProps {
  label: string;
  currency: string;
  amount: ReturnType<typeof useAmount>;
  reason: ReturnType<typeof useReason>;
  error: Error | null;
}

function Fields({ label, currency, amount, reason, error }: FieldsProps) {
  const { m } = useLanguage();
  const refused = useFieldErrors(error);
  return (
    <>
      <MoneyField
        label={label}
        currency={currency}
        value={amount.text}
        onChange={amount.change}
        error={amount.error ?? refused.get("/amount_minor")}
        data-autofocus
      />
      <Textarea
        label={m.changes.writeOff.reason}
        value={reason.text}
        maxLength={2000}
        autosize
        minRows={1}
        error={refused.get("/reason")}
        onChange={(event) => reason.change(event.currentTarget.value)}
      />
    </>
  );
}
