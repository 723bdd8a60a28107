/** What has changed what the invoice asks for, by kind; what was undone stays in view, struck. */
import { Link } from "wouter";

import type { Invoice } from "@/api/models";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { endpoints, pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";

import classes from "./invoice.module.css";
import { noteOf, type SettlementLine, settlementLines } from "./settlements";

export function SettlementsPanel({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const lines = settlementLines(invoice.settlements);
  return (
    <Panel title={m.changes.settled.title}>
      {lines.length === 0 ? (
        <p className={classes.soft}>{m.changes.settled.none}</p>
      ) : (
        <ul className={classes.rows}>
          {lines.map((line, at) => (
            // Postings have no identity of their own but their place.
            <Row key={at} line={line} invoice={invoice} />
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
  const method = settled.kind === "payment" ? wordFor(m.words.method, settled.method) : null;
  const details = [formatDay(settled.received_on, locale), method, isUndone ? words.undone : null];
  return (
    <li data-undone={isUndone}>
      <Name line={line} invoice={invoice} />
      <span className={isUndone ? classes.struck : undefined}>
        <Money minor={settled.amount_minor} currency={invoice.currency} size="strong" />
      </span>
      <span className={`${classes.soft ?? ""} ${classes.whole ?? ""}`}>
        {details.filter((one) => one !== null).join(" · ")}
      </span>
    </li>
  );
}

/** What it was, leading to the payment or the credit note that did it. */
function Name({ line: { settled }, invoice }: { line: SettlementLine; invoice: Invoice }) {
  const { m } = useLanguage();
  const name = wordFor(m.changes.settled.kind, settled.kind);
  const note = noteOf(invoice, settled);
  if (settled.kind === "credit_note" && note !== null) {
    return (
      <a href={endpoints.creditNotePdf(note.id)} target="_blank" rel="noreferrer">
        {`${name} ${note.number}`}
      </a>
    );
  }
  if (settled.payment_id === null) return <span>{name}</span>;
  return <Link href={pages.payment(settled.payment_id)}>{name}</Link>;
}
