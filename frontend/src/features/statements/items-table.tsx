/** What was open at the end of the period, invoice by invoice, with what is known of it today. */
import { Link } from "wouter";

import type { Statement, StatementItem } from "@/api/models";
import { DataTable } from "@/components/data-table";
import type { Column } from "@/components/list-types";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useMoney } from "@/i18n/use-money";
import { formatDay } from "@/lib/dates";

import classes from "./statement.module.css";

export function ItemsTable({ statement }: { statement: Statement }) {
  const { m, locale } = useLanguage();
  const words = m.paper.statement;
  return (
    <DataTable
      label={words.items(formatDay(statement.last, locale))}
      columns={useColumns(statement.currency)}
      rows={statement.items}
      idOf={(item) => item.invoice_id}
      nameOf={(item) => item.number}
      error={null}
      retry={() => undefined}
      empty={<p className={classes.none}>{words.noItems}</p>}
    />
  );
}

function useColumns(currency: string): Column<StatementItem>[] {
  const { m, locale } = useLanguage();
  const words = m.paper.statement;
  const money = useMoney(currency);
  const late = (item: StatementItem) => (
    <span className={classes.bad}>{item.days_late > 0 ? words.days(item.days_late) : null}</span>
  );
  return [
    {
      key: "number",
      header: words.invoice,
      phone: "title",
      render: (item) => (
        <>
          <Link href={pages.invoice(item.invoice_id)}>{item.number}</Link>
          <Notes item={item} money={money} />
        </>
      ),
    },
    {
      key: "issued",
      header: words.date,
      phone: "hidden",
      nowrap: true,
      render: (item) => formatDay(item.issue_date, locale),
    },
    {
      key: "due",
      header: words.due,
      phone: "meta",
      nowrap: true,
      render: (item) => formatDay(item.due_date, locale),
    },
    { key: "late", header: words.late, phone: "state", nowrap: true, align: "right", render: late },
    {
      key: "total",
      header: words.total,
      phone: "hidden",
      align: "right",
      nowrap: true,
      render: (item) => money(item.total_minor),
    },
    {
      key: "open",
      header: words.openMinor,
      phone: "amount",
      align: "right",
      nowrap: true,
      render: (item) => money(item.open_minor),
    },
  ];
}

function Notes({ item, money }: { item: StatementItem; money: (minor: number) => string }) {
  const { m } = useLanguage();
  const words = m.paper.statement;
  const notes = item.marks.map(({ kind, amount_minor: minor }) => words.marks[kind]?.(money(minor)));
  if (item.open_now_minor !== item.open_minor) notes.unshift(words.openNow(money(item.open_now_minor)));
  return notes.length === 0 ? null : <span className={classes.note}>{notes.join(" · ")}</span>;
}
