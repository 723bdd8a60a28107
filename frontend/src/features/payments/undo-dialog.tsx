/** Take a payment off invoices: off all of them, or off those that are chosen. */
import { Checkbox } from "@mantine/core";
import { useState } from "react";

import type { Payment } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { Money } from "@/components/money";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import classes from "./payment.module.css";
import { useUndo } from "./payments-api";
import type { Taking } from "./undo";
import { useReopened } from "./use-reopened";

interface Props {
  payment: Payment;
  isOpen: boolean;
  onClose: () => void;
}

const MAX_SENT = 30; // as many as one request may name; all of them need no names

export function UndoDialog({ payment, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const undo = useUndo(payment.id);
  const close = () => {
    undo.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={m.payments.back.undoTitle} onClose={close}>
      <Asking payment={payment} undo={undo} onClose={close} />
    </Dialog>
  );
}

interface AskingProps extends Omit<Props, "isOpen"> {
  undo: ReturnType<typeof useUndo>;
}

function Asking({ payment, undo, onClose }: AskingProps) {
  const { m, locale } = useLanguage();
  const words = m.payments.back;
  const notify = useToast();
  const { allocations, currency } = payment;
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const taken: Taking[] = allocations
    .filter((one) => !kept.has(one.invoice_id))
    .map(({ invoice_id, amount_minor }) => ({ invoice_id, amount_minor }));
  const isAll = taken.length === allocations.length;
  const isTooMany = !isAll && taken.length > MAX_SENT;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const sum = taken.reduce((total, one) => total + one.amount_minor, 0);
  const reopened = useReopened(payment, taken);
  const isReady = taken.length > 0 && !isTooMany && reopened.isKnown;
  const toggle = (id: string) => {
    const next = new Set(kept);
    if (!next.delete(id)) next.add(id);
    setKept(next);
  };
  const confirm = () => {
    if (!isReady) return;
    undo.mutate(
      { allocations: isAll ? null : taken },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.undone(money(sum)) });
          onClose();
        },
      },
    );
  };
  return (
    <DialogForm
      action={words.undo}
      isReady={isReady}
      isPending={undo.isPending}
      error={undo.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <fieldset className={classes.chosen}>
        <legend>{words.undoWhich}</legend>
        {allocations.map((one) => (
          <div key={one.invoice_id} className={classes.choice}>
            <Checkbox
              label={one.number}
              checked={!kept.has(one.invoice_id)}
              onChange={() => toggle(one.invoice_id)}
            />
            <Money minor={one.amount_minor} currency={currency} />
          </div>
        ))}
      </fieldset>
      {isTooMany ? <p role="alert">{words.tooMany(MAX_SENT)}</p> : null}
      <CommandError error={reopened.error} />
      {isReady ? (
        <Consequences
          lines={[...reopened.lines, words.waits(money(payment.unapplied_minor + sum))]}
        />
      ) : null}
    </DialogForm>
  );
}
