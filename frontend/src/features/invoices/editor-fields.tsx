/** The head of the form (customer, dates, currency, series) and its foot (order, notes). */
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { DateField } from "@/components/date-field";
import { useLanguage } from "@/i18n";
import { COMMON_CURRENCIES } from "@/lib/currencies";

import { CustomerField } from "./customer-field";
import classes from "./editor.module.css";
import { seriesQuery } from "./invoices-api";
import type { Editor } from "./use-editor";

export function EditorFields({ editor }: { editor: Editor }) {
  const { m } = useLanguage();
  const words = m.invoices.editor;
  const { draft, change, errorAt } = editor;
  const series = useQuery(seriesQuery);
  const codes = (series.data?.items ?? []).map(({ code }) => code);
  const currencies = [...new Set([draft.currency, ...COMMON_CURRENCIES])];
  return (
    <div className={classes.fields}>
      <div className={classes.whole}>
        <CustomerField editor={editor} />
      </div>
      <DateField
        label={words.issueDate}
        description={words.issueDateHint}
        value={draft.issueDate}
        error={errorAt("/issue_date")}
        onChange={(issueDate) => change({ issueDate })}
      />
      <DateField
        label={words.dueDate}
        description={draft.customer ? words.dueHint(draft.customer.termsDays) : words.dueHintOpen}
        value={draft.dueDate}
        error={errorAt("/due_date")}
        onChange={(dueDate) => change({ dueDate })}
      />
      <NativeSelect
        label={words.currency}
        data={currencies}
        value={draft.currency}
        error={errorAt("/currency")}
        onChange={(event) => change({ currency: event.currentTarget.value })}
      />
      {codes.length > 1 ? (
        <NativeSelect
          label={words.series}
          data={codes}
          value={draft.series || codes[0]}
          error={errorAt("/series")}
          onChange={(event) => change({ series: event.currentTarget.value })}
        />
      ) : null}
    </div>
  );
}

/** Below the lines: the customer's order, and what else the invoice should say. */
export function EditorNotes({ editor }: { editor: Editor }) {
  const { m } = useLanguage();
  const words = m.invoices.editor;
  const { draft, change, errorAt } = editor;
  return (
    <div className={classes.notes}>
      <TextInput
        label={words.purchaseOrder}
        value={draft.purchaseOrder}
        maxLength={200}
        error={errorAt("/purchase_order")}
        onChange={(event) => change({ purchaseOrder: event.currentTarget.value })}
      />
      <Textarea
        label={words.notes}
        value={draft.notes}
        maxLength={2000}
        autosize
        minRows={1}
        maxRows={6}
        error={errorAt("/notes")}
        onChange={(event) => change({ notes: event.currentTarget.value })}
      />
    </div>
  );
}
