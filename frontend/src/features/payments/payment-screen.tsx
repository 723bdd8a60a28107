/** One payment: what it settled, and what to do with the rest of it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { Payment } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { PageSkeleton } from "@/components/skeletons";
import { StateBadge } from "@/components/state-badge";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { customerName, UNIDENTIFIED } from "@/lib/customer-name";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { AllocateRest } from "./allocate-rest";
import { AssignCustomer } from "./assign-customer";
import { PaymentDetails } from "./payment-details";
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
        detail={
          isUnidentified ? null : (
            <Link href={pages.customer(payment.customer_id)}>{m.payments.one.toCustomer}</Link>
          )
        }
      />
      <div className={classes.head}>
        <Money minor={payment.amount_minor} currency={payment.currency} size="huge" />
        <p className={classes.since}>
          {m.payments.one.received(formatDay(payment.received_on, locale))}
          <Applied payment={payment} />
        </p>
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          <Rest payment={payment} isUnidentified={isUnidentified} />
          <Settled payment={payment} />
        </div>
        <PaymentDetails payment={payment} />
      </div>
    </>
  );
}

function Applied({ payment }: { payment: Payment }) {
  const { m, locale } = useLanguage();
  const { unapplied_minor: unapplied, currency } = payment;
  if (unapplied === 0) return <StateBadge tone="good">{m.payments.one.applied}</StateBadge>;
  return (
    <StateBadge tone="warn">
      {m.payments.one.unapplied(formatMoney(unapplied, currency, locale))}
    </StateBadge>
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

function Settled({ payment }: { payment: Payment }) {
  const { m, locale } = useLanguage();
  const words = m.payments.one;
  return (
    <Panel title={words.allocations} padding="flush">
      {payment.allocations.length === 0 ? (
        <p className={classes.quiet}>{words.noAllocations}</p>
      ) : (
        <ul className={classes.rows}>
          {payment.allocations.map((one) => (
            <li key={`${one.invoice_id} ${one.posted_at}`}>
              <Link href={pages.invoice(one.invoice_id)} className={classes.row}>
                <span className={classes.strong}>{one.number}</span>
                <span className={classes.soft}>
                  {words.effective(formatDay(one.effective_on, locale))}
                </span>
                <Money minor={one.amount_minor} currency={payment.currency} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
