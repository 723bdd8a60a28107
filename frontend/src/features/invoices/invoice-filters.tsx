/** The filters of the list: a search by number, a sheet with the rest, and a chip for each in force. */
import { Button, NativeSelect, Popover, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { currenciesQuery } from "@/api/currencies";
import { customerQuery, useCustomerSearch } from "@/api/customer-search";
import { DateField } from "@/components/date-field";
import { FilterChips } from "@/components/filter-chips";
import { Picker } from "@/components/picker";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";

import classes from "./invoices.module.css";
import { useInvoiceFilters } from "./use-invoice-filters";

export function InvoiceFiltersBar() {
  const { m, locale } = useLanguage();
  const words = m.invoices.filter;
  const { filters, change } = useInvoiceFilters();
  const name = useCustomerName(filters.customer_id);
  const chips = [
    { key: "number", value: filters.number, label: words.numberIs },
    { key: "customer_id", value: filters.customer_id && (name ?? "…"), label: (text: string) => text },
    { key: "currency", value: filters.currency, label: words.currencyIs },
    { key: "due_after", value: filters.due_after, label: words.afterDay, isDay: true },
    { key: "due_before", value: filters.due_before, label: words.beforeDay, isDay: true },
  ].flatMap(({ key, value, label, isDay }) =>
    value === null || value === ""
      ? []
      : {
          key,
          label: label(isDay ? formatDay(value, locale) : value),
          onRemove: () => change({ [key]: null }),
        },
  );
  return (
    <div className={classes.filters}>
      <NumberSearch key={filters.number ?? ""} />
      <Popover position="bottom-start" shadow="md" width={280} trapFocus>
        <Popover.Target>
          <Button variant="default" size="xs">
            {m.common.actions.filter}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <FilterFields chosenName={name ?? ""} />
        </Popover.Dropdown>
      </Popover>
      <FilterChips chips={chips} />
    </div>
  );
}

function useCustomerName(id: string | null): string | undefined {
  const customer = useQuery({ ...customerQuery(id ?? ""), enabled: id !== null });
  return id === null ? undefined : customer.data?.name;
}

function NumberSearch() {
  const { m } = useLanguage();
  const { filters, change } = useInvoiceFilters();
  const [text, setText] = useState(filters.number ?? "");
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        change({ number: text.trim() === "" ? null : text.trim().toUpperCase() });
      }}
    >
      <TextInput
        size="xs"
        w={190}
        aria-label={m.invoices.filter.number}
        placeholder={m.invoices.filter.numberHint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}

function FilterFields({ chosenName }: { chosenName: string }) {
  const { m } = useLanguage();
  const words = m.invoices.filter;
  const { filters, change } = useInvoiceFilters();
  const [search, setSearch] = useState("");
  const found = useCustomerSearch(search);
  return (
    <div className={classes.fields}>
      <CurrencyField />
      <DateField
        label={words.after}
        value={filters.due_after ?? ""}
        onChange={(day) => change({ due_after: day === "" ? null : day }, "replace")}
      />
      <DateField
        label={words.before}
        value={filters.due_before ?? ""}
        onChange={(day) => change({ due_before: day === "" ? null : day }, "replace")}
      />
      {/* Last: its list opens with the focus, and would cover the rest. */}
      <Picker
        label={words.customer}
        chosenLabel={chosenName}
        options={found.data?.items.map(({ id, name }) => ({ value: id, label: name }))}
        onSearch={setSearch}
        onChoose={({ value }) => change({ customer_id: value })}
      />
    </div>
  );
}

/** Only where the book has more than one: else there is nothing to choose. */
function CurrencyField() {
  const { m } = useLanguage();
  const { filters, change } = useInvoiceFilters();
  const { data = [] } = useQuery(currenciesQuery);
  const all = [...new Set([...data, ...(filters.currency === null ? [] : [filters.currency])])].sort();
  if (all.length < 2) return null;
  return (
    <NativeSelect
      label={m.invoices.filter.currency}
      value={filters.currency ?? ""}
      data={[{ value: "", label: m.invoices.filter.anyCurrency }, ...all]}
      onChange={(event) => change({ currency: event.currentTarget.value || null }, "replace")}
    />
  );
}
