/** The latest payments of a customer. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { Customer, PaymentRow } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { pages, withQuery } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { paymentsGlanceQuery } from "./customers-api";
import classes from "./customer.module.css";

export function CustomerPayments({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  return (
    <Panel
      title={m.customers.one.payments}
      aside={
        <Link href={withQuery(pages.payments, { customer: customer.id })}>
          {m.customers.one.allPayments}
        </Link>
      }
      padding="flush"
    >
      <Rows id={customer.id} />
    </Panel>
  );
}

function Rows({ id }: { id: string }) {
  const { m } = useLanguage();
  const payments = useQuery(paymentsGlanceQuery(id));
  if (payments.error) {
    return (
      <div className={classes.inset}>
        <ErrorState error={payments.error} retry={() => void payments.refetch()} />
      </div>
    );
  }
  if (payments.data === undefined) return <ListSkeleton rows={3} />;
  if (payments.data.items.length === 0) {
    return <p className={classes.quiet}>{m.customers.one.noPayments}</p>;
  }
  return (
    <ul className={classes.rows}>
      {payments.data.items.map((payment) => (
        <Row key={payment.id} payment={payment} />
      ))}
    </ul>
  );
}

function Row({ payment }: { payment: PaymentRow }) {
  const { m, locale } = useLanguage();
  const { currency, unapplied_minor: unapplied } = payment;
  return (
    <li>
      <Link href={pages.payment(payment.id)} className={classes.row}>
        <span className={classes.rowTitle}>{formatDay(payment.received_on, locale)}</span>
        <Money minor={payment.amount_minor} currency={currency} />
        <span className={classes.rowDetail}>
          {wordFor(m.words.method, payment.method)}
          {payment.reference === null ? null : ` · ${payment.reference}`}
        </span>
        <span className={classes.rowDetail} data-tone="warn">
          {unapplied > 0
            ? m.customers.one.facts.unapplied(formatMoney(unapplied, currency, locale))
            : null}
        </span>
      </Link>
    </li>
  );
}
