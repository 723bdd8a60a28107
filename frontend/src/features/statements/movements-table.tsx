/** Every movement of the period with the balance after it, between the balances before and at the end. */
import { useMemo } from "react";

import type { Statement } from "@/api/models";
import { DataTable } from "@/components/data-table";
import type { Column } from "@/components/list-types";
import { type Messages, useLanguage, wordFor } from "@/i18n";
import { useMoney } from "@/i18n/use-money";
import { formatDay } from "@/lib/dates";

import classes from "./statement.module.css";

/** A line of the table: a movement, or a balance that stands before or after all of them. */
interface Line {
  id: string;
  on: string;
  text: string;
  note: string | null;
  minor: number | null;
  balance: number;
  isEdge: boolean;
}

/** What their reference numbers; that of the others is a text of its own. */
const NUMBERED: ReadonlySet<string> = new Set([
  "invoice",
  "void",
  "credit_note",
  "write_off",
  "reinstated",
]);
const NAMED = 3; // invoices that a line names before it counts the others

export function MovementsTable({ statement }: { statement: Statement }) {
  const { m, locale } = useLanguage();
  const words = m.paper.statement;
  const lines = useMemo(
    () => linesOf(statement, m, (day) => formatDay(day, locale)),
    [statement, m, locale],
  );
  return (
    <DataTable
      label={words.movements}
      columns={useColumns(statement.currency)}
      rows={lines}
      idOf={(line) => line.id}
      nameOf={(line) => line.text}
      error={null}
      retry={() => undefined}
      empty={null}
    />
  );
}

function linesOf(statement: Statement, m: Messages, say: (day: string) => string): Line[] {
  const words = m.paper.statement;
  const { first, last, movements } = statement;
  const edge = { minor: null, isEdge: true } as const;
  const closing = words.closingBalance(say(last));
  return [
    { ...edge, id: "opening", on: first, text: words.openingBalance, note: null, balance: statement.opening_minor },
    ...movements.map((one, index) => ({
      id: String(index),
      on: one.on,
      text: [wordFor(words.kinds, one.kind), one.reference]
        .filter(Boolean)
        .join(NUMBERED.has(one.kind) ? " " : " · "),
      note: one.invoices.length > 0 ? words.settles(numbersOf(one.invoices, m)) : null,
      minor: one.amount_minor,
      balance: one.balance_minor,
      isEdge: false,
    })),
    {
      ...edge,
      id: "closing",
      on: last,
      text: closing,
      note: movements.length === 0 ? words.noMovements : null,
      balance: statement.closing_minor,
    },
  ];
}

function numbersOf(invoices: readonly string[], m: Messages): string {
  const shown = invoices.slice(0, NAMED).join(", ");
  const more = invoices.length - NAMED;
  return more > 0 ? m.paper.statement.andMore(shown, more) : shown;
}

function useColumns(currency: string): Column<Line>[] {
  const { m, locale } = useLanguage();
  const words = m.paper.statement;
  const money = useMoney(currency);
  const strong = (line: Line, text: string) =>
    line.isEdge ? <strong className={classes.edge}>{text}</strong> : text;
  return [
    {
      key: "on",
      header: words.date,
      phone: "meta",
      nowrap: true,
      width: "120px",
      render: (line) => formatDay(line.on, locale),
    },
    {
      key: "text",
      header: words.concept,
      phone: "title",
      render: (line) => (
        <>
          {strong(line, line.text)}
          {line.note === null ? null : <span className={classes.note}>{line.note}</span>}
        </>
      ),
    },
    {
      key: "charge",
      header: words.charge,
      phone: "amount",
      align: "right",
      nowrap: true,
      render: (line) => (line.minor !== null && line.minor > 0 ? money(line.minor) : null),
      renderOnCard: (line) => (line.minor === null ? null : money(line.minor)),
    },
    {
      key: "credit",
      header: words.credit,
      phone: "hidden",
      align: "right",
      nowrap: true,
      render: (line) => (line.minor !== null && line.minor < 0 ? money(-line.minor) : null),
    },
    {
      key: "balance",
      header: words.balance,
      phone: "state",
      align: "right",
      nowrap: true,
      render: (line) => strong(line, money(line.balance)),
      renderOnCard: (line) => `${words.balance}: ${money(line.balance)}`,
    },
  ];
}
