/** One customer: what they owe and since when, above all; then everything that explains it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { customerQuery } from "@/api/customer-search";
import { useCan } from "@/api/me";
import type { Customer } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { UNIDENTIFIED } from "@/lib/customer-name";

import { Balances } from "./balances";
import { CustomerDetails } from "./customer-details";
import { CustomerMessages } from "./customer-messages";
import { CustomerPayments } from "./customer-payments";
import classes from "./customer.module.css";
import { CustomerTimeline } from "./customer-timeline";
import { NextReminder } from "./next-reminder";
import { OpenInvoices } from "./open-invoices";
import { SuppressedNote } from "./suppressed-note";

export default function CustomerScreen({ id }: { id: string }) {
  const customer = useQuery(customerQuery(id));
  if (customer.data) return <Drawn customer={customer.data} />;
  if (customer.error) {
    return <ErrorState error={customer.error} retry={() => void customer.refetch()} />;
  }
  return <PageSkeleton />;
}

function Drawn({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const { id } = customer;
  if (id === UNIDENTIFIED) return <Nobody customer={customer} />;
  return (
    <>
      <PageHeader
        title={customer.name}
        crumb={<Link href={pages.customers}>{m.customers.title}</Link>}
        detail={<Balances customer={customer} />}
        actions={<Actions customer={customer} />}
      />
      {customer.email !== null && customer.email_suppressed !== null ? (
        <SuppressedNote
          id={id}
          address={customer.email}
          reason={customer.email_suppressed}
        />
      ) : null}
      <div className={classes.columns}>
        <div className={classes.column}>
          <OpenInvoices customer={customer} />
          <CustomerPayments customer={customer} />
          <CustomerMessages id={id} />
        </div>
        <div className={classes.column}>
          <NextReminder id={id} />
          <CustomerDetails customer={customer} />
          <CustomerTimeline id={id} />
        </div>
      </div>
    </>
  );
}

/** Money without an owner: it has payments, and nobody to write to. */
function Nobody({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  return (
    <>
      <PageHeader
        title={m.common.unidentified}
        crumb={<Link href={pages.customers}>{m.customers.title}</Link>}
        detail={
          <>
            <p>{m.customers.one.nobody}</p>
            <Balances customer={customer} />
          </>
        }
      />
      <CustomerPayments customer={customer} />
    </>
  );
}

function Actions({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const isAccountant = useCan("accountant");
  const canEdit = useCan("collector");
  const about = { customer: customer.id };
  return (
    <>
      {isAccountant ? (
        <>
          <Button component={Link} href={withQuery(pages.paymentNew, about)}>
            {m.customers.one.newPayment}
          </Button>
          <Button component={Link} href={withQuery(pages.invoiceNew, about)} variant="default">
            {m.customers.one.newInvoice}
          </Button>
        </>
      ) : null}
      {canEdit ? (
        <Button component={Link} href={pages.customerEdit(customer.id)} variant="default">
          {m.customers.one.edit}
        </Button>
      ) : null}
    </>
  );
}
