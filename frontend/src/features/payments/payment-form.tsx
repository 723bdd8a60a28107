/** The form of a payment, with what it settles and what will happen beside it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useRef, useState } from "react";
import { useLocation } from "wouter";

import type { ApiError } from "@/api/client";
import { useMe } from "@/api/me";
import type { Customer, Invoice, Payment, PaymentInput } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useFocusFirstError } from "@/lib/first-error";
import { editableAmount, formatMoney, type Locale, parseMoney } from "@/lib/money";

import { AllocationPanel } from "./allocation-panel";
import { bodyOf } from "./allocation";
import { DeductionsPanel } from "./deductions-panel";
import { OutcomeList } from "./outcome";
import classes from "./payment-form.module.css";
import { MoneyReceived, type ReceivedForm } from "./money-received";
import { accountQuery, useRecordPayment } from "./payments-api";
import { type Allocation, useAllocation } from "./use-allocation";
import { type Deductions, useDeductions } from "./use-deductions";
import { usePreview } from "./use-preview";

interface Props {
  invoice: Invoice | null;
  customer: Customer | null;
  chooseCustomer: (id: string) => void;
}

const NOTHING_OPEN: [] = [];

export function PaymentForm({ invoice, customer, chooseCustomer }: Props) {
  const { m, locale } = useLanguage();
  const me = useMe();
  const words = m.payments.new;
  const [form, setForm] = useState(() => firstForm(invoice, me.today, locale));
  const [tried, setTried] = useState(0);
  const currency = form.currency ?? invoice?.currency ?? customer?.currency ?? me.currency;
  const account = useQuery({
    ...accountQuery(customer?.id ?? "", currency),
    enabled: customer !== null,
  });
  const amount = parseMoney(form.amount, currency, locale);
  const allocation = useAllocation({
    amount: Math.max(amount ?? 0, 0),
    currency,
    items: account.data?.open_items ?? NOTHING_OPEN,
    first: invoice?.id,
    on: form.received_on || undefined,
  });
  const deductions = useDeductions(allocation);
  const { record, send, isAgain, isRecorded } = useSending(() => void account.refetch());
  const refused = useFieldErrors(record.error);
  const frame = useRef<HTMLFormElement>(null);
  useFocusFirstError(frame, tried > 0 ? (record.error ?? tried) : null);
  const wrong = {
    customer: customer === null ? words.badCustomer : null,
    amount: amount === null || amount <= 0 ? words.badAmount : null,
    received_on: form.received_on === "" ? m.common.errors.date : null,
  };
  const isSound =
    allocation.isSound && deductions.isSound && Object.values(wrong).every((one) => one === null);
  const input =
    customer === null || amount === null || account.data === undefined
      ? null
      : inputOf({ form, currency, amount, customer, allocation, deductions });
  const preview = usePreview(isSound ? input : null, isRecorded);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(tried + 1);
    if (input === null) return;
    // What the person decided, without what follows from the books of this moment.
    const decided = { ...input, allocations: allocation.isAutomatic || [...allocation.spread] };
    if (isSound || isAgain(decided)) send(decided, input);
  };
  const isKnown = amount !== null && amount > 0;
  return (
    <form ref={frame} onSubmit={submit} noValidate className={classes.columns}>
      <div className={classes.column}>
        <Panel title={words.money}>
          <MoneyReceived
            form={form}
            currency={currency}
            customer={customer}
            change={(changes) => setForm({ ...form, ...changes })}
            chooseCustomer={chooseCustomer}
            errorOf={(name) =>
              (tried > 0 ? wrong[name as keyof typeof wrong] : null) ??
              refused.get(POINTERS[name] ?? `/${name}`)
            }
          />
        </Panel>
        <AllocationPanel customer={customer} account={account} allocation={allocation} />
        <DeductionsPanel deductions={deductions} currency={currency} isTried={tried > 0} />
      </div>
      <div className={classes.aside}>
        <Panel title={words.outcome}>
          {customer !== null && isKnown ? (
            <OutcomeList
              allocation={allocation}
              preview={preview}
              keptBack={deductions.list}
            />
          ) : (
            <p className={classes.soft}>{words.enterAmount}</p>
          )}
          {tried > 0 && !allocation.isSound ? (
            <p className={classes.wrong} role="alert">
              {words.badAllocation}
            </p>
          ) : null}
          <CommandError error={record.error} />
          <Button type="submit" fullWidth mt="md" loading={record.isPending || account.isLoading}>
            {isKnown ? words.record(formatMoney(amount, currency, locale)) : words.recordPlain}
          </Button>
        </Panel>
      </div>
    </form>
  );
}

function firstForm(invoice: Invoice | null, today: string, locale: Locale): ReceivedForm {
  return {
    amount: invoice ? editableAmount(invoice.open_minor, invoice.currency, locale) : "",
    currency: null,
    received_on: today,
    method: "transfer",
    reference: "",
    note: "",
  };
}

interface Written {
  form: ReceivedForm;
  currency: string;
  amount: number;
  customer: Customer;
  allocation: Allocation;
  deductions: Deductions;
}

function inputOf({ form, currency, amount, customer, allocation, deductions }: Written): PaymentInput {
  return {
    customer_id: customer.id,
    amount_minor: amount,
    currency,
    received_on: form.received_on,
    method: form.method,
    reference: form.reference.trim() || null,
    note: form.note.trim() || null,
    allocations: allocation.isLeftToServer ? null : bodyOf(allocation.items, allocation.spread),
    deductions: deductions.bodies,
  };
}

const POINTERS: Readonly<Record<string, string>> = {
  amount: "/amount_minor",
  customer: "/customer_id",
};

/**
 * Post it; then on to the payment. A refusal rereads what is open, so that the reason is in view.
 * What may have been recorded is tried again as it was sent: were it spread anew over what is open by
 * now, it would be another payment.
 */
function useSending(reread: () => void) {
  const { m, locale } = useLanguage();
  const notify = useToast();
  const [, navigate] = useLocation();
  const record = useRecordPayment();
  const done = (payment: Payment) => {
    const amount = formatMoney(payment.amount_minor, payment.currency, locale);
    notify({ tone: "good", text: m.payments.new.recorded(amount) });
    navigate(pages.payment(payment.id));
  };
  const uncertain = useRef<{ decided: string; input: PaymentInput } | null>(null);
  const isAgain = (decided: unknown) => uncertain.current?.decided === JSON.stringify(decided);
  const send = (decided: unknown, fresh: PaymentInput) => {
    const input = isAgain(decided) && uncertain.current ? uncertain.current.input : fresh;
    uncertain.current = { decided: JSON.stringify(decided), input };
    const refused = (error: ApiError) => {
      if (error.isUncertain) return;
      uncertain.current = null;
      reread();
    };
    record.mutate(input, { onSuccess: done, onError: refused });
  };
  const isRecorded = record.isPending || record.isSuccess || record.error?.isUncertain === true;
  return { record, send, isAgain, isRecorded };
}
