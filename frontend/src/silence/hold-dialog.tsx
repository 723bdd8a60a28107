/** Pause the chase of a customer, of some invoices or of an amount, up to and including a day. */
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import type { AgreedInvoice } from "@/agreements/agreements-api";
import { ChosenInvoices, sumOfChosen } from "@/agreements/chosen-invoices";
import { NoteField } from "@/agreements/note-field";
import { useMe } from "@/api/me";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { MoneyField } from "@/components/money-field";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useMoney } from "@/i18n/use-money";
import { addDays, formatDay } from "@/lib/dates";
import { parseMoney } from "@/lib/money";

import { LastDay, type Reason, ReasonField, useWrongDay } from "./hold-fields";
import classes from "./silence.module.css";
import { useMakeHold } from "./silence-api";

const USUAL_DAYS = 14;

interface Props {
  customerId: string;
  name: string;
  currency: string;
  /** What is open, all of it. */
  invoices: readonly AgreedInvoice[];
  /** `invoice`: only about this one; `customer`: the whole account, or some of its invoices. */
  of: "customer" | "invoice";
  isOpen: boolean;
  onDone: () => void;
}

export function HoldDialog(props: Props) {
  const { m } = useLanguage();
  const make = useMakeHold();
  const close = () => {
    make.reset();
    props.onDone();
  };
  return (
    <Dialog isOpen={props.isOpen} title={m.silence.hold.title(props.name)} onClose={close}>
      <Asking {...props} make={make} onDone={close} />
    </Dialog>
  );
}

type AskingProps = Omit<Props, "isOpen"> & { make: ReturnType<typeof useMakeHold> };

function Asking({ customerId, currency, invoices, of, onDone, make }: AskingProps) {
  const { m, locale } = useLanguage();
  const words = m.silence.hold;
  const notify = useToast();
  const refused = useFieldErrors(make.error);
  const draft = useDraft(invoices, of, currency);
  const confirm = () => {
    if (!draft.isReady) return;
    make.mutate(
      { customer_id: customerId, currency, ...draft.input },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.made(formatDay(draft.day, locale)) });
          onDone();
        },
      },
    );
  };
  return (
    <DialogForm
      action={words.confirm}
      isReady={draft.isReady}
      isPending={make.isPending}
      error={make.error}
      onConfirm={confirm}
      onClose={onDone}
    >
      {of === "customer" ? <Scope draft={draft} isAny={invoices.length > 0} /> : null}
      {draft.isSome ? (
        <ChosenInvoices
          label={words.invoices}
          invoices={invoices}
          currency={currency}
          chosen={draft.chosen}
          change={draft.setChosen}
        />
      ) : null}
      <div className={classes.pair}>
        <LastDay value={draft.day} onChange={draft.setDay} refused={refused.get("/until")} />
        <MoneyField
          label={words.amount}
          currency={currency}
          value={draft.typed}
          placeholder={words.allOfIt}
          onChange={draft.setTyped}
          error={draft.wrongAmount ?? refused.get("/amount_minor")}
        />
      </div>
      <ReasonField value={draft.reason} onChange={draft.setReason} />
      <NoteField value={draft.note} onChange={draft.setNote} />
      {draft.isReady ? <Outcome draft={draft} currency={currency} /> : null}
    </DialogForm>
  );
}

type Draft = ReturnType<typeof useDraft>;

/** What is being decided, what it comes to, and whether it can be. */
function useDraft(invoices: readonly AgreedInvoice[], of: Props["of"], currency: string) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const money = useMoney(currency);
  const isOne = of === "invoice";
  const [isSome, setSome] = useState(isOne);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(isOne ? invoices.map(({ id }) => id) : []),
  );
  const [typed, setTyped] = useState("");
  const [day, setDay] = useState(addDays(today, USUAL_DAYS));
  const [reason, setReason] = useState<Reason>("agreed");
  const [note, setNote] = useState("");
  const all = sumOfChosen(invoices, new Set());
  const there = !isSome ? all : chosen.size === 0 ? 0 : sumOfChosen(invoices, chosen);
  const isAll = typed.trim() === "";
  const amount = isAll ? null : parseMoney(typed, currency, locale);
  const isTooMuch = amount !== null && amount > there;
  const isAmount = isAll || (amount !== null && amount > 0 && !isTooMuch);
  const tooMuch = isTooMuch ? m.silence.hold.tooMuch(money(there)) : m.common.errors.amount;
  const isDay = useWrongDay(day) === null;
  const ids = invoices.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  return {
    ...{ isSome, setSome, chosen, setChosen, typed, setTyped, day, setDay },
    ...{ reason, setReason, note, setNote, all, isAll },
    rests: amount ?? there,
    wrongAmount: isAmount ? null : tooMuch,
    isReady: isAmount && isDay && (!isSome || chosen.size > 0),
    input: {
      invoice_ids: isSome ? ids : null,
      amount_minor: amount,
      until: day,
      reason,
      note: note.trim() || null,
    },
  };
}

function Scope({ draft, isAny }: { draft: Draft; isAny: boolean }) {
  const { m } = useLanguage();
  const words = m.silence.hold;
  if (!isAny) return <p>{words.nothingOpen}</p>;
  return (
    <SegmentedControl
      fullWidth
      aria-label={words.what}
      value={draft.isSome ? "some" : "whole"}
      onChange={(value) => draft.setSome(value === "some")}
      data={[
        { value: "whole", label: words.whole },
        { value: "some", label: words.some },
      ]}
    />
  );
}

function Outcome({ draft, currency }: { draft: Draft; currency: string }) {
  const { m, locale } = useLanguage();
  const money = useMoney(currency);
  const words = m.silence.hold;
  const { all, rests, day } = draft;
  return (
    <Consequences
      lines={[
        rests > 0 ? words.rests(money(rests), formatDay(day, locale)) : null,
        !draft.isSome && draft.isAll ? words.later : null,
        all > rests ? words.goesOn(money(all - rests)) : words.calledOff,
        words.resumes(formatDay(addDays(day, 1), locale)),
        words.money,
      ]}
    />
  );
}
