/** Money and credits that settle nothing yet, each with the way to apply it. */
import { useQueries } from "@tanstack/react-query";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { Customer, PaymentRow } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { accountQuery } from "./customers-api";
import classes from "./customer.module.css";

export function UnappliedMoney({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const having = customer.balances.filter((balance) => balance.unapplied_minor > 0);
  const accounts = useQueries({
    queries: having.map(({ currency }) => accountQuery(customer.id, currency)),
  });
  const failed = accounts.find(({ error }) => error !== null);
  if (failed?.error) {
    return (
      <Panel title={m.customers.one.unappliedTitle}>
        <ErrorState error={failed.error} retry={() => void failed.refetch()} />
      </Panel>
    );
  }
  const payments = accounts.flatMap(({ data }) => data?.unapplied_payments ?? []);
  if (payments.length === 0) return null;
  return (
    <Panel title={m.customers.one.unappliedTitle} padding="flush">
      <ul className={classes.rows}>
        {payments.map((payment) => (
          <Row key={payment.id} payment={payment} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({ payment }: { payment: PaymentRow }) {
  const { m, locale } = useLanguage();
  const words = m.customers.one;
  const { amount_minor: amount, unapplied_minor: unapplied, currency } = payment;
  const canApply = useCan("accountant");
  const isCredit = payment.origin === "credit_note";
  return (
    <li>
      <Link href={pages.payment(payment.id)} className={classes.row}>
        <span className={classes.rowTitle}>
          {isCredit ? m.payments.credit : wordFor(m.words.method, payment.method)}
          {payment.reference === null ? null : ` ${payment.reference}`}
        </span>
        <Money minor={unapplied} currency={currency} />
        <span className={classes.rowDetail}>
          {formatDay(payment.received_on, locale)}
          {unapplied < amount ? ` · ${words.ofTotal(formatMoney(amount, currency, locale))}` : null}
        </span>
        <span className={classes.rowDetail} data-tone="link">{canApply ? words.applyThis : null}</span>
      </Link>
    </li>
  );
}
