/** What was sent to a customer, and what became of it. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { MessageRow } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { MessageState } from "@/components/message-state";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { messageTitle } from "@/lib/message-title";

import { messagesPages } from "./customers-api";
import classes from "./customer.module.css";
import { ShowMore } from "./show-more";

export function CustomerMessages({ id }: { id: string }) {
  const { m } = useLanguage();
  return (
    <Panel title={m.customers.one.messages} padding="flush">
      <Rows id={id} />
    </Panel>
  );
}

function Rows({ id }: { id: string }) {
  const { m } = useLanguage();
  const messages = useInfiniteQuery(messagesPages(id));
  if (messages.error) {
    return (
      <div className={classes.inset}>
        <ErrorState error={messages.error} retry={() => void messages.refetch()} />
      </div>
    );
  }
  if (messages.data === undefined) return <ListSkeleton rows={4} />;
  if (messages.data.length === 0) {
    return <p className={classes.quiet}>{m.customers.one.noMessages}</p>;
  }
  return (
    <>
      <ul className={classes.rows}>
        {messages.data.map((message) => (
          <Row key={message.id} message={message} />
        ))}
      </ul>
      <ShowMore list={messages} />
    </>
  );
}

function Row({ message }: { message: MessageRow }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.customers.one;
  const { step, reason } = message;
  return (
    <li className={classes.row}>
      <Link className={classes.rowTitle} href={pages.message(message.customer_id, message.id)}>
        {messageTitle(message, m)}
      </Link>
      <MessageState state={message.state} />
      <span className={classes.rowDetail}>
        {formatInstant(message.state_since ?? message.created_at, locale, timeZone)} · {message.to}
        {step === null ? null : ` · ${words.step(step)}`}
      </span>
      {reason === null ? null : (
        <span className={classes.rowReason}>{wordFor(m.words.messageReason, reason)}</span>
      )}
    </li>
  );
}
