/** Agree on instalments over open invoices. While each comes in time, nothing of it is asked for. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/api/me";
import { Consequences } from "@/components/consequences";
import { DateField } from "@/components/date-field";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { addMonths, formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { type AgreementProps, useMakePlan } from "./agreements-api";
import classes from "./agreements.module.css";
import { ChosenInvoices, sumOfChosen } from "./chosen-invoices";
import { NoteField } from "./note-field";
import { PlanRows } from "./plan-rows";
import { type PlanDraft, usePlan } from "./use-plan";

export function PlanDialog(props: AgreementProps) {
  const { m } = useLanguage();
  const make = useMakePlan();
  const close = () => {
    make.reset();
    props.onDone();
  };
  return (
    <Dialog isOpen={props.isOpen} title={m.agreements.plan.title} size="lg" onClose={close}>
      {props.invoices.length === 0 ? (
        <p>{m.agreements.nothingAsked}</p>
      ) : (
        <Asking {...props} make={make} onDone={close} />
      )}
    </Dialog>
  );
}

type AskingProps = Omit<AgreementProps, "isOpen"> & { make: ReturnType<typeof useMakePlan> };

function Asking({ currency, invoices, onDone, make }: AskingProps) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.agreements.plan;
  const notify = useToast();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(invoices.map(({ id }) => id)),
  );
  const [note, setNote] = useState("");
  const whole = chosen.size === 0 ? 0 : sumOfChosen(invoices, chosen);
  const plan = usePlan({ whole, currency, today, first: addMonths(today, 1) });
  const isReady = chosen.size > 0 && plan.isSound;
  const confirm = () => {
    if (!isReady) return;
    const input = {
      invoice_ids: invoices.filter(({ id }) => chosen.has(id)).map(({ id }) => id),
      instalments: plan.instalments,
      note: note.trim() || null,
    };
    make.mutate(input, {
      onSuccess: () => {
        notify({ tone: "good", text: words.made(plan.rows.length) });
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
      <Shape plan={plan} />
      <PlanRows plan={plan} currency={currency} />
      {plan.isByHand ? (
        <div>
          <Button size="xs" variant="default" onClick={plan.spreadEqually}>
            {words.equally}
          </Button>
        </div>
      ) : null}
      <NoteField value={note} onChange={setNote} />
      <Wrong plan={plan} whole={whole} money={(minor) => formatMoney(minor, currency, locale)} />
      {isReady ? (
        <Outcome plan={plan} whole={whole} money={(minor) => formatMoney(minor, currency, locale)} />
      ) : null}
    </DialogForm>
  );
}

function Shape({ plan }: { plan: PlanDraft }) {
  const { m } = useLanguage();
  const { today } = useMe();
  const words = m.agreements.plan;
  return (
    <div className={classes.triple}>
      <TextInput
        label={words.count}
        inputMode="numeric"
        autoComplete="off"
        value={plan.countText}
        onChange={(event) => plan.setCount(event.currentTarget.value)}
        error={plan.isCount ? null : words.badCount}
        data-autofocus
      />
      <DateField label={words.first} value={plan.first} min={today} onChange={plan.setFirst} />
      <NativeSelect
        label={words.rhythm}
        value={plan.rhythm}
        onChange={(event) => plan.setRhythm(event.currentTarget.value === "week" ? "week" : "month")}
        data={[
          { value: "month", label: words.monthly },
          { value: "week", label: words.weekly },
        ]}
      />
    </div>
  );
}

interface SaidProps {
  plan: PlanDraft;
  whole: number;
  money: (minor: number) => string;
}

function Wrong({ plan, whole, money }: SaidProps) {
  const { m } = useLanguage();
  const words = m.agreements.plan;
  if (plan.rows.length === 0) return null;
  const text = !plan.areAmounts
    ? words.badAmount
    : !plan.isInOrder
      ? words.badOrder
      : plan.sum > whole
        ? words.over(money(plan.sum - whole))
        : null;
  return text === null ? null : (
    <p className={classes.wrong} role="alert">
      {text}
    </p>
  );
}

function Outcome({ plan, whole, money }: SaidProps) {
  const { m, locale } = useLanguage();
  const words = m.agreements.plan;
  const last = plan.rows.at(-1)?.due_on ?? "";
  return (
    <Consequences
      lines={[
        words.adds(plan.rows.length, money(plan.sum), formatDay(last, locale)),
        plan.sum < whole ? words.goesOn(money(whole - plan.sum)) : null,
        words.breaks,
      ]}
    />
  );
}
