/** The rows of the inbox: whose invoice, how much, who asked and why. j and k move, Enter opens. */
import { useRef } from "react";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Approval } from "@/api/models";
import { askedFor, reasonsOf } from "@/approvals/approval-facts";
import { DecisionButtons } from "@/approvals/decision-buttons";
import { Money } from "@/components/money";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { useRowKeys } from "@/lib/row-keys";

import classes from "./approvals.module.css";

interface Props {
  items: readonly Approval[];
  isStale: boolean;
}

export function ApprovalList({ items, isStale }: Props) {
  const { m } = useLanguage();
  const frame = useRef<HTMLUListElement>(null);
  useRowKeys(frame);
  return (
    <ul ref={frame} className={classes.list} aria-label={m.approvals.title} data-stale={isStale}>
      {items.map((approval) => (
        <Row key={approval.id} approval={approval} />
      ))}
    </ul>
  );
}

function Row({ approval }: { approval: Approval }) {
  const { m, locale } = useLanguage();
  const asked = askedFor(approval);
  return (
    <li className={classes.row} data-row>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <Link href={pages.invoice(approval.invoice_id)} className={classes.link}>
            {approval.customer_name}
          </Link>
        </h2>
        <span className={classes.amount}>
          <Money minor={approval.amount_minor} currency={approval.currency} size="strong" />
        </span>
      </div>
      <p>
        <strong>{wordFor(m.approvals.what, approval.what)}</strong>
        {approval.number === null ? null : ` ${approval.number}`}
        {". "}
        {reasonsOf(approval, m, locale).join(" ")}
      </p>
      {asked === null ? null : <p className={classes.quote}>{asked}</p>}
      <Who approval={approval} />
      {approval.state === "waiting" ? <Answer approval={approval} /> : null}
    </li>
  );
}

function Who({ approval }: { approval: Approval }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const when = (at: string) => formatInstant(at, locale, timeZone);
  const decided =
    approval.decided_at === null
      ? null
      : m.approvals.decidedBy(approval.decided_by_name ?? "", when(approval.decided_at));
  return (
    <>
      <p className={classes.facts}>
        <span>{m.approvals.askedBy(approval.requested_by_name, when(approval.requested_at))}</span>
        {decided === null ? null : (
          <span>
            {wordFor(m.approvals.state, approval.state)}
            {`: ${decided}`}
          </span>
        )}
      </p>
      {approval.note === null ? null : <p className={classes.quote}>{approval.note}</p>}
    </>
  );
}

function Answer({ approval }: { approval: Approval }) {
  const { m } = useLanguage();
  const me = useMe();
  return (
    <div className={classes.actions}>
      <DecisionButtons approval={approval} openMinor={null} size="xs" />
      {approval.requested_by === me.email ? (
        <span className={classes.own}>{m.approvals.own}</span>
      ) : null}
    </div>
  );
}
