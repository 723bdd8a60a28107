/** Note that a customer has promised money by a day. Nothing of it is asked for until then. */
import { useState } from "react";

import { useMe } from "@/api/me";
import { Consequences } from "@/components/consequences";
import { DateField } from "@/components/date-field";
import { Dialog, DialogForm } from "@/components/dialog";
import { MoneyField } from "@/components/money-field";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { addDays, formatDay } from "@/lib/dates";
import { editableAmount, formatMoney, parseMoney } from "@/lib/money";

import { type AgreementProps, useMakePromise } from "./agreements-api";
import classes from "./agreements.module.css";
import { ChosenInvoices, sumOfChosen } from "./chosen-invoices";
import { NoteField } from "./note-field";

const USUAL_DAYS = 7;

export function PromiseDialog(props: AgreementProps) {
  const { m } = useLanguage();
  const make = useMakePromise();
  const close = () => {
    make.reset();
    props.onDone();
  };
  return (
    <Dialog isOpen={props.isOpen} title={m.agreements.promise.title} onClose={close}>
      {props.invoices.length === 0 ? (
        <p>{m.agreements.nothingAsked}</p>
      ) : (
        <Asking {...props} make={make} onDone={close} />
      )}
    </Dialog>
  );
}

type AskingProps = Omit<AgreementProps, "isOpen"> & { make: ReturnType<typeof useMakePromise> };

function Asking({ customerId, currency, invoices, onDone, make }: AskingProps) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.agreements.promise;
  const notify = useToast();
  const refused = useFieldErrors(make.error);
  const isOne = invoices.length === 1;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(isOne ? [invoices[0]?.id ?? ""] : []));
  const [typed, setTyped] = useState<string | null>(null);
  const [day, setDay] = useState(addDays(today, USUAL_DAYS));
  const [note, setNote] = useState("");
  const all = sumOfChosen(invoices, chosen);
  const amount = typed === null ? all : parseMoney(typed, currency, locale);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const wrong = {
    amount: amount === null ? m.common.errors.amount : amount > all ? words.tooMuch(money(all)) : null,
    day: day === "" ? m.common.errors.date : day < today ? words.past : null,
  };
  const isReady = amount !== null && amount > 0 && wrong.amount === null && wrong.day === null;
  const confirm = () => {
    if (!isReady) return;
    const input = {
      customer_id: customerId,
      currency,
      amount_minor: amount,
      promised_on: day,
      invoice_ids: chosen.size === 0 ? null : [...chosen],
      note: note.trim() || null,
    };
    make.mutate(input, {
      onSuccess: () => {
        notify({ tone: "good", text: words.made(money(amount), formatDay(day, locale)) });
        onDone();
      },
    });
  };
  return (
    <DialogForm
      action={words.action}
      isReady={isReady}
      isPending={make.isPending}
      error={make.error}
      onConfirm={confirm}
      onClose={onDone}
    >
      <ChosenInvoices
        label={words.invoices}
        invoices={invoices}
        currency={currency}
        chosen={chosen}
        change={setChosen}
      />
      <div className={classes.pair}>
        <MoneyField
          label={words.amount}
          currency={currency}
          value={typed ?? editableAmount(all, currency, locale)}
          onChange={setTyped}
          error={wrong.amount ?? refused.get("/amount_minor")}
          data-autofocus
        />
        <DateField
          label={words.day}
          value={day}
          min={today}
          onChange={setDay}
          error={wrong.day ?? refused.get("/promised_on")}
        />
      </div>
      <NoteField value={note} onChange={setNote} />
      <Consequences
        lines={
          isReady
            ? [
                words.rests(money(amount), formatDay(day, locale)),
                all > amount ? words.goesOn(money(all - amount)) : null,
                words.breaks(formatDay(addDays(day, 1), locale)),
              ]
            : []
        }
      />
    </DialogForm>
  );
}
