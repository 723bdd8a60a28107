/** The fields of a recurring invoice: for whom and what, and when. */
import { NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCustomerSearch } from "@/api/customer-search";
import { DateField } from "@/components/date-field";
import { Picker } from "@/components/picker";
import { useLanguage } from "@/i18n";
import { COMMON_CURRENCIES } from "@/lib/currencies";
import { LinesEditor } from "@/lines/lines-editor";

import type { RecurringForm } from "./recurring-form";
import classes from "./recurring.module.css";

export interface FieldsProps {
  form: RecurringForm;
  change: (part: Partial<RecurringForm>) => void;
  errorAt: (pointer: string) => string | undefined;
  /** After its first invoice the start stays as it is. */
  hasStarted: boolean;
}

export function WhatFields({ form, change, errorAt }: FieldsProps) {
  const { m } = useLanguage();
  const [search, setSearch] = useState("");
  const found = useCustomerSearch(search);
  const choose = (id: string) => {
    const customer = found.data?.items.find((one) => one.id === id);
    if (customer) change({ customer, currency: customer.currency });
  };
  return (
    <>
      <div className={classes.fields}>
        <Picker
          label={m.recurring.customer}
          placeholder={m.invoices.editor.customerHint}
          chosenLabel={form.customer?.name ?? ""}
          options={found.data?.items.map(({ id, name, email }) => ({
            value: id,
            label: name,
            ...(email !== null && { detail: email }),
          }))}
          onSearch={setSearch}
          onChoose={({ value }) => choose(value)}
          error={errorAt("/customer_id")}
        />
        <NativeSelect
          label={m.invoices.editor.currency}
          data={[...new Set([form.currency, ...COMMON_CURRENCIES])]}
          value={form.currency}
          onChange={(event) => change({ currency: event.currentTarget.value })}
          error={errorAt("/currency")}
        />
      </div>
      <LinesEditor
        lines={form.lines}
        currency={form.currency}
        errorAt={errorAt}
        change={(lines) => change({ lines })}
      />
    </>
  );
}

export function WhenFields({ form, change, errorAt, hasStarted }: FieldsProps) {
  const { m } = useLanguage();
  const words = m.recurring.edit;
  const rhythms = [
    { value: "week", label: words.everyWeek },
    { value: "month", label: words.everyMonth },
    { value: "year", label: words.everyYear },
  ] as const;
  return (
    <div className={classes.fields}>
      <NativeSelect
        label={words.every}
        value={form.every}
        data={rhythms}
        onChange={({ currentTarget: { value } }) =>
          change({ every: rhythms.find((one) => one.value === value)?.value ?? "month", onDay: "" })
        }
      />
      <OnDay form={form} change={change} errorAt={errorAt} />
      <DateField
        label={words.start}
        value={form.start}
        disabled={hasStarted}
        onChange={(start) => change({ start })}
        error={errorAt("/start_on")}
        {...(hasStarted && { description: words.started })}
      />
      <DateField
        label={words.end}
        value={form.end}
        onChange={(end) => change({ end })}
        error={errorAt("/end_on")}
      />
      <TextInput
        label={words.terms}
        description={words.termsHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        inputMode="numeric"
        value={form.terms}
        onChange={(event) => change({ terms: event.currentTarget.value })}
        error={errorAt("/terms_days")}
      />
      <TextInput
        label={m.invoices.editor.purchaseOrder}
        value={form.order}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => change({ order: event.currentTarget.value })}
        error={errorAt("/purchase_order")}
      />
      <Textarea
        className={classes.wide}
        label={m.invoices.editor.notes}
        value={form.notes}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => change({ notes: event.currentTarget.value })}
      />
      <Switch
        className={classes.wide}
        label={words.autoSend}
        description={words.autoSendHint}
        checked={form.autoSend}
        onChange={(event) => change({ autoSend: event.currentTarget.checked })}
      />
    </div>
  );
}

function OnDay({ form, change, errorAt }: Omit<FieldsProps, "hasStarted">) {
  const { m } = useLanguage();
  const words = m.recurring.edit;
  if (form.every === "week") {
    const days = ["1", "2", "3", "4", "5", "6", "7"];
    return (
      <NativeSelect
        label={words.onDayWeek}
        value={form.onDay}
        data={[
          { value: "", label: m.common.none },
          ...days.map((value) => ({ value, label: words.weekdays[value] ?? value })),
        ]}
        onChange={(event) => change({ onDay: event.currentTarget.value })}
        error={errorAt("/on_day")}
      />
    );
  }
  return (
    <TextInput
      label={words.onDay}
      description={words.onDayHint}
      inputWrapperOrder={["label", "input", "description", "error"]}
      inputMode="numeric"
      autoComplete="off"
      value={form.onDay}
      onChange={(event) => change({ onDay: event.currentTarget.value })}
      error={errorAt("/on_day")}
    />
  );
}
