/** One customer: what they owe and since when, above all; then everything that explains it. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { customerQuery } from "@/api/customer-search";
import { useCan } from "@/api/me";
import type { Customer } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Icon } from "@/components/icon";
import { onDemand } from "@/components/on-demand";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { UNIDENTIFIED } from "@/lib/customer-name";

import { AgreeDialogs, type Agreeing, AgreeItems } from "./agree";
import { Balances } from "./balances";
import { Credit } from "./credit";
import { CustomerContacts } from "./customer-contacts";
import { CustomerDetails } from "./customer-details";
import { CustomerMessages } from "./customer-messages";
import { CustomerPayments } from "./customer-payments";
import classes from "./customer.module.css";
import { CustomerTimeline } from "./customer-timeline";
import { LateCharges } from "./late-charges";
import { NextReminder } from "./next-reminder";
import { OpenInvoices } from "./open-invoices";
import { PortalPanel } from "./portal-panel";
import { Resting } from "./resting";
import { SilenceBadges, SilenceDialogs, SilenceItems, type Silencing } from "./silence";
import { SuppressedNote } from "./suppressed-note";
import { UnappliedMoney } from "./unapplied-money";

const LetterDialog = onDemand(() => import("./letter-dialog").then((one) => one.LetterDialog));

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
        detail={
          <>
            <Balances customer={customer} />
            <SilenceBadges id={id} />
          </>
        }
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
          <UnappliedMoney customer={customer} />
          <Resting customer={customer} />
          <LateCharges id={id} />
          <CustomerPayments customer={customer} />
          <CustomerMessages id={id} />
        </div>
        <div className={classes.column}>
          <NextReminder customer={customer} />
          <Credit customer={customer} />
          <CustomerContacts customer={customer} />
          <PortalPanel customer={customer} />
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
      {canEdit ? null : (
        <Button component={Link} href={pages.statement(customer.id)} variant="default">
          {m.paper.statement.open}
        </Button>
      )}
      {canEdit ? <MoreMenu customer={customer} /> : null}
    </>
  );
}

function MoreMenu({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const [asked, setAsked] = useState<Agreeing | null>(null);
  const [currency, setCurrency] = useState(customer.currency);
  const [silencing, setSilencing] = useState<Silencing | null>(null);
  const [isWriting, setIsWriting] = useState(false);
  const owing = customer.balances.filter((one) => one.overdue_minor > 0);
  const write = (wanted: string) => {
    setCurrency(wanted);
    setIsWriting(true);
  };
  const ask = (wanted: Agreeing) => {
    setCurrency(wanted.currency);
    setAsked(wanted);
  };
  const silence = (wanted: Silencing) => {
    setCurrency(wanted.currency);
    setSilencing(wanted);
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={m.common.actions.more}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} href={pages.statement(customer.id)}>
            {m.paper.statement.open}
          </Menu.Item>
          {owing.map((one) => (
            <Menu.Item key={one.currency} onClick={() => write(one.currency)}>
              {m.paper.write.open + (owing.length > 1 ? ` (${one.currency})` : "")}
            </Menu.Item>
          ))}
          <AgreeItems customer={customer} onAsk={ask} />
          <SilenceItems customer={customer} onAsk={silence} />
        </Menu.Dropdown>
      </Menu>
      <LetterDialog
        customer={customer}
        currency={currency}
        isOpen={isWriting}
        onClose={() => setIsWriting(false)}
      />
      <AgreeDialogs
        customerId={customer.id}
        asked={asked}
        currency={currency}
        onDone={() => setAsked(null)}
      />
      <SilenceDialogs
        customer={customer}
        asked={silencing}
        currency={currency}
        onDone={() => setSilencing(null)}
      />
    </>
  );
}
