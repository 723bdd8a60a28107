/** Give money back: how much, when and why; and which invoices are owed again because of it. */
import { TextInput } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { Payment } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Consequences } from "@/components/consequences";
import { DateField } from "@/components/date-field";
import { Dialog, DialogForm } from "@/components/dialog";
import { MoneyField } from "@/components/money-field";
import { useToast } from "@/components/toasts";
import { useLanguage, wordFor } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { editableAmount, formatMoney, parseMoney } from "@/lib/money";

import classes from "./payment.module.css";
import { useRefund } from "./payments-api";
import { freeing, leftOf } from "./undo";
import { useReopened } from "./use-reopened";

interface Props {
  payment: Payment;
  isOpen: boolean;
  onClose: () => void;
}

export function RefundDialog({ payment, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const refund = useRefund(payment.id);
  const close = () => {
    refund.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={m.payments.back.refundTitle} onClose={close}>
      <Asking payment={payment} refund={refund} onClose={close} />
    </Dialog>
  );
}

interface AskingProps extends Omit<Props, "isOpen"> {
  refund: ReturnType<typeof useRefund>;
}

function Asking({ payment, refund, onClose }: AskingProps) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.payments.back;
  const notify = useToast();
  const refused = useFieldErrors(refund.error);
  const { currency, unapplied_minor: unapplied, received_on: received } = payment;
  const left = leftOf(payment);
  const latest = today < received ? received : today;
  const [text, setText] = useState(() => editableAmount(unapplied || left, currency, locale));
  const [day, setDay] = useState(latest);
  const [reason, setReason] = useState("");
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const amount = parseMoney(text, currency, locale);
  const isSound = amount !== null && amount > 0 && amount <= left;
  const isDay = day >= received && day <= latest;
  const reopened = useReopened(payment, isSound ? freeing(payment, amount) : []);
  const isReady = isSound && isDay && reopened.isKnown;
  const confirm = () => {
    if (!isReady) return;
    refund.mutate(
      { amount_minor: amount, refunded_on: day, reason: reason.trim() || null },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.refunded(money(amount)) });
          onClose();
        },
      },
    );
  };
  return (
    <DialogForm
      action={isSound ? words.refundAction(money(amount)) : words.refund}
      isReady={isReady}
      isPending={refund.isPending}
      error={refund.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {payment.provider === null ? null : (
        <p className={classes.soft}>
          {words.byProvider(wordFor(m.words.method, payment.provider))}
        </p>
      )}
      <div className={classes.pair}>
        <MoneyField
          label={m.payments.amount}
          currency={currency}
          value={text}
          onChange={setText}
          error={
            amount === null
              ? m.common.errors.amount
              : amount > left
                ? words.tooMuch(money(left))
                : refused.get("/amount_minor")
          }
          data-autofocus
        />
        <DateField
          label={words.day}
          value={day}
          min={received}
          max={latest}
          onChange={setDay}
          error={isDay ? refused.get("/refunded_on") : words.badDay}
        />
      </div>
      <ReasonField value={reason} onChange={setReason} />
      <CommandError error={reopened.error} />
      {isReady ? (
        <Consequences
          lines={[
            words.gives(money(amount)),
            unapplied > 0 ? words.fromUnapplied(money(Math.min(amount, unapplied))) : null,
            ...reopened.lines,
            unapplied > amount ? words.leaves(money(unapplied - amount)) : null,
          ]}
        />
      ) : null}
    </DialogForm>
  );
}

interface ReasonProps {
  value: string;
  onChange: (text: string) => void;
}

export function ReasonField({ value, onChange }: ReasonProps) {
  const { m } = useLanguage();
  return (
    <TextInput
      label={m.payments.back.reason}
      value={value}
      maxLength={2000}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
