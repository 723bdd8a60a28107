/** The rows of the file with what becomes of each, as they were understood. */
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ImportedRow, ImportFile } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { StateBadge, type Tone } from "@/components/state-badge";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";

import { rowsQuery } from "./imports-api";
import classes from "./imports.module.css";

type Outcome = ImportedRow["outcome"];
const OUTCOMES: readonly Outcome[] = ["create", "update", "skip", "reject"];
const TONES: Readonly<Record<Outcome, Tone>> = {
  create: "good",
  update: "open",
  skip: "idle",
  reject: "bad",
};

export function RowsPanel({ file }: { file: ImportFile }) {
  const { m } = useLanguage();
  const words = m.imports.preview;
  const [outcome, setOutcome] = useState("");
  const [cursor, setCursor] = useState<string | null>(null);
  const list = useQuery(rowsQuery(file, outcome || null, cursor));
  const columns = useColumns(file.what);
  const there = OUTCOMES.filter((one) => file.counts[one]);
  const choose = (next: string) => {
    setOutcome(next);
    setCursor(null);
  };
  return (
    <Panel title={words.title} padding="flush">
      {there.length > 1 ? (
        <div className={classes.filter}>
          <SegmentedControl
            size="xs"
            aria-label={words.outcome}
            value={outcome}
            onChange={choose}
            data={[
              { value: "", label: words.all },
              ...there.map((one) => ({ value: one, label: words.outcomes[one] })),
            ]}
          />
        </div>
      ) : null}
      <DataTable
        label={words.title}
        columns={columns}
        rows={list.data?.items}
        error={list.error}
        retry={() => void list.refetch()}
        isStale={list.isPlaceholderData}
        idOf={(row) => String(row.row)}
        nameOf={(row) => `${m.imports.groups.row} ${row.row}`}
        empty={<EmptyState title={words.none} />}
        footer={
          <Pager
            count={list.data?.items.length ?? 0}
            hasEarlier={cursor !== null}
            nextCursor={list.data?.next_cursor ?? null}
            onNext={setCursor}
            onFirst={() => setCursor(null)}
          />
        }
      />
    </Panel>
  );
}

function useColumns(what: ImportFile["what"]): Column<ImportedRow>[] {
  const { m, locale } = useLanguage();
  const words = m.imports.preview;
  const text = (row: ImportedRow, name: string) => {
    const { [name]: value } = row.shown;
    return typeof value === "string" ? value : "";
  };
  const amount = (row: ImportedRow, name: string) => {
    const { [name]: minor } = row.shown;
    const currency = text(row, "currency");
    return typeof minor === "number" && currency !== "" ? (
      <Money minor={minor} currency={currency} />
    ) : null;
  };
  const day = (row: ImportedRow, name: string) =>
    text(row, name) === "" ? "" : formatDay(text(row, name), locale);
  const common: Column<ImportedRow>[] = [
    { key: "row", header: m.imports.groups.row, phone: "meta", render: (row) => row.row },
    {
      key: "outcome",
      header: words.outcome,
      phone: "state",
      render: (row) => (
        <StateBadge tone={TONES[row.outcome]}>{words.outcomes[row.outcome]}</StateBadge>
      ),
    },
  ];
  const why: Column<ImportedRow> = {
    key: "why",
    header: words.reason,
    phone: "meta",
    render: (row) =>
      row.issues
        .map(({ heading, field, code }) =>
          [heading || wordFor(m.imports.fields, field), wordFor(m.imports.issues, code)].join(" "),
        )
        .join("; ") || null,
  };
  if (what === "customers") {
    const fields = ["name", "code", "tax_id", "email"] as const;
    return [
      ...common,
      ...fields.map((name): Column<ImportedRow> => ({
        key: name,
        header: m.imports.fields[name],
        phone: name === "name" ? "title" : name === "code" ? "meta" : "hidden",
        render: (row) => text(row, name),
      })),
      why,
    ];
  }
  const invoices: Column<ImportedRow>[] = [
    { key: "number", header: words.number, phone: "title", render: (row) => text(row, "number") },
    { key: "customer", header: words.customer, phone: "meta", render: (row) => text(row, "customer") },
    { key: "due", header: words.due, nowrap: true, phone: "hidden", render: (row) => day(row, "due_date") },
    {
      key: "total",
      header: words.total,
      align: "right",
      phone: "amount",
      render: (row) => amount(row, "total_minor"),
    },
    {
      key: "open",
      header: words.open,
      align: "right",
      phone: "hidden",
      render: (row) => amount(row, "open_minor"),
    },
  ];
  return [...common, ...invoices, why];
}
