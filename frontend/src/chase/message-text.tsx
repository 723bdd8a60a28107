/** One message as it would go out: to whom, the subject, and the exact text, designed or plain. */
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import type { NextMessage } from "@/api/models";
import { MailFrame } from "@/components/mail-frame";
import { useLanguage } from "@/i18n";

import classes from "./chase.module.css";
import { OtherWay } from "./other-way";

interface Props {
  message: NextMessage;
  customerId: string;
}

export function MessageText({ message, customerId }: Props) {
  if (message.subject === null) return <OtherWay channel={message.channel} customerId={customerId} />;
  return (
    <article className={classes.message}>
      <Addressed message={message} />
      <p className={classes.subject}>{message.subject}</p>
      <ExactText message={message} subject={message.subject} />
    </article>
  );
}

/** To whom it goes, and who is copied. */
export function Addressed({ message }: { message: NextMessage }) {
  const { m } = useLanguage();
  const { to, contact, cc } = message;
  if (to === null) return null;
  return (
    <p className={classes.soft}>
      {contact === null ? to : `${contact} <${to}>`}
      {cc.length > 0 ? <span className={classes.cc}>{m.chase.cc(cc.join(", "))}</span> : null}
    </p>
  );
}

/** The mail as its reader sees it, or as text. */
export function ExactText({ message, subject }: { message: NextMessage; subject: string }) {
  const { m } = useLanguage();
  const words = m.chase;
  const [how, setHow] = useState("html");
  const { html, text } = message;
  const isPlain = how === "text" || html === null;
  return (
    <div className={classes.text}>
      {html !== null && text !== null ? (
        <SegmentedControl
          size="xs"
          aria-label={words.how}
          value={how}
          onChange={setHow}
          data={[
            { value: "html", label: words.designed },
            { value: "text", label: words.plain },
          ]}
        />
      ) : null}
      {isPlain ? (
        <pre className={classes.plain}>{text}</pre>
      ) : (
        <MailFrame html={html} title={words.textOf(subject)} />
      )}
    </div>
  );
}
