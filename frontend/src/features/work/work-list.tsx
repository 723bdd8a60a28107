/** The rows of the work list. j and k move, Enter opens what an item is about, d takes it off. */
import { useRef } from "react";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { WorkItemRow } from "@/api/models";
import { Money } from "@/components/money";
import { StateBadge, type Tone } from "@/components/state-badge";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { focusedRow, useKeptPlace, useRowKeys } from "@/lib/row-keys";
import { useShortcuts } from "@/lib/shortcuts";
import { pages } from "@/config/paths";

import { dialled, phonesIn } from "./phones";
import { WorkActions } from "./work-actions";
import { detailOf } from "./work-detail";
import { customerPage, targetOf, type Urgency, urgencyOf } from "./work-target";
import { titleOf } from "./work-title";
import classes from "./work.module.css";

interface Props {
  items: readonly WorkItemRow[];
  isStale: boolean;
}

export function WorkList({ items, isStale }: Props) {
  const { m } = useLanguage();
  const frame = useRef<HTMLUListElement>(null);
  useRowKeys(frame);
  useKeptPlace(frame, items);
  useShortcuts({
    d: () => focusedRow()?.querySelector<HTMLElement>("[data-finish]")?.click(),
  });
  return (
    <ul ref={frame} className={classes.list} aria-label={m.work.title} data-stale={isStale}>
      {items.map((item) => (
        <Row key={item.key} item={item} />
      ))}
    </ul>
  );
}

const TONES: Record<Urgency, Tone> = { urgent: "bad", soon: "warn", later: "idle" };

/** What a person needs beyond the kind; of a call its numbers, ready to dial. */
function Detail({ item }: { item: WorkItemRow }) {
  const { m, locale } = useLanguage();
  if (item.what !== "call_to_make") return <p className={classes.detail}>{detailOf(item, m, locale)}</p>;
  const phones = phonesIn(item.detail);
  if (phones.length === 0) return <p className={classes.facts}>{m.work.noPhone}</p>;
  return (
    <ul className={classes.phones}>
      {phones.map(({ name, phone }) => (
        <li key={phone}>
          <a href={dialled(phone)}>{phone}</a>
          {name === "" ? null : <span>{name}</span>}
        </li>
      ))}
    </ul>
  );
}

function Row({ item }: { item: WorkItemRow }) {
  const { m } = useLanguage();
  const urgency = urgencyOf(item.priority);
  const isOpen = item.state === "open";
  return (
    <li className={classes.row} data-row>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <Title item={item} />
        </h2>
        {isOpen ? (
          <StateBadge tone={TONES[urgency]}>{m.work.priority[urgency]}</StateBadge>
        ) : null}
        {item.amount_minor !== null && item.currency !== null ? (
          <span className={classes.amount}>
            <Money minor={item.amount_minor} currency={item.currency} />
          </span>
        ) : null}
      </div>
      {isOpen ? <p className={classes.advice}>{wordFor(m.work.advice, item.what)}</p> : null}
      <Detail item={item} />
      <Facts item={item} />
      {isOpen ? <WorkActions item={item} /> : null}
    </li>
  );
}

function Title({ item }: { item: WorkItemRow }) {
  const { m } = useLanguage();
  const target = targetOf(item);
  const text = titleOf(item, m);
  if (target === null) {
    return (
      <span tabIndex={-1} data-row-focus>
        {text}
      </span>
    );
  }
  return (
    <Link href={target} className={classes.link}>
      {text}
    </Link>
  );
}

function Facts({ item }: { item: WorkItemRow }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const customer = customerPage(item);
  const links: [string, string][] = [];
  if (item.payment_id !== null) links.push([m.work.seePayment, pages.payment(item.payment_id)]);
  if (item.invoice_id !== null) links.push([m.work.seeInvoice, pages.invoice(item.invoice_id)]);
  if (customer !== null) links.push([m.work.seeCustomer, customer]);
  const others = links.filter(([, href]) => href !== targetOf(item));
  const at = item.done_at ?? item.created_at;
  return (
    <p className={classes.facts}>
      <time dateTime={at}>{formatInstant(at, locale, timeZone)}</time>
      {item.done_by === null ? null : <span>{m.work.doneBy(item.done_by)}</span>}
      {item.outcome === null ? null : (
        <span className={classes.outcome}>{wordFor(m.work.outcomes, item.outcome)}</span>
      )}
      {others.map(([text, href]) => (
        <Link key={href} href={href}>
          {text}
        </Link>
      ))}
    </p>
  );
}
