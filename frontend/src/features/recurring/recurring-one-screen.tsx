/** One recurring invoice: what comes next, what it invoices, and what it has done. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Recurring, RunRow } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { KeyValue } from "@/components/key-value";
import { Money } from "@/components/money";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { ListSkeleton, PageSkeleton } from "@/components/skeletons";
import { Timeline } from "@/components/timeline";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";

import { oneQuery, runsQuery, upcomingQuery } from "./recurring-api";
import { RecurringActions } from "./recurring-actions";
import classes from "./recurring.module.css";
import { Retry, whyOf } from "./retry";
import { rhythmOf } from "./rhythm";
import { RecurringState, RunState } from "./states";
import { UpcomingList } from "./upcoming-list";

export default function RecurringOneScreen({ id }: { id: string }) {
  const one = useQuery(oneQuery(id));
  if (one.data) return <Drawn recurring={one.data} />;
  if (one.error) return <ErrorState error={one.error} retry={() => void one.refetch()} />;
  return <PageSkeleton />;
}

function Drawn({ recurring }: { recurring: Recurring }) {
  const { m, locale } = useLanguage();
  const words = m.recurring;
  return (
    <>
      <PageHeader
        title={recurring.customer_name}
        href={pages.customer(recurring.customer_id)}
        crumb={<Link href={pages.recurring}>{words.title}</Link>}
        actions={<RecurringActions recurring={recurring} />}
      />
      <div className={classes.head}>
        <Money minor={recurring.total_minor} currency={recurring.currency} size="huge" />
        <p className={classes.since}>
          {rhythmOf(recurring, m, locale)}
          <RecurringState state={recurring.state} />
        </p>
        <p className={classes.soft}>
          {`${words.one.perTime} · ${recurring.auto_send ? words.sends : words.drafts}`}
        </p>
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          {recurring.state === "ended" ? null : <Next recurring={recurring} />}
          <Lines recurring={recurring} />
          <Runs id={recurring.id} />
        </div>
        <div className={classes.column}>
          <Details recurring={recurring} />
          <History recurring={recurring} />
        </div>
      </div>
    </>
  );
}

function Next({ recurring }: { recurring: Recurring }) {
  const { m } = useLanguage();
  const words = m.recurring.one;
  const upcoming = useQuery(upcomingQuery(recurring.id));
  const title = recurring.state === "paused" ? words.upcomingPaused : words.upcoming;
  return (
    <Panel title={title} padding="flush">
      {upcoming.error ? (
        <div className={classes.inset}>
          <ErrorState error={upcoming.error} retry={() => void upcoming.refetch()} />
        </div>
      ) : upcoming.data === undefined ? (
        <ListSkeleton rows={6} />
      ) : (
        <UpcomingList upcoming={upcoming.data} />
      )}
    </Panel>
  );
}

function Lines({ recurring }: { recurring: Recurring }) {
  const { m, locale } = useLanguage();
  return (
    <Panel title={m.recurring.one.lines} padding="flush">
      <ol className={classes.rows}>
        {recurring.lines.map((line, at) => (
          <li key={at}>
            <span className={classes.stack}>
              <span className={classes.strong}>{line.description}</span>
              <span className={classes.soft}>
                {`${locale === "es" ? line.quantity.replace(".", ",") : line.quantity} × `}
                <Money minor={line.unit_price_minor} currency={recurring.currency} />
              </span>
            </span>
            <Money minor={line.net_minor} currency={recurring.currency} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Runs({ id }: { id: string }) {
  const { m } = useLanguage();
  const words = m.recurring.one;
  const runs = useQuery(runsQuery({ recurringId: id }));
  return (
    <Panel title={words.runs} padding="flush">
      {runs.error ? (
        <div className={classes.inset}>
          <ErrorState error={runs.error} retry={() => void runs.refetch()} />
        </div>
      ) : runs.data === undefined ? (
        <ListSkeleton rows={3} />
      ) : runs.data.items.length === 0 ? (
        <p className={classes.quiet}>{words.noRuns}</p>
      ) : (
        <ol className={classes.rows}>
          {runs.data.items.map((run) => (
            <li key={run.id}>
              <Run run={run} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Run({ run }: { run: RunRow }) {
  const { m, locale } = useLanguage();
  const day = formatDay(run.due_on, locale);
  return (
    <>
      <span className={classes.stack}>
        <span className={classes.strong}>
          {run.invoice_id === null ? (
            day
          ) : (
            <Link href={pages.invoice(run.invoice_id)}>{run.number ?? day}</Link>
          )}
        </span>
        <span className={classes.soft}>
          {run.code === null ? (run.number === null ? null : day) : whyOf(run, m)}
        </span>
      </span>
      {run.state === "failed" ? <Retry run={run} /> : <RunState state={run.state} />}
    </>
  );
}

function Details({ recurring }: { recurring: Recurring }) {
  const { m, locale } = useLanguage();
  const words = m.recurring.one;
  const { terms_days: terms, end_on: end, last_on: last, runs } = recurring;
  const made = [words.made(runs), last === null ? null : words.lastOn(formatDay(last, locale))];
  return (
    <Panel title={words.details}>
      <KeyValue
        items={[
          [words.start, formatDay(recurring.start_on, locale)],
          [words.endOn, end === null ? null : formatDay(end, locale)],
          [words.terms, terms === null ? words.termsOfCustomer : String(terms)],
          [words.series, recurring.series],
          [words.order, recurring.purchase_order],
          [words.notes, recurring.notes],
          [words.runs, made.filter(Boolean).join(", ")],
        ]}
      />
    </Panel>
  );
}

function History({ recurring }: { recurring: Recurring }) {
  const { m } = useLanguage();
  const { time_zone: timeZone } = useMe();
  if (recurring.timeline.length === 0) return null;
  return (
    <Panel title={m.recurring.one.timeline}>
      <Timeline
        timeZone={timeZone}
        items={recurring.timeline.map((entry) => ({
          id: entry.id,
          at: entry.at,
          by: entry.by_name,
          title: wordFor(m.words.action, entry.action),
        }))}
      />
    </Panel>
  );
}
