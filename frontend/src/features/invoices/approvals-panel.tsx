/** The questions about an invoice that were answered: who asked, who answered, and what. */
import { useMe } from "@/api/me";
import type { Approval, Invoice } from "@/api/models";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import classes from "./invoice.module.css";

export function ApprovalsPanel({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const answered = invoice.approvals.filter(({ state }) => state !== "waiting");
  if (answered.length === 0) return null;
  return (
    <Panel title={m.approvals.history}>
      <ul className={classes.rows}>
        {answered.map((approval) => (
          <Row key={approval.id} approval={approval} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({ approval }: { approval: Approval }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.approvals;
  const when = (at: string) => formatInstant(at, locale, timeZone);
  const soft = `${classes.soft ?? ""} ${classes.whole ?? ""}`;
  return (
    <li>
      <span>
        {`${wordFor(words.what, approval.what)}: ${wordFor(words.state, approval.state)}`}
      </span>
      <Money minor={approval.amount_minor} currency={approval.currency} size="strong" />
      <span className={soft}>{words.askedBy(approval.requested_by_name, when(approval.requested_at))}</span>
      {approval.decided_at === null ? null : (
        <span className={soft}>
          {words.answeredBy(approval.decided_by_name ?? "", when(approval.decided_at))}
        </span>
      )}
      {approval.note === null ? null : <span className={soft}>{m.changes.quoted(approval.note)}</span>}
    </li>
  );
}
