/** What a person may do about a message: nothing mostly, and otherwise the one thing that helps. */
import { Button } from "@mantine/core";
import { Link } from "wouter";

import { useCan, useMe } from "@/api/me";
import type { MessageFile } from "@/api/models";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { MailDecision } from "@/mails/mail-decision";

import classes from "./messages.module.css";
import { WriteAgain } from "./write-again";

const WRONG_ADDRESS = ["bounced", "complained"];
const NOT_ARRIVED = ["bounced", "undelivered", "complained"];

export function NextStep({ message }: { message: MessageFile }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const canWork = useCan("collector");
  const words = m.mails;
  const isLimited = message.not_before != null && ["queued", "planned"].includes(message.state);
  const isPosted = message.channel === "letter" && message.state === "sent";
  const reason = message.reason === null ? null : wordFor(m.words.messageReason, message.reason);
  return (
    <Panel title={words.one.next}>
      <p className={classes.advice}>
        {isPosted ? words.letter.isPosted : wordFor(words.advice, isLimited ? "limited" : message.state)}
        {isLimited && message.not_before
          ? ` (${words.waitsUntil(formatInstant(message.not_before, locale, timeZone))})`
          : null}
      </p>
      {reason === null ? null : <p className={classes.said}>{reason}</p>}
      {canWork ? <Actions message={message} /> : null}
    </Panel>
  );
}

function Actions({ message }: { message: MessageFile }) {
  const { m } = useLanguage();
  const words = m.mails.one;
  const { state, customer_id: customerId } = message;
  const invoice = message.purpose === "invoice" ? message.invoices[0] : undefined;
  if (state === "unknown" || state === "refused") {
    return (
      <div className={classes.actions}>
        <MailDecision customerId={customerId} messageId={message.id} fate={state} />
      </div>
    );
  }
  if (state === "to_post") {
    return (
      <div className={classes.actions}>
        <Button component={Link} href={pages.letters} size="xs">
          {m.mails.letter.see}
        </Button>
      </div>
    );
  }
  if (!NOT_ARRIVED.includes(state)) return null;
  return (
    <div className={classes.actions}>
      {WRONG_ADDRESS.includes(state) ? (
        <Button component={Link} href={pages.customerEdit(customerId)} size="xs">
          {words.correct}
        </Button>
      ) : null}
      {invoice === undefined ? (
        <Button component={Link} href={pages.customer(customerId)} size="xs" variant="default">
          {words.seeCustomer}
        </Button>
      ) : (
        <Button component={Link} href={pages.invoice(invoice.id)} size="xs" variant="default">
          {state === "undelivered" ? words.sendAgain : words.seeInvoice}
        </Button>
      )}
      {message.suppressed === null ? null : <WriteAgain message={message} />}
    </div>
  );
}
