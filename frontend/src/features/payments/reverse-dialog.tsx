/** Take back a payment that never was: a typing error, a cheque that bounced. */
import { useState } from "react";

import type { Payment } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import { useReverse } from "./payments-api";
import { ReasonField } from "./refund-dialog";
import { freeing, leftOf } from "./undo";
import { useReopened } from "./use-reopened";

interface Props {
  payment: Payment;
  isOpen: boolean;
  onClose: () => void;
}

export function ReverseDialog({ payment, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const reverse = useReverse(payment.id);
  const close = () => {
    reverse.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={m.payments.back.reverseTitle} onClose={close}>
      <Asking payment={payment} reverse={reverse} onClose={close} />
    </Dialog>
  );
}

interface AskingProps extends Omit<Props, "isOpen"> {
  reverse: ReturnType<typeof useReverse>;
}

function Asking({ payment, reverse, onClose }: AskingProps) {
  const { m, locale } = useLanguage();
  const words = m.payments.back;
  const notify = useToast();
  const [reason, setReason] = useState("");
  const left = leftOf(payment);
  const amount = formatMoney(left, payment.currency, locale);
  const reopened = useReopened(payment, freeing(payment, left));
  const confirm = () =>
    reverse.mutate(
      { reason: reason.trim() || null },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.reversed(amount) });
          onClose();
        },
      },
    );
  return (
    <DialogForm
      action={words.reverse}
      tone="danger"
      isReady={reopened.isKnown}
      isPending={reverse.isPending}
      error={reverse.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{words.reverseBody}</p>
      <ReasonField value={reason} onChange={setReason} />
      <CommandError error={reopened.error} />
      {reopened.isKnown ? (
        <Consequences lines={[words.goes(amount), ...reopened.lines, words.stays]} />
      ) : null}
    </DialogForm>
  );
}
