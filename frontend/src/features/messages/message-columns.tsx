/** A message in a list: to whom, what about, how it stands since when, and why. */
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { MessageRow } from "@/api/models";
import type { Column } from "@/components/list-types";
import { MessageState } from "@/components/message-state";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { messageTitle } from "@/lib/message-title";

import classes from "./messages.module.css";

export function useColumns(): Column<MessageRow>[] {
  const { m } = useLanguage();
  const words = m.mails;
  const subjectOf = (row: MessageRow) => messageTitle(row, m);
  const reasonOf = (row: MessageRow) =>
    row.reason === null ? "" : wordFor(m.words.messageReason, row.reason);
  return [
    {
      key: "customer",
      header: words.customer,
      width: "20%",
      phone: "title",
      render: (row) => (
        <Link href={pages.message(row.customer_id, row.id)} className={classes.name}>
          {row.customer_name}
        </Link>
      ),
    },
    {
      key: "subject",
      header: words.subject,
      width: "42%",
      phone: "meta",
      render: (row) => (
        <span className={classes.stack}>
          <span className={classes.words}>{subjectOf(row)}</span>
          <span className={classes.soft}>{row.to}</span>
        </span>
      ),
      renderOnCard: (row) => <span className={classes.words}>{subjectOf(row)}</span>,
    },
    {
      key: "reason",
      header: words.reason,
      phone: "meta",
      render: (row) => <span className={classes.soft}>{reasonOf(row)}</span>,
      renderOnCard: (row) =>
        row.reason === null ? null : <span className={classes.words}>{reasonOf(row)}</span>,
    },
    {
      key: "since",
      header: words.state,
      phone: "state",
      render: (row) => <Since row={row} />,
      renderOnCard: (row) => <MessageState state={row.state} />,
    },
  ];
}

/** How it stands, and since when; a message that waits says until when. */
function Since({ row }: { row: MessageRow }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const at = (instant: string) => formatInstant(instant, locale, timeZone);
  const isWaiting = row.state === "queued" || row.state === "planned";
  const until = isWaiting ? row.not_before : null;
  return (
    <span className={classes.stack}>
      <MessageState state={row.state} />
      <span className={classes.instant}>
        {until ? m.mails.waitsUntil(at(until)) : at(row.state_since ?? row.created_at)}
      </span>
    </span>
  );
}
