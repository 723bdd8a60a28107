/** Above the document: what waits for a second person, what comes by itself, what was odd at issue. */
import { useMe } from "@/api/me";
import type { Approval, Invoice } from "@/api/models";
import { askedFor, reasonsOf } from "@/approvals/approval-facts";
import { DecisionButtons } from "@/approvals/decision-buttons";
import { Notice } from "@/components/notice";
import { useLanguage, wordFor } from "@/i18n";
import { useMoney } from "@/i18n/use-money";
import { formatDay, formatInstant } from "@/lib/dates";

import classes from "./invoice.module.css";
import { isOwed } from "./next-step";

export function InvoiceNotices({ invoice }: { invoice: Invoice }) {
  const waiting = invoice.approvals.find(({ state }) => state === "waiting");
  const isScheduled = invoice.state === "draft" && invoice.scheduled_on !== null;
  return (
    <div className={classes.notices}>
      {waiting === undefined ? null : (
        <Waiting approval={waiting} openMinor={waiting.what === "issue" ? null : invoice.open_minor} />
      )}
      {isScheduled ? <Scheduled invoice={invoice} /> : null}
      {invoice.origin === "imported" ? <Elsewhere /> : null}
      {isOwed(invoice) ? <OverLimit invoice={invoice} /> : null}
      {isOwed(invoice) ? <LongTerms invoice={invoice} /> : null}
    </div>
  );
}

function Waiting({ approval, openMinor }: { approval: Approval; openMinor: number | null }) {
  const { m, locale } = useLanguage();
  const me = useMe();
  const words = m.approvals;
  const money = useMoney(approval.currency);
  const asked = askedFor(approval);
  const when = formatInstant(approval.requested_at, locale, me.time_zone);
  return (
    <Notice
      tone="wait"
      title={wordFor(words.waits, approval.what)}
      actions={<DecisionButtons approval={approval} openMinor={openMinor} size="sm" />}
    >
      <p>
        {[words.waitsFor(money(approval.amount_minor)), ...reasonsOf(approval, m, locale)].join(" ")}
      </p>
      {asked === null ? null : <p>{words.because(asked)}</p>}
      <p>
        {words.askedBy(approval.requested_by_name, when)}
        {"."}
        {approval.requested_by === me.email ? ` ${words.own}` : null}
      </p>
    </Notice>
  );
}

function Scheduled({ invoice }: { invoice: Invoice }) {
  const { m, locale } = useLanguage();
  const words = m.changes.schedule;
  const day = formatDay(invoice.scheduled_on ?? "", locale);
  return (
    <Notice
      tone="info"
      title={invoice.scheduled_send ? words.bannerSend(day) : words.banner(day)}
    />
  );
}

function Elsewhere() {
  const { m } = useLanguage();
  return (
    <Notice tone="info" title={m.imports.elsewhere}>
      <p>{m.imports.elsewhereBody}</p>
    </Notice>
  );
}

/** It stands in the record of the issue, so that it is seen after that one answer, too. */
function warningOf(invoice: Invoice, code: string): Invoice["timeline"][number]["facts"] | null {
  const facts = invoice.timeline.find(({ action }) => action === "invoice_issued")?.facts ?? {};
  const { warnings } = facts;
  return Array.isArray(warnings) && warnings.includes(code) ? facts : null;
}

function LongTerms({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  if (warningOf(invoice, "long_terms") === null) return null;
  return (
    <Notice tone="warn" title={m.changes.warned.longTermsTitle}>
      <p>{m.changes.warned.longTerms}</p>
    </Notice>
  );
}

function OverLimit({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const money = useMoney(invoice.currency);
  const facts = warningOf(invoice, "credit_limit");
  if (facts === null) return null;
  const { exposure_minor: owed, limit_minor: limit } = facts;
  const isKnown = typeof owed === "number" && typeof limit === "number";
  return (
    <Notice tone="warn" title={m.changes.warned.title}>
      {isKnown ? <p>{m.changes.warned.creditLimit(money(owed), money(limit))}</p> : null}
    </Notice>
  );
}
