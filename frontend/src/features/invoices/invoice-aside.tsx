/** Beside the document: payments, messages and their fate, history, seal. */
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Invoice, MessageRow, TimelineEntry } from "@/api/models";
import { MessageState } from "@/components/message-state";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { Timeline } from "@/components/timeline";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay, formatInstant } from "@/lib/dates";

import classes from "./invoice.module.css";

export function InvoiceAside({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const me = useMe();
  const isDraft = invoice.issued_at === null;
  const entries = invoice.timeline.toSorted((one, other) => isDrafting(one) - isDrafting(other));
  const history = newestFirst(entries, (entry) => entry.at).map((entry) =>
    itemOf(entry, m.words.action),
  );
  return (
    <div className={classes.aside}>
      {isDraft ? null : <Payments invoice={invoice} />}
      {isDraft ? null : <Messages messages={newestFirst(invoice.messages, (message) => message.created_at)} />}
      <Panel title={m.invoices.page.history}>
        <Timeline items={history} timeZone={me.time_zone} />
      </Panel>
      {invoice.hash ? <Seal invoice={invoice} hash={invoice.hash} /> : null}
    </div>
  );
}

function newestFirst<Item>(items: readonly Item[], at: (item: Item) => string): Item[] {
  return items.toSorted((one, other) => at(other).localeCompare(at(one)));
}

/** The last of what happened in one instant: a draft was written before it was issued. */
function isDrafting(entry: TimelineEntry): number {
  return entry.action === "invoice_drafted" ? 1 : 0;
}

function itemOf(entry: TimelineEntry, words: Readonly<Record<string, string>>) {
  const { reason } = entry.facts;
  return {
    id: entry.id,
    at: entry.at,
    by: entry.by_name,
    title: wordFor(words, entry.action),
    ...(typeof reason === "string" && { detail: reason }),
  };
}

function Payments({ invoice }: { invoice: Invoice }) {
  const { m, locale } = useLanguage();
  return (
    <Panel title={m.invoices.page.payments}>
      {invoice.payments.length === 0 ? (
        <p className={classes.soft}>{m.invoices.page.noPayments}</p>
      ) : (
        <ul className={classes.rows}>
          {invoice.payments.map((payment) => (
            <li key={`${payment.payment_id} ${payment.posted_at}`}>
              <Link href={pages.payment(payment.payment_id)}>
                {formatDay(payment.received_on, locale)}
              </Link>
              <Money minor={payment.amount_minor} currency={invoice.currency} size="strong" />
              <span className={classes.soft}>{wordFor(m.words.method, payment.method)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Messages({ messages }: { messages: readonly MessageRow[] }) {
  const { m, locale } = useLanguage();
  const me = useMe();
  return (
    <Panel title={m.invoices.page.messages}>
      {messages.length === 0 ? (
        <p className={classes.soft}>{m.invoices.page.noMessages}</p>
      ) : (
        <ul className={classes.rows}>
          {messages.map((message) => (
            <li key={message.id}>
              <span>{message.subject || wordFor(m.words.purpose, message.purpose)}</span>
              <span>
                <MessageState state={message.state} />
              </span>
              <span className={`${classes.soft ?? ""} ${classes.whole ?? ""}`}>
                {`${message.to} · `}
                <span className={classes.instant}>
                  {formatInstant(message.sent_at ?? message.created_at, locale, me.time_zone)}
                </span>
              </span>
              {message.reason ? (
                <span className={`${classes.soft ?? ""} ${classes.whole ?? ""}`}>
                  {wordFor(m.words.messageReason, message.reason)}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Seal({ invoice, hash }: { invoice: Invoice; hash: string }) {
  const { m } = useLanguage();
  const words = m.invoices.page;
  return (
    <Panel title={words.seal}>
      <div className={classes.seal}>
        <p className={classes.soft}>{words.sealBody}</p>
        <div>
          <span>{words.hash}</span>
          <code className={classes.hash}>{hash}</code>
        </div>
        <div>
          <span>{words.previousHash}</span>
          <code className={classes.hash}>{invoice.previous_hash ?? words.firstOfSeries}</code>
        </div>
      </div>
    </Panel>
  );
}
