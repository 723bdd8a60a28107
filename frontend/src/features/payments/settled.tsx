/** Which invoices a payment settles now, and by how much more than its money. */
import { Link } from "wouter";

import type { Allocation, Payment } from "@/api/models";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import classes from "./payment.module.css";

export function Settled({ payment }: { payment: Payment }) {
  const { m } = useLanguage();
  const words = m.payments.one;
  return (
    <Panel title={words.allocations} padding="flush">
      {payment.allocations.length === 0 ? (
        <p className={classes.quiet}>{words.noAllocations}</p>
      ) : (
        <ul className={classes.rows}>
          {payment.allocations.map((one) => (
            <li key={`${one.invoice_id} ${one.posted_at}`}>
              <Row one={one} currency={payment.currency} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({ one, currency }: { one: Allocation; currency: string }) {
  const { m, locale } = useLanguage();
  const words = m.payments.one;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const details = [
    words.effective(formatDay(one.effective_on, locale)),
    one.discount_minor > 0 ? words.discount(money(one.discount_minor)) : null,
    one.difference_minor > 0 ? words.difference(money(one.difference_minor)) : null,
  ];
  return (
    <Link href={pages.invoice(one.invoice_id)} className={classes.row}>
      <span className={classes.strong}>{one.number}</span>
      <span className={classes.soft}>{details.filter(Boolean).join(" · ")}</span>
      <Money minor={one.amount_minor} currency={currency} />
    </Link>
  );
}
