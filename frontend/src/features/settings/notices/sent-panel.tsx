/** The latest mails to the person signed in, and what became of each. */
import { useQuery } from "@tanstack/react-query";

import { useMe } from "@/api/me";
import type { StaffMail } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { StateBadge, type Tone } from "@/components/state-badge";
import { type Messages, useLanguage, wordFor } from "@/i18n";
import { customerName } from "@/lib/customer-name";
import { formatDay, formatInstant } from "@/lib/dates";
import { formatMoney, type Locale } from "@/lib/money";

import settings from "../settings.module.css";
import classes from "./notices.module.css";
import { sentNoticesQuery } from "./notices-api";

const TONES: Readonly<Record<string, Tone>> = {
  sent: "good",
  refused: "bad",
  unknown: "warn",
};

export function SentPanel() {
  const { m } = useLanguage();
  const words = m.notices;
  const sent = useQuery(sentNoticesQuery);
  return (
    <Panel title={words.recent} padding="flush">
      {sent.data === undefined ? (
        sent.error ? (
          <ErrorState error={sent.error} retry={() => void sent.refetch()} />
        ) : (
          <ListSkeleton />
        )
      ) : sent.data.length === 0 ? (
        <p className={settings.intro}>
          {words.none}. {words.noneBody}
        </p>
      ) : (
        <ul className={settings.rows}>
          {sent.data.map((mail) => (
            <Row key={mail.id} mail={mail} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({ mail }: { mail: StaffMail }) {
  const { m, locale } = useLanguage();
  const { time_zone: zone } = useMe();
  const words = m.notices;
  const reason = mail.state === "sent" || mail.reason === null ? null : wordFor(words.reasons, mail.reason);
  return (
    <li className={classes.sent}>
      <div>
        <div className={settings.name}>{titleOf(mail, m, locale)}</div>
        <div className={settings.soft}>
          {formatInstant(mail.sent_at ?? mail.created_at, locale, zone)}
          {reason === null ? null : ` · ${reason}`}
        </div>
      </div>
      <StateBadge tone={TONES[mail.state] ?? "idle"}>{wordFor(words.states, mail.state)}</StateBadge>
    </li>
  );
}

/** One thing in full; several are counted. */
function titleOf(mail: StaffMail, m: Messages, locale: Locale): string {
  const words = m.notices;
  if (mail.digest_of !== null) return words.digestOf(formatDay(mail.digest_of, locale));
  const [first] = mail.news;
  const count = mail.news.length + mail.more;
  if (first === undefined || count > 1) return words.several(count);
  const amount =
    first.amount_minor === null || first.currency === null
      ? null
      : formatMoney(first.amount_minor, first.currency, locale);
  const name =
    first.customer_name === null ? null : customerName(first.customer_id, first.customer_name, m);
  return [wordFor(words.kinds, first.kind), name, amount].filter((part) => part !== null).join(" · ");
}
