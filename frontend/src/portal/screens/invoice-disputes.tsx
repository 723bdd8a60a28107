/** What the customer contests of an invoice, and what became of it. */
import { formatMoney } from "@/lib/money";

import { Badge, Card } from "../base/parts";
import type { Dispute, Invoice } from "../model";
import { useAllWords } from "../words";
import classes from "./invoice.module.css";

export function InvoiceDisputes({ invoice }: { invoice: Invoice }) {
  const { w } = useAllWords();
  const { disputes, currency } = invoice;
  if (disputes.length === 0) return null;
  return (
    <Card>
      <h2>{w.invoice.disputes}</h2>
      <ul className={classes.disputes}>
        {disputes.map((one) => (
          <One key={one.id} dispute={one} currency={currency} />
        ))}
      </ul>
    </Card>
  );
}

function One({ dispute, currency }: { dispute: Dispute; currency: string }) {
  const { w, locale } = useAllWords();
  const { category, comment, files, outcome } = dispute;
  const isOpen = dispute.state === "open";
  return (
    <li>
      <p className={classes.disputed}>
        <strong>{formatMoney(dispute.amount_minor, currency, locale)}</strong>
        <Badge tone={isOpen ? "warn" : "idle"}>{w.invoice.outcomes[outcome ?? "open"]}</Badge>
      </p>
      {category === null ? null : <p>{w.dispute.reasons[category]}</p>}
      {comment === null ? null : <p className={classes.notes}>{comment}</p>}
      {files.length === 0 ? null : <p className={classes.how}>{files.join(", ")}</p>}
    </li>
  );
}
