/** What a mail said, word by word, as it was handed over; read only when somebody asks. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "@/api/client";
import { useMe } from "@/api/me";
import type { MessageContent } from "@/api/models";
import { Dialog } from "@/components/dialog";
import { ErrorState } from "@/components/error-state";
import { MailFrame } from "@/components/mail-frame";
import { ListSkeleton } from "@/components/skeletons";
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import classes from "./silence.module.css";
import { contentQuery } from "./silence-api";

interface Props {
  customerId: string;
  messageId: string;
  size?: "xs" | "compact-xs";
}

const NOT_FOUND = 404;

/** A button that opens it. */
export function SeeContent({ customerId, messageId, size = "compact-xs" }: Props) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size={size} variant="default" onClick={() => setOpen(true)}>
        {m.silence.content.action}
      </Button>
      <Dialog
        isOpen={isOpen}
        title={m.silence.content.title}
        size="lg"
        onClose={() => setOpen(false)}
      >
        <MailContent customerId={customerId} messageId={messageId} />
      </Dialog>
    </>
  );
}

export function MailContent({ customerId, messageId }: Omit<Props, "size">) {
  const { m } = useLanguage();
  const { data, error, refetch } = useQuery(contentQuery(customerId, messageId));
  if (error instanceof ApiError && error.status === NOT_FOUND) {
    return <p>{m.silence.content.none}</p>;
  }
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  return data === undefined ? <ListSkeleton rows={4} /> : <Shown mail={data} />;
}

function Shown({ mail }: { mail: MessageContent }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.silence.content;
  const facts: readonly (readonly [string, string | null])[] = [
    [words.at, formatInstant(mail.at, locale, timeZone)],
    [words.from, mail.sender_name],
    [words.replyTo, mail.reply_to],
    [words.to, mail.to],
    [words.copy, mail.cc.join(", ") || null],
    [words.attachments, mail.attachments.map(({ filename }) => filename).join(", ") || null],
  ];
  return (
    <>
      <h3 className={classes.subject}>{mail.subject}</h3>
      <dl className={classes.facts}>
        {facts.map(([label, text]) =>
          text === null ? null : [<dt key={`${label} dt`}>{label}</dt>, <dd key={label}>{text}</dd>],
        )}
      </dl>
      <MailFrame html={mail.html} title={words.frame} />
    </>
  );
}
