/** What is selected, with a total for each currency, and its sending with a result for each row. */
import { Button, Modal } from "@mantine/core";
import { useState } from "react";

import type { BulkResult, InvoiceRow } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Icon } from "@/components/icon";
import type { Selection } from "@/components/list-types";
import { Money } from "@/components/money";
import { type Messages, useLanguage } from "@/i18n";
import { codeText } from "@/lib/failures";

import { useSendMany } from "./invoices-api";
import classes from "./invoices.module.css";

const MAX_AT_ONCE = 100; // what one request of the API takes

export function BulkBar({ selection }: { selection: Selection<InvoiceRow> }) {
  const { m } = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const [results, setResults] = useState<BulkResult[]>([]);
  const send = useSendMany();
  const rows = [...selection.selected.values()];
  const isTooMany = rows.length > MAX_AT_ONCE;
  const confirm = () =>
    send.mutate([...selection.selected.keys()], {
      onSuccess: ({ items }) => {
        setAsking(false);
        setResults(items);
      },
    });
  const close = () => {
    setResults([]);
    selection.change(new Map());
  };
  if (rows.length === 0) return null;
  return (
    <div className={classes.bulk} role="region" aria-label={m.invoices.selected(rows.length)}>
      <strong aria-live="polite">{m.invoices.selected(rows.length)}</strong>
      {totalsOf(rows).map(([currency, minor]) => (
        <Money key={currency} minor={minor} currency={currency} />
      ))}
      {isTooMany ? <span>{m.invoices.sendTooMany(MAX_AT_ONCE)}</span> : null}
      <span className={classes.bulkActions}>
        <Button size="xs" variant="subtle" onClick={() => selection.change(new Map())}>
          {m.invoices.clearSelection}
        </Button>
        <Button size="xs" onClick={() => setAsking(true)} disabled={isTooMany}>
          {m.invoices.sendMany}
        </Button>
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        title={m.invoices.sendManyTitle(rows.length)}
        action={m.invoices.sendMany}
        isPending={send.isPending}
        error={send.error}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        <p>{m.invoices.sendManyBody}</p>
      </ConfirmDialog>
      <ResultsDialog results={results} selection={selection} onClose={close} />
    </div>
  );
}

function totalsOf(rows: readonly InvoiceRow[]): [string, number][] {
  const totals = new Map<string, number>();
  for (const row of rows) {
    totals.set(row.currency, (totals.get(row.currency) ?? 0) + row.open_minor);
  }
  return [...totals];
}

interface ResultsProps {
  results: readonly BulkResult[];
  selection: Selection<InvoiceRow>;
  onClose: () => void;
}

function ResultsDialog({ results, selection, onClose }: ResultsProps) {
  const { m } = useLanguage();
  const done = results.filter((result) => result.done).length;
  return (
    <Modal
      opened={results.length > 0}
      onClose={onClose}
      title={m.invoices.sendManyResult(done, results.length)}
      closeButtonProps={{ "aria-label": m.common.actions.close }}
    >
      <ul className={classes.results}>
        {results.map((result) => {
          const row = selection.selected.get(result.invoice_id);
          return (
            <li key={result.invoice_id} data-done={result.done}>
              <Icon name={result.done ? "check" : "warning"} size={16} />
              <div>{`${row?.number ?? result.invoice_id} · ${row?.customer_name ?? ""}`}</div>
              <span>{outcomeOf(result, m)}</span>
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}

function outcomeOf({ done, code, detail }: BulkResult, m: Messages): string {
  if (done) return m.invoices.resultDone;
  return code === null ? m.invoices.resultFailed : codeText(code, detail ?? code, m.common.errors);
}
