/** Customers in the order of their names, found by the beginning of any word of it. */
import { CloseButton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Balance, CustomerRow } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Icon } from "@/components/icon";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { Pager } from "@/components/pager";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { dayOf, daysBetween, formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";
import { useCursor, useUrlState } from "@/lib/url-state";

import { customersQuery } from "./customers-api";
import classes from "./customers.module.css";

const TYPING_MS = 250; // long enough that a word typed at once is one request

export function CustomerList({ create }: { create: ReactNode }) {
  const { m } = useLanguage();
  const { query } = useUrlState();
  const { cursor, next, first } = useCursor();
  const search = query.get("search") ?? "";
  const list = useQuery(customersQuery(search, cursor));
  const empty =
    search === "" ? (
      <EmptyState title={m.customers.empty} body={m.customers.emptyBody} action={create} />
    ) : (
      <EmptyState title={m.customers.noMatch(search)} />
    );
  return (
    <>
      <Search />
      <DataTable
        label={m.customers.title}
        columns={useColumns()}
        rows={list.data?.items}
        error={list.error}
        retry={() => void list.refetch()}
        isStale={list.isPlaceholderData}
        idOf={(row) => row.id}
        nameOf={(row) => row.name}
        empty={empty}
        footer={
          <Pager
            count={list.data?.items.length ?? 0}
            hasEarlier={cursor !== null}
            nextCursor={list.data?.next_cursor ?? null}
            onNext={next}
            onFirst={first}
          />
        }
      />
    </>
  );
}

/** What is typed goes into the URL when the typing pauses. */
function Search() {
  const { m } = useLanguage();
  const { query, change } = useUrlState();
  const inUrl = query.get("search") ?? "";
  const [text, setText] = useState(inUrl);
  const [known, setKnown] = useState(inUrl);
  if (inUrl !== known) {
    // The URL changed by other means: Back, or a link.
    setKnown(inUrl);
    setText(inUrl);
  }
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === known) return;
    const timer = setTimeout(() => {
      setKnown(wanted);
      change({ search: wanted || null }, "replace");
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, known, change]);
  return (
    <div className={classes.search}>
      <TextInput
        type="search"
        aria-label={m.customers.search}
        placeholder={m.customers.search}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        leftSection={<Icon name="search" size={16} />}
        rightSection={
          text === "" ? null : (
            <CloseButton size="sm" aria-label={m.common.actions.clear} onClick={() => setText("")} />
          )
        }
      />
    </div>
  );
}

function useColumns(): Column<CustomerRow>[] {
  const { m, locale } = useLanguage();
  const { today, time_zone: timeZone } = useMe();
  const perBalance = (
    row: CustomerRow,
    render: (balance: Balance) => ReactNode,
    className = classes.stack,
  ) => {
    const shown = row.balances.filter(matters);
    if (shown.length === 0) return null;
    return (
      <span className={className}>
        {shown.map((balance) => (
          <span key={balance.currency}>{render(balance)}</span>
        ))}
      </span>
    );
  };
  return [
    {
      key: "name",
      header: m.customers.name,
      phone: "title",
      render: (row) => (
        <Link href={pages.customer(row.id)} className={classes.name}>
          {row.name}
        </Link>
      ),
    },
    {
      key: "overdue",
      header: m.customers.overdue,
      align: "right",
      phone: "hidden",
      render: (row) =>
        perBalance(
          row,
          ({ overdue_minor: minor, currency }) =>
            minor > 0 ? <Money minor={minor} currency={currency} tone="bad" /> : m.common.none,
          classes.amounts,
        ),
    },
    {
      key: "since",
      header: m.customers.since,
      phone: "meta",
      render: (row) =>
        perBalance(row, (balance) => lateness(balance, today, m.customers)),
    },
    {
      key: "next",
      header: m.customers.next,
      phone: "hidden",
      render: (row) =>
        perBalance(row, ({ next_action_at: at }) =>
          at === null ? m.common.none : formatDay(dayOf(at, timeZone), locale),
        ),
    },
    {
      key: "owes",
      header: m.customers.owes,
      align: "right",
      phone: "amount",
      render: (row) =>
        !row.balances.some(matters) ? (
          <span className={classes.quiet}>{m.customers.settled}</span>
        ) : (
          perBalance(
            row,
            (balance) => <Owed balance={balance} />,
            classes.amounts,
          )
        ),
    },
  ];
}

/** An account with nothing in it says nothing. */
function matters({ open_minor: open, unapplied_minor: unapplied }: Balance): boolean {
  return open > 0 || unapplied > 0;
}

function Owed({ balance }: { balance: Balance }) {
  const { m, locale } = useLanguage();
  const { open_minor: open, unapplied_minor: unapplied, currency } = balance;
  if (open === 0) {
    const amount = formatMoney(unapplied, currency, locale);
    return <span className={classes.quiet}>{m.customers.one.facts.unapplied(amount)}</span>;
  }
  return (
    <strong>
      <Money minor={open} currency={currency} />
    </strong>
  );
}

interface LateWords {
  days: (days: number) => string;
  notDue: string;
}

function lateness(balance: Balance, today: string, words: LateWords): string {
  const { open_minor: open, overdue_minor: overdue, oldest_due_date: oldest } = balance;
  if (open === 0) return "";
  return overdue === 0 || oldest === null ? words.notDue : words.days(daysBetween(oldest, today));
}
