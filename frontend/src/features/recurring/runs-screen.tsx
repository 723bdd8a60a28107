/** The run report: what went out by itself, and what could not, with the reason and a second try. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { RunRow } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { PageHeader } from "@/components/page-header";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { useCursor, useUrlState } from "@/lib/url-state";

import { runsQuery } from "./recurring-api";
import { RecurringTabs } from "./recurring-tabs";
import classes from "./recurring.module.css";
import { Retry, whyOf } from "./retry";
import { RunState } from "./states";

export default function RunsScreen() {
  const { m } = useLanguage();
  const words = m.recurring.report;
  const { query } = useUrlState();
  const { cursor, next, first } = useCursor();
  const state = query.get("state");
  const list = useQuery(runsQuery({ state, cursor }));
  return (
    <>
      <PageHeader title={m.recurring.title} />
      <Panel padding="flush">
        <RecurringTabs
          current="runs"
          states={["failed", "waiting", "pending_approval", "done"]}
          words={m.recurring.runStates}
          state={state}
        />
        <DataTable
          label={m.recurring.runs}
          columns={useColumns()}
          rows={list.data?.items}
          error={list.error}
          retry={() => void list.refetch()}
          isStale={list.isPlaceholderData}
          idOf={(row) => row.id}
          nameOf={(row) => `${row.customer_name} ${row.due_on}`}
          empty={
            state === null ? (
              <EmptyState title={words.noRuns} body={words.noRunsBody} />
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

/** Where a run leads: to what it made, or else to what makes it. */
function pageOf(run: RunRow): string {
  if (run.invoice_id !== null) return pages.invoice(run.invoice_id);
  return run.recurring_id === null
    ? pages.customer(run.customer_id)
    : pages.recurringOne(run.recurring_id);
}

function useColumns(): Column<RunRow>[] {
  const { m, locale } = useLanguage();
  const words = m.recurring.report;
  return [
    {
      key: "customer",
      header: m.recurring.customer,
      phone: "title",
      render: (row) => (
        <Link href={pageOf(row)} className={classes.name}>
          {row.customer_name}
        </Link>
      ),
    },
    {
      key: "due",
      header: words.due,
      phone: "meta",
      render: (row) => <span className={classes.day}>{formatDay(row.due_on, locale)}</span>,
    },
    {
      key: "result",
      header: words.result,
      phone: "meta",
      render: (row) => (
        <span className={classes.stack}>
          <span>
            <RunState state={row.state} />
            {row.number === null ? null : ` ${row.number}`}
          </span>
          {row.code === null ? null : <span className={classes.soft}>{whyOf(row, m)}</span>}
        </span>
      ),
      renderOnCard: (row) => (
        <>
          <RunState state={row.state} /> {row.code === null ? row.number : whyOf(row, m)}
        </>
      ),
    },
    {
      key: "amount",
      header: m.recurring.amount,
      align: "right",
      phone: "amount",
      render: (row) => (
        <strong>
          <Money minor={row.total_minor} currency={row.currency} />
        </strong>
      ),
    },
    {
      key: "retry",
      header: "",
      align: "right",
      phone: "state",
      render: (row) => (row.state === "failed" ? <Retry run={row} /> : null),
    },
  ];
}
