/** The columns of the list of invoices. */
import { Link } from "wouter";

import type { InvoiceRow } from "@/api/models";
import { InvoiceState } from "@/components/invoice-state";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { pages } from "@/config/paths";
import type { Messages } from "@/i18n";
import { daysBetween, formatDay } from "@/lib/dates";
import type { Locale } from "@/lib/money";

import classes from "./invoices.module.css";

export function columnsOf(m: Messages, locale: Locale, today: string): Column<InvoiceRow>[] {
  const words = m.invoices.column;
  const day = (text: string | null) => (text === null ? m.common.none : formatDay(text, locale));
  const scheduled = ({ scheduled_on: on }: InvoiceRow) =>
    on === null ? null : m.invoices.scheduledFor(day(on));
  return [
    {
      key: "customer",
      header: words.customer,
      phone: "title",
      render: (row) => (
        <Link href={pages.invoice(row.id)} className={classes.name}>
          {row.customer_name}
        </Link>
      ),
    },
    {
      key: "number",
      header: words.number,
      phone: "meta",
      nowrap: true,
      render: (row) =>
        row.number === null ? (
          <span className={classes.soft}>{scheduled(row) ?? m.invoices.draftNumber}</span>
        ) : (
          <span title={row.origin === "imported" ? m.imports.elsewhere : undefined}>{row.number}</span>
        ),
      renderOnCard: (row) => row.number ?? scheduled(row),
    },
    {
      key: "state",
      header: words.state,
      phone: "state",
      render: (row) => <InvoiceState state={row.state} overdue={row.overdue} />,
    },
    {
      key: "issued",
      header: words.issued,
      phone: "hidden",
      nowrap: true,
      wideOnly: true,
      render: (row) => day(row.issue_date),
    },
    {
      key: "due",
      header: words.due,
      nowrap: true,
      phone: "meta",
      render: (row) => <Due row={row} today={today} m={m} text={day(row.due_date)} />,
      renderOnCard: (row) =>
        row.due_date === null ? null : (
          <Due row={row} today={today} m={m} text={day(row.due_date)} />
        ),
    },
    {
      key: "total",
      header: words.total,
      align: "right",
      phone: "hidden",
      render: (row) => <Total row={row} />,
    },
    {
      key: "open",
      header: words.open,
      align: "right",
      phone: "amount",
      render: (row) => <Open row={row} m={m} />,
      renderOnCard: (row) => (row.number === null ? <Total row={row} /> : <Open row={row} m={m} />),
    },
  ];
}

interface CellProps {
  row: InvoiceRow;
  m: Messages;
}

function Total({ row }: { row: InvoiceRow }) {
  return <Money minor={row.total_minor} currency={row.currency} tone="soft" />;
}

/** What is still owed; on a draft, nothing. */
function Open({ row, m }: CellProps) {
  if (row.open_minor > 0) {
    return <Money minor={row.open_minor} currency={row.currency} size="strong" />;
  }
  return <span className={classes.soft}>{m.common.none}</span>;
}

function Due({ row, m, today, text }: CellProps & { today: string; text: string }) {
  if (!row.overdue || row.due_date === null) return <>{text}</>;
  return (
    <span className={classes.due}>
      {text}
      <span className={classes.late}>{m.invoices.late(daysBetween(row.due_date, today))}</span>
    </span>
  );
}
