/** What happened with a customer, newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { TimelineEntry } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { Timeline } from "@/components/timeline";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";

import { messagesOf } from "./timeline-facts";
import { timelinePages } from "./customers-api";
import { ShowMore } from "./show-more";

export function CustomerTimeline({ id }: { id: string }) {
  const { m } = useLanguage();
  return (
    <Panel title={m.customers.one.timeline}>
      <Entries id={id} />
    </Panel>
  );
}

function Entries({ id }: { id: string }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const entries = useInfiniteQuery(timelinePages(id));
  if (entries.error) {
    return <ErrorState error={entries.error} retry={() => void entries.refetch()} />;
  }
  if (entries.data === undefined) return <ListSkeleton rows={4} />;
  if (entries.data.length === 0) return <p>{m.customers.one.noTimeline}</p>;
  return (
    <>
      <Timeline
        timeZone={timeZone}
        items={entries.data.map((entry) => ({
          id: entry.id,
          at: entry.at,
          by: entry.by_name,
          title: <Title entry={entry} />,
          detail: messagesOf(entry.facts, m, locale).join(" · ") || undefined,
        }))}
      />
      <ShowMore list={entries} />
    </>
  );
}

function Title({ entry }: { entry: TimelineEntry }) {
  const { m } = useLanguage();
  const text = wordFor(m.words.action, entry.action);
  if (entry.subject === "invoice") return <Link href={pages.invoice(entry.subject_id)}>{text}</Link>;
  if (entry.subject === "payment") return <Link href={pages.payment(entry.subject_id)}>{text}</Link>;
  if (entry.subject === "recurring_invoice") {
    return <Link href={pages.recurringOne(entry.subject_id)}>{text}</Link>;
  }
  return text;
}
