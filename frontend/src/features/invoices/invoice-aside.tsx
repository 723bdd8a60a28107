/** Beside the document: what changed what is owed, messages and their fate, history, seal. */
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Invoice, MessageRow, TimelineEntry } from "@/api/models";
import { MessageState } from "@/components/message-state";
import { Panel } from "@/components/panel";
import { Timeline } from "@/components/timeline";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import { ApprovalsPanel } from "./approvals-panel";
import { DunningPanel } from "./dunning-panel";
import classes from "./invoice.module.css";
import { PaymentPanel } from "./payment-panel";
import { RestsPanel } from "./rests-panel";
import { SettlementsPanel } from "./settlements-panel";

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
      {isDraft ? null : <Owing invoice={invoice} />}
      {isDraft ? null : <Messages messages={newestFirst(invoice.messages, (message) => message.created_at)} />}
      <ApprovalsPanel invoice={invoice} />
      <Panel title={m.invoices.page.history}>
        <Timeline items={history} timeZone={me.time_zone} />
      </Panel>
      {invoice.hash ? <Seal invoice={invoice} hash={invoice.hash} /> : null}
    </div>
  );
}

/** What rests, and what changed what is owed. */
function Owing({ invoice }: { invoice: Invoice }) {
  return (
    <>
      <RestsPanel invoice={invoice} />
      <DunningPanel invoice={invoice} />
      <SettlementsPanel invoice={invoice} />
      <PaymentPanel invoice={invoice} />
    </>
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
              <Link href={pages.message(message.customer_id, message.id)}>
                {message.subject || wordFor(m.words.purpose, message.purpose)}
              </Link>
              <span>
                <MessageState state={message.state} />
              </span>
              <span className={`${classes.soft ?? ""} ${classes.whole ?? ""}`}>
                {`${message.to} · `}
                <span className={classes.instant}>
                  {formatInstant(message.state_since ?? message.created_at, locale, me.time_zone)}
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
