/** What has changed what the invoice asks for, by kind; what was undone stays in view, struck. */
import { Link } from "wouter";

import type { Invoice, Settled } from "@/api/models";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";

import { CreditNoteItem } from "./credit-note-item";
import classes from "./invoice.module.css";
import { noteOf, type SettlementLine, settlementLines, unsettling } from "./settlements";

export function SettlementsPanel({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const lines = settlementLines(invoice.settlements);
  const notes = unsettling(invoice);
  return (
    <Panel title={m.changes.settled.title}>
      {lines.length + notes.length === 0 ? (
        <p className={classes.soft}>{m.changes.settled.none}</p>
      ) : (
        <ul className={classes.rows}>
          {lines.map((line, at) => (
            // Postings have no identity of their own but their place.
            <Row key={at} line={line} invoice={invoice} />
          ))}
          {notes.map((note) => (
            <CreditNoteItem key={note.id} note={note} appliedMinor={0} email={invoice.customer.email} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({ line, invoice }: { line: SettlementLine; invoice: Invoice }) {
  const { m, locale } = useLanguage();
  const { settled, isUndone } = line;
  const words = m.changes.settled;
  const note = noteOf(invoice, settled);
  if (note !== null && !isUndone && settled.amount_minor > 0) {
    const email = invoice.customer.email;
    return <CreditNoteItem note={note} appliedMinor={settled.amount_minor} email={email} />;
  }
  const method = settled.kind === "payment" ? wordFor(m.words.method, settled.method) : null;
  const details = [formatDay(settled.received_on, locale), method, isUndone ? words.undone : null];
  return (
    <li data-undone={isUndone}>
      <Name settled={settled} number={note?.number ?? null} />
      <span className={isUndone ? classes.struck : undefined}>
        <Money minor={settled.amount_minor} currency={invoice.currency} size="strong" />
      </span>
      <span className={`${classes.soft ?? ""} ${classes.whole ?? ""}`}>
        {details.filter((one) => one !== null).join(" · ")}
      </span>
    </li>
  );
}

/** What it was, leading to the payment or the credit that did it. */
function Name({ settled, number }: { settled: Settled; number: string | null }) {
  const { m } = useLanguage();
  const kind = wordFor(m.changes.settled.kind, settled.kind);
  const name = number === null ? kind : `${kind} ${number}`;
  if (settled.payment_id === null) return <span>{name}</span>;
  return <Link href={pages.payment(settled.payment_id)}>{name}</Link>;
}
