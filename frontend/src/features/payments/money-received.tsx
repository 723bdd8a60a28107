/** The fields of money received: from whom, how much, when and how. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCustomerSearch } from "@/api/customer-search";
import { useMe } from "@/api/me";
import type { Customer } from "@/api/models";
import { DateField } from "@/components/date-field";
import { MoneyField } from "@/components/money-field";
import { Picker } from "@/components/picker";
import { useLanguage, wordFor } from "@/i18n";
import { COMMON_CURRENCIES } from "@/lib/currencies";

import classes from "./payment-form.module.css";

export interface ReceivedForm {
  amount: string;
  /** Null until a person chooses: the customer's own. */
  currency: string | null;
  received_on: string;
  method: string;
  reference: string;
  note: string;
}

interface Props {
  form: ReceivedForm;
  currency: string;
  customer: Customer | null;
  change: (changes: Partial<ReceivedForm>) => void;
  chooseCustomer: (id: string) => void;
  errorOf: (name: string) => string | null | undefined;
}

const METHODS = ["transfer", "cash", "card", "cheque", "direct_debit", "other"] as const;

export function MoneyReceived(props: Props) {
  const { m } = useLanguage();
  const { today } = useMe();
  const { form, change, currency, customer, errorOf } = props;
  const words = m.payments.new;
  const currencies = new Set([
    ...(customer?.balances.map((balance) => balance.currency) ?? []),
    currency,
    ...COMMON_CURRENCIES,
  ]);
  return (
    <div className={classes.fields}>
      <div className={classes.wide}>
        <CustomerPicker {...props} />
      </div>
      <MoneyField
        label={words.amount}
        currency={currency}
        value={form.amount}
        onChange={(amount) => change({ amount })}
        error={errorOf("amount")}
      />
      <NativeSelect
        label={words.currency}
        value={currency}
        data={[...currencies]}
        onChange={(event) => change({ currency: event.currentTarget.value })}
        error={errorOf("currency")}
      />
      <DateField
        label={words.receivedOn}
        value={form.received_on}
        onChange={(day) => change({ received_on: day })}
        error={errorOf("received_on") ?? (form.received_on > today ? words.future : null)}
      />
      <NativeSelect
        label={words.method}
        value={form.method}
        data={METHODS.map((value) => ({ value, label: wordFor(m.words.method, value) }))}
        onChange={(event) => change({ method: event.currentTarget.value })}
        error={errorOf("method")}
      />
      <TextInput
        className={classes.text}
        label={words.reference}
        placeholder={words.referenceHint}
        value={form.reference}
        onChange={(event) => change({ reference: event.currentTarget.value })}
        error={errorOf("reference")}
        autoComplete="off"
      />
      <TextInput
        className={classes.text}
        label={words.note}
        value={form.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        error={errorOf("note")}
        autoComplete="off"
      />
    </div>
  );
}

function CustomerPicker({ customer, chooseCustomer, errorOf }: Props) {
  const { m } = useLanguage();
  const [text, setText] = useState("");
  const { data } = useCustomerSearch(text);
  return (
    <Picker
      label={m.payments.new.customer}
      placeholder={m.payments.new.customerHint}
      chosenLabel={customer?.name ?? ""}
      options={data?.items.map(({ id, name, email }) => ({
        value: id,
        label: name,
        ...(email !== null && { detail: email }),
      }))}
      onSearch={setText}
      onChoose={({ value }) => chooseCustomer(value)}
      error={errorOf("customer")}
      autoFocus={customer === null}
    />
  );
}
