/** The next reminder of each account: when, to whom and in which words; or why there is none. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useMe } from "@/api/me";
import type { NextMessage } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Icon } from "@/components/icon";
import { MailFrame } from "@/components/mail-frame";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { useUrlState } from "@/lib/url-state";

import { nextMessagesQuery } from "./customers-api";
import classes from "./customer.module.css";

export function NextReminder({ id }: { id: string }) {
  const { m } = useLanguage();
  return (
    <Panel title={m.customers.one.next}>
      <Messages id={id} />
    </Panel>
  );
}

function Messages({ id }: { id: string }) {
  const { m } = useLanguage();
  const next = useQuery(nextMessagesQuery(id));
  if (next.error) return <ErrorState error={next.error} retry={() => void next.refetch()} />;
  if (next.data === undefined) return <ListSkeleton rows={2} />;
  if (next.data.length === 0) return <p className={classes.soft}>{m.customers.one.none}</p>;
  return (
    <div className={classes.nextList}>
      {next.data.map((message) =>
        message.at === null || message.reason_none !== null ? (
          <NoMessage key={message.currency} message={message} isOnly={next.data.length === 1} />
        ) : (
          <OneMessage key={message.currency} message={message} at={message.at} />
        ),
      )}
    </div>
  );
}

function NoMessage({ message, isOnly }: { message: NextMessage; isOnly: boolean }) {
  const { m } = useLanguage();
  const words = m.customers.one;
  const reason = message.reason_none;
  return (
    <p className={classes.soft}>
      {isOnly ? words.none : words.noneIn(message.currency)}{" "}
      {reason === null ? null : wordFor(words.noneReasons, reason)}
    </p>
  );
}

function OneMessage({ message, at }: { message: NextMessage; at: string }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const { query, change } = useUrlState();
  const words = m.customers.one;
  const isOpen = query.get("text") === message.currency;
  const toggle = () => change({ text: isOpen ? null : message.currency }, "replace");
  const subject = message.subject ?? "";
  return (
    <div className={classes.next}>
      <p className={classes.nextAt}>{formatInstant(at, locale, timeZone)}</p>
      <p className={classes.soft}>
        {message.to === null ? null : words.nextTo(message.to)}
        {message.step === null ? null : ` · ${words.step(message.step)}`}
      </p>
      <p className={classes.subject}>{subject}</p>
      <Button
        size="xs"
        variant="default"
        aria-expanded={isOpen}
        onClick={toggle}
        rightSection={<Icon name={isOpen ? "up" : "down"} size={14} />}
      >
        {isOpen ? words.hideText : words.showText}
      </Button>
      {isOpen ? (
        <div className={classes.text}>
          {message.html === null ? (
            <p className={classes.plain}>{message.text}</p>
          ) : (
            <MailFrame html={message.html} title={words.textOf(subject)} />
          )}
        </div>
      ) : null}
    </div>
  );
}
