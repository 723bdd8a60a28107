/** One message: how it stands, what to do about it, and every report of the mail service. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { MessageFile } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { KeyValue } from "@/components/key-value";
import { MessageState } from "@/components/message-state";
import { Money } from "@/components/money";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { PageSkeleton } from "@/components/skeletons";
import { Timeline } from "@/components/timeline";
import { endpoints, pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay, formatInstant } from "@/lib/dates";
import { messageTitle } from "@/lib/message-title";
import { messageQuery } from "@/mails/mails-api";
import { SeeContent } from "@/silence/mail-content";

import { historyOf } from "./history";
import classes from "./messages.module.css";
import { NextStep } from "./next-step";

interface Props {
  customerId: string;
  messageId: string;
}

export default function MessageScreen({ customerId, messageId }: Props) {
  const message = useQuery(messageQuery(customerId, messageId));
  if (message.data) return <Drawn message={message.data} />;
  if (message.error) {
    return <ErrorState error={message.error} retry={() => void message.refetch()} />;
  }
  return <PageSkeleton />;
}

function Drawn({ message }: { message: MessageFile }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const since = formatInstant(message.state_since ?? message.created_at, locale, timeZone);
  return (
    <>
      <PageHeader
        title={messageTitle(message, m)}
        crumb={<Link href={pages.messages}>{m.mails.title}</Link>}
        detail={<Link href={pages.customer(message.customer_id)}>{message.customer_name}</Link>}
      />
      <div className={classes.head}>
        <MessageState state={message.state} />
        <span>{m.mails.since(since)}</span>
        {message.claimed_at === null ? null : (
          <SeeContent customerId={message.customer_id} messageId={message.id} />
        )}
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          <NextStep message={message} />
          <History message={message} />
        </div>
        <Details message={message} />
      </div>
    </>
  );
}

function History({ message }: { message: MessageFile }) {
  const { m } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.mails.one;
  const isOpened = message.fates.some(({ what }) => what === "opened");
  return (
    <Panel title={words.history}>
      <Timeline items={historyOf(message, m)} timeZone={timeZone} />
      {message.fates.length === 0 && message.channel !== "letter" ? <p className={classes.note}>{words.nothingYet}</p> : null}
      {isOpened ? <p className={classes.note}>{words.opensNote}</p> : null}
    </Panel>
  );
}

function Details({ message }: { message: MessageFile }) {
  const { m, locale } = useLanguage();
  const words = m.mails.one;
  return (
    <Panel title={words.details}>
      <KeyValue
        items={[
          [words.to, message.to],
          [words.cc, message.cc.join(", ")],
          [
            words.invoices,
            message.invoices.length === 0 ? null : (
              <span key="invoices" className={classes.links}>
                {message.invoices.map(({ id, number }) => (
                  <Link key={id} href={pages.invoice(id)}>
                    {number ?? id}
                  </Link>
                ))}
              </span>
            ),
          ],
          [
            words.amount,
            <Money key="amount" minor={message.amount_minor} currency={message.currency} />,
          ],
          [words.step, message.step === null ? null : m.customers.one.step(message.step)],
          [words.attempts, message.attempts > 1 ? String(message.attempts) : null],
          [words.providerId, message.provider_message_id],
          [m.paper.letters.postedOn, message.posting ? formatDay(message.posting.on, locale) : null],
          [m.paper.letters.carrier, message.posting?.carrier],
          [m.paper.letters.tracking, message.posting?.tracking],
          [
            m.paper.letters.document,
            message.has_pdf ? (
              <a key="pdf" href={endpoints.messagePdf(message.customer_id, message.id)} target="_blank">
                {m.paper.letters.see}
              </a>
            ) : null,
          ],
        ]}
      />
    </Panel>
  );
}
