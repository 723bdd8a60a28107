/** One account of the day: its hour, who owes how much and since when, the step, and what can be done. */
import { Link, useLocation, useSearch } from "wouter";

import { useMe } from "@/api/me";
import type { OutgoingItem } from "@/api/models";
import { ChaseActions } from "@/chase/chase-actions";
import { stepText } from "@/chase/step-words";
import { Money } from "@/components/money";
import { StateBadge } from "@/components/state-badge";
import { withQuery } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { daysBetween, formatDay, formatHour } from "@/lib/dates";

import { nextStepOf } from "./next-step";
import { keyOf } from "./outgoing-groups";
import classes from "./outgoing.module.css";

export function OutgoingRow({ item }: { item: OutgoingItem }) {
  const { m } = useLanguage();
  const [path] = useLocation();
  const search = Object.fromEntries(new URLSearchParams(useSearch()));
  const isHeld = item.reason_none !== null && item.reason_none !== "waits_for_approval";
  return (
    <li className={classes.row} data-row data-held={isHeld}>
      <Time item={item} />
      <div className={classes.who}>
        <Link
          href={withQuery(path, { ...search, open: keyOf(item) })}
          replace
          className={classes.name}
          aria-haspopup="dialog"
          aria-label={m.chase.preview(item.customer_name)}
        >
          {item.customer_name}
        </Link>
        <p className={classes.what}>
          {item.template === null ? null : <span>{stepText(item, m)}</span>}
          {item.to.length === 0 ? null : (
            <span className={classes.to}>{m.chase.to(item.to.join(", "))}</span>
          )}
          {item.channel === "letter" ? (
            <StateBadge tone="idle">{wordFor(m.words.channel, item.channel)}</StateBadge>
          ) : null}
        </p>
        {isHeld ? (
          <p className={classes.reason}>{wordFor(m.words.whyNot, item.reason_none ?? "")}</p>
        ) : null}
      </div>
      <Owed item={item} />
      <div className={classes.actions}>
        <ChaseActions step={nextStepOf(item)} />
      </div>
    </li>
  );
}

/** By the customer's clock; by ours too where they differ. */
function Time({ item: { at, time_zone: theirs } }: { item: OutgoingItem }) {
  const { m, locale } = useLanguage();
  const { time_zone: ours } = useMe();
  if (at === null) return <span className={classes.time} />;
  const [here, there] = [formatHour(at, locale, ours), formatHour(at, locale, theirs)];
  return (
    <time className={classes.time} dateTime={at}>
      {here}
      {here === there ? null : (
        <span className={classes.there}>{m.chase.there(there, cityOf(theirs))}</span>
      )}
    </time>
  );
}

/** "America/Argentina/Buenos_Aires" → "Buenos Aires". */
function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

export function Owed({ item }: { item: OutgoingItem }) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const { oldest_due_date: due } = item;
  const late = due === null ? 0 : daysBetween(due, today);
  return (
    <div className={classes.owed}>
      <Money minor={item.amount_minor} currency={item.currency} size="strong" />
      {due === null ? null : (
        <p className={classes.since} data-tone={late > 0 ? "bad" : undefined}>
          {late > 0 ? m.chase.overdue(late, formatDay(due, locale)) : m.chase.due(formatDay(due, locale))}
        </p>
      )}
    </div>
  );
}
