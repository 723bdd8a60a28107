/** Recurring invoices: for whom, how often, when the next one goes out. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { RecurringRow } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Icon } from "@/components/icon";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { PageHeader } from "@/components/page-header";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { useCursor, useUrlState } from "@/lib/url-state";

import { recurringQuery } from "./recurring-api";
import { RecurringTabs } from "./recurring-tabs";
import classes from "./recurring.module.css";
import { rhythmOf } from "./rhythm";
import { RecurringState } from "./states";

export default function RecurringScreen() {
  const { m } = useLanguage();
  const words = m.recurring;
  const { query } = useUrlState();
  const { cursor, next, first } = useCursor();
  const state = query.get("state");
  const list = useQuery(recurringQuery(state, cursor));
  const columns = useColumns();
  const create = useCan("accountant") ? (
    <Button component={Link} href={pages.recurringNew} leftSection={<Icon name="plus" size={16} />}>
      {words.create}
    </Button>
  ) : null;
  return (
    <>
      <PageHeader title={words.title} actions={create} />
      <Panel padding="flush">
        <RecurringTabs
          current="list"
          states={["active", "paused", "ended"]}
          words={words.states}
          state={state}
        />
        <DataTable
          label={words.title}
          columns={columns}
          rows={list.data?.items}
          error={list.error}
          retry={() => void list.refetch()}
          isStale={list.isPlaceholderData}
          idOf={(row) => row.id}
          nameOf={(row) => row.customer_name}
          empty={
            state === null ? (
              <EmptyState title={words.empty} body={words.emptyBody} action={create} />
            ) : (
              <EmptyState title={words.noneSuch} />
            )
          }
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
      </Panel>
    </>
  );
}

function useColumns(): Column<RecurringRow>[] {
  const { m, locale } = useLanguage();
  const words = m.recurring;
  return [
    {
      key: "customer",
      header: words.customer,
      phone: "title",
      render: (row) => (
        <Link href={pages.recurringOne(row.id)} className={classes.name}>
          {row.customer_name}
        </Link>
      ),
    },
    {
      key: "rhythm",
      header: words.rhythm,
      phone: "meta",
      render: (row) => (
        <span className={classes.stack}>
          <span>{rhythmOf(row, m, locale)}</span>
          <span className={classes.soft}>{row.auto_send ? words.sends : words.drafts}</span>
        </span>
      ),
      renderOnCard: (row) => rhythmOf(row, m, locale),
    },
    {
      key: "next",
      header: words.next,
      phone: "meta",
      render: ({ next_on: day }) => (
        <span className={classes.day}>{day === null ? m.common.none : formatDay(day, locale)}</span>
      ),
    },
    {
      key: "state",
      header: words.state,
      phone: "state",
      render: (row) => <RecurringState state={row.state} />,
    },
    {
      key: "amount",
      header: words.amount,
      align: "right",
      phone: "amount",
      render: (row) => (
        <strong>
          <Money minor={row.total_minor} currency={row.currency} />
        </strong>
      ),
    },
  ];
}
