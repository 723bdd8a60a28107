/** What goes out next on each account: when, to whom and in which words; or why nothing does. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useMe } from "@/api/me";
import type { Customer, NextMessage } from "@/api/models";
import { ChaseActions } from "@/chase/chase-actions";
import { type NextStep, nextMessagesQuery } from "@/chase/chase-api";
import { Addressed, ExactText } from "@/chase/message-text";
import { OtherWay } from "@/chase/other-way";
import { stepText } from "@/chase/step-words";
import { ErrorState } from "@/components/error-state";
import { Icon } from "@/components/icon";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { useUrlState } from "@/lib/url-state";

import classes from "./customer.module.css";

export function NextReminder({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  return (
    <Panel title={m.customers.one.next}>
      <Accounts customer={customer} />
    </Panel>
  );
}

function Accounts({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const next = useQuery(nextMessagesQuery(customer.id));
  if (next.error) return <ErrorState error={next.error} retry={() => void next.refetch()} />;
  if (next.data === undefined) return <ListSkeleton rows={2} />;
  if (next.data.length === 0) return <p className={classes.soft}>{m.chase.nothing}</p>;
  const currencies = [...new Set(next.data.map(({ currency }) => currency))];
  return (
    <div className={classes.nextList}>
      {currencies.map((currency) => (
        <OneAccount
          key={currency}
          customer={customer}
          messages={next.data.filter((one) => one.currency === currency)}
          isOnly={currencies.length === 1}
        />
      ))}
    </div>
  );
}

interface AccountProps {
  customer: Customer;
  /** One a contact; always at least one, and all alike but for whom they go to. */
  messages: readonly NextMessage[];
  isOnly: boolean;
}

function OneAccount({ customer, messages, isOnly }: AccountProps) {
  const { m } = useLanguage();
  const [first] = messages;
  if (first === undefined) return null;
  if (first.template === null || first.at === null) return <Nothing message={first} isOnly={isOnly} />;
  return (
    <div className={classes.next}>
      <Held message={first} />
      <When message={first} at={first.at} />
      {first.reason_none === null ? null : (
        <p className={classes.whyNot}>{wordFor(m.words.whyNot, first.reason_none)}</p>
      )}
      {messages.map((message) => (
        <OneMessage key={message.to ?? ""} message={message} customerId={customer.id} />
      ))}
      <ChaseActions step={stepOf(customer, first)} />
    </div>
  );
}

function stepOf(customer: Customer, message: NextMessage): NextStep {
  return {
    customerId: customer.id,
    customerName: customer.name,
    currency: message.currency,
    channel: message.channel,
    step: message.step,
    stepId: message.step_id,
    template: message.template,
    at: message.at,
    sendNowAt: message.send_now_at,
    reason: message.reason_none,
  };
}

function Nothing({ message, isOnly }: { message: NextMessage; isOnly: boolean }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const { reason_none: reason, at } = message;
  const again = at === null ? null : m.chase.lookAgain(formatInstant(at, locale, timeZone));
  return (
    <p className={classes.soft}>
      {isOnly ? m.chase.nothing : m.chase.nothingIn(message.currency)}{" "}
      {reason === null ? null : wordFor(m.words.whyNot, reason)} {again}
    </p>
  );
}

/** A step that falls due before, and does not go out. */
function Held({ message }: { message: NextMessage }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const { held_at: at, held_by: reason } = message;
  if (at === null || reason === null) return null;
  return (
    <p className={classes.soft}>
      {m.chase.heldUntil(formatInstant(at, locale, timeZone), wordFor(m.words.whyNot, reason))}
    </p>
  );
}

function When({ message, at }: { message: NextMessage; at: string }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  return (
    <>
      <p className={classes.nextAt}>
        <span>{formatInstant(at, locale, timeZone)}</span>
        <Money minor={message.amount_minor} currency={message.currency} />
      </p>
      <p>{stepText(message, m)}</p>
    </>
  );
}

function OneMessage({ message, customerId }: { message: NextMessage; customerId: string }) {
  const { m } = useLanguage();
  const { query, change } = useUrlState();
  if (message.subject === null) return <OtherWay channel={message.channel} customerId={customerId} />;
  const key = `${message.currency} ${message.to ?? ""}`;
  const isOpen = query.get("text") === key;
  const toggle = () => change({ text: isOpen ? null : key }, "replace");
  return (
    <div className={classes.nextMail}>
      <Addressed message={message} />
      <p className={classes.subject}>{message.subject}</p>
      <Button
        size="xs"
        variant="default"
        aria-expanded={isOpen}
        onClick={toggle}
        rightSection={<Icon name={isOpen ? "up" : "down"} size={14} />}
      >
        {isOpen ? m.chase.hideText : m.chase.showText}
      </Button>
      {isOpen ? <ExactText message={message} subject={message.subject} /> : null}
    </div>
  );
}
