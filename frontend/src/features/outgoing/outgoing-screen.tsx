/** What goes out on a day, to whom and in which words; or why it does not. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { TabLinks } from "@/components/tab-links";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { addDays, formatWeekday } from "@/lib/dates";
import { useUrlState } from "@/lib/url-state";

import { outgoingQuery } from "./outgoing-api";
import { groupsOf, sumsOf } from "./outgoing-groups";
import { OutgoingList } from "./outgoing-list";
import classes from "./outgoing.module.css";

const DAYS = 7; // today and the six days after it

export default function OutgoingScreen() {
  const { m, locale } = useLanguage();
  const { today, time_zone: timeZone } = useMe();
  const { query } = useUrlState();
  const days = Array.from({ length: DAYS }, (_, after) => addDays(today, after));
  const asked = query.get("day");
  const day = asked !== null && days.includes(asked) ? asked : today;
  const list = useQuery(outgoingQuery(day));
  const groups = list.data === undefined ? [] : groupsOf(list.data.items, { day, today, timeZone });
  const label = (each: string, at: number) =>
    at === 0 ? m.chase.today : at === 1 ? m.chase.tomorrow : formatWeekday(each, locale);
  const tabs = days.map((each, at) => ({
    key: each,
    label: label(each, at),
    href: withQuery(pages.outgoing, { day: at === 0 ? null : each }),
  }));
  return (
    <>
      <PageHeader title={m.chase.title} detail={<Detail groups={groups} />} />
      <Panel padding="flush">
        <TabLinks label={m.chase.days} tabs={tabs} current={day} />
        {list.error ? (
          <div className={classes.inset}>
            <ErrorState error={list.error} retry={() => void list.refetch()} />
          </div>
        ) : list.data === undefined ? (
          <ListSkeleton />
        ) : groups.length === 0 ? (
          <Nothing day={day} today={today} />
        ) : (
          <OutgoingList groups={groups} isStale={list.isPlaceholderData} hasMore={list.data.has_more} />
        )}
      </Panel>
    </>
  );
}

function Detail({ groups }: { groups: ReturnType<typeof groupsOf> }) {
  const { m } = useLanguage();
  const { email, letter, call, waiting, held } = sumsOf(groups);
  if (groups.length === 0) return <p>{m.chase.detail}</p>;
  return (
    <>
      <span>{m.chase.sums(email, letter, call)}</span>
      {waiting > 0 ? <span>{m.chase.waiting(waiting)}</span> : null}
      {held > 0 ? <span>{m.chase.held(held)}</span> : null}
      <span className={classes.keys}>{m.chase.keys}</span>
    </>
  );
}

function Nothing({ day, today }: { day: string; today: string }) {
  const { m, locale } = useLanguage();
  const { sending_frozen: isFrozen } = useMe();
  const next = addDays(day, 1);
  const isLast = next === addDays(today, DAYS);
  return (
    <EmptyState
      title={day === today ? m.chase.emptyToday : m.chase.empty}
      body={isFrozen ? m.chase.emptyFrozen : m.chase.emptyBody}
      action={
        isLast ? null : (
          <Link href={withQuery(pages.outgoing, { day: next })}>
            {m.chase.next(formatWeekday(next, locale))}
          </Link>
        )
      }
    />
  );
}
