/** One payment: what it settled, and what to do with the rest of it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { Payment } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { StateBadge } from "@/components/state-badge";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { customerName, UNIDENTIFIED } from "@/lib/customer-name";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { AllocateRest } from "./allocate-rest";
import { AssignCustomer } from "./assign-customer";
import { PaymentActions } from "./payment-actions";
import { PaymentDetails } from "./payment-details";
import { PaymentHistory } from "./payment-history";
import { Settled } from "./settled";
import { leftOf } from "./undo";
import classes from "./payment.module.css";
import { paymentQuery } from "./payments-api";

export default function PaymentScreen({ id }: { id: string }) {
  const payment = useQuery(paymentQuery(id));
  if (payment.data) return <Drawn payment={payment.data} />;
  if (payment.error) {
    return <ErrorState error={payment.error} retry={() => void payment.refetch()} />;
  }
  return <PageSkeleton />;
}

function Drawn({ payment }: { payment: Payment }) {
  const { m, locale } = useLanguage();
  const isUnidentified = payment.customer_id === UNIDENTIFIED;
  return (
    <>
      <PageHeader
        title={customerName(payment.customer_id, payment.customer_name, m)}
        crumb={<Link href={pages.payments}>{m.payments.title}</Link>}
        actions={<PaymentActions payment={payment} />}
        detail={
          isUnidentified ? null : (
            <Link href={pages.customer(payment.customer_id)}>{m.payments.one.toCustomer}</Link>
          )
        }
      />
      <div className={classes.head}>
        <Money minor={payment.amount_minor} currency={payment.currency} size="huge" />
        <p className={classes.since}>
          {(payment.origin === "money" ? m.payments.one.received : m.payments.one.creditGiven)(
            formatDay(payment.received_on, locale),
          )}
          {payment.origin === "credit_note" ? (
            <StateBadge tone="idle">{m.payments.credit}</StateBadge>
          ) : null}
          <Applied payment={payment} />
        </p>
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          <Rest payment={payment} isUnidentified={isUnidentified} />
          <Settled payment={payment} />
          <PaymentHistory payment={payment} />
        </div>
        <PaymentDetails payment={payment} />
      </div>
    </>
  );
}

function Applied({ payment }: { payment: Payment }) {
  const { m, locale } = useLanguage();
  const words = m.payments.back;
  const { unapplied_minor: unapplied, returned_minor: returned, currency } = payment;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  if (returned > 0 && leftOf(payment) === 0) {
    const isReversed = payment.returns.every(({ kind }) => kind === "reversed");
    return <StateBadge tone="idle">{isReversed ? words.reversedState : words.allReturned}</StateBadge>;
  }
  return (
    <>
      {unapplied === 0 ? (
        <StateBadge tone="good">{m.payments.one.applied}</StateBadge>
      ) : (
        <StateBadge tone="warn">{m.payments.one.unapplied(money(unapplied))}</StateBadge>
      )}
      {returned > 0 ? <StateBadge tone="idle">{words.returned(money(returned))}</StateBadge> : null}
    </>
  );
}

function Rest({ payment, isUnidentified }: { payment: Payment; isUnidentified: boolean }) {
  const { m } = useLanguage();
  const isAllowed = useCan("accountant");
  if (payment.unapplied_minor === 0) return null;
  if (!isAllowed) return <p className={classes.soft}>{m.payments.one.forbidden}</p>;
  return isUnidentified ? (
    <AssignCustomer payment={payment} />
  ) : (
    <AllocateRest key={payment.version} payment={payment} />
  );
}
