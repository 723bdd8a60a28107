/** Who owes most in one currency. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { currenciesQuery } from "@/api/currencies";
import { useMe } from "@/api/me";
import type { Debtor } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { customerName } from "@/lib/customer-name";
import { daysBetween, formatDay } from "@/lib/dates";
import { useUrlState } from "@/lib/url-state";

import { debtorsQuery } from "./customers-api";
import classes from "./customers.module.css";

export function DebtorList() {
  const { m } = useLanguage();
  const me = useMe();
  const { query } = useUrlState();
  const currency = query.get("currency") ?? me.currency;
  const list = useQuery(debtorsQuery(currency));
  return (
    <>
      <Currencies current={currency} />
      <DataTable
        label={m.customers.debtors}
        columns={useColumns()}
        rows={list.data}
        error={list.error}
        retry={() => void list.refetch()}
        idOf={(row) => row.customer_id}
        nameOf={(row) => customerName(row.customer_id, row.customer_name, m)}
        empty={<EmptyState title={m.customers.noDebtors} />}
      />
    </>
  );
}

/** Never two currencies in one order: each has its own list. */
function Currencies({ current }: { current: string }) {
  const { m } = useLanguage();
  const { data = [] } = useQuery(currenciesQuery);
  const all = [...new Set([...data, current])].sort();
  if (all.length < 2) return null;
  return (
    <nav className={classes.currencies} aria-label={m.customers.currency}>
      {all.map((currency) => (
        <Link
          key={currency}
          href={withQuery(pages.customers, { view: "debtors", currency })}
          aria-current={currency === current ? "true" : undefined}
        >
          {currency}
        </Link>
      ))}
    </nav>
  );
}

function useColumns(): Column<Debtor>[] {
  const { m } = useLanguage();
  return [
    {
      key: "name",
      header: m.customers.name,
      phone: "title",
      render: (row) => (
        <Link href={pages.customer(row.customer_id)} className={classes.name}>
          {customerName(row.customer_id, row.customer_name, m)}
        </Link>
      ),
    },
    {
      key: "since",
      header: m.customers.since,
      phone: "meta",
      render: (row) => (
        <Since day={row.oldest_due_date} isLate={row.overdue_minor > 0} />
      ),
    },
    {
      key: "overdue",
      header: m.customers.overdue,
      align: "right",
      phone: "hidden",
      render: ({ overdue_minor: minor, currency }) =>
        minor > 0 ? <Money minor={minor} currency={currency} tone="bad" /> : m.common.none,
    },
    {
      key: "unapplied",
      header: m.customers.unapplied,
      align: "right",
      phone: "hidden",
      render: ({ unapplied_minor: minor, currency }) =>
        minor > 0 ? <Money minor={minor} currency={currency} tone="soft" /> : m.common.none,
    },
    {
      key: "owes",
      header: m.customers.owes,
      align: "right",
      phone: "amount",
      render: ({ open_minor: minor, currency }) => (
        <strong>
          <Money minor={minor} currency={currency} />
        </strong>
      ),
    },
  ];
}

function Since({ day, isLate }: { day: string | null; isLate: boolean }) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  if (day === null) return m.common.none;
  return (
    <span className={classes.day}>
      {formatDay(day, locale)}
      <span className={classes.quiet}>
        {isLate ? m.customers.days(daysBetween(day, today)) : m.customers.notDue}
      </span>
    </span>
  );
}
