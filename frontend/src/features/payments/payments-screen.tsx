/** Money received: all of it, or what is still to be applied. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { customerQuery } from "@/api/customer-search";
import { useCan } from "@/api/me";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { FilterChips } from "@/components/filter-chips";
import { Icon } from "@/components/icon";
import { PageHeader } from "@/components/page-header";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { TabLinks } from "@/components/tab-links";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { customerName } from "@/lib/customer-name";
import { useCursor, useUrlState } from "@/lib/url-state";

import { usePaymentColumns } from "./payment-columns";
import { type PaymentFilters, paymentsQuery } from "./payments-api";
import classes from "./payments.module.css";

export default function PaymentsScreen() {
  const { m } = useLanguage();
  const { query } = useUrlState();
  const canRecord = useCan("accountant");
  const customer = query.get("customer");
  const asked = query.get("tab");
  const tab = asked === "unapplied" || asked === "credits" ? asked : "all";
  const tabs = [
    { key: "all", label: m.payments.all, href: withQuery(pages.payments, { customer }) },
    {
      key: "unapplied",
      label: m.payments.unapplied,
      href: withQuery(pages.payments, { tab: "unapplied", customer }),
    },
    // A customer's own list has both, in the order of days.
    ...(customer === null
      ? [
          {
            key: "credits",
            label: m.payments.credits,
            href: withQuery(pages.payments, { tab: "credits" }),
          },
        ]
      : []),
  ];
  const record = (
    <Button
      component={Link}
      href={withQuery(pages.paymentNew, { customer })}
      leftSection={<Icon name="plus" size={16} />}
    >
      {m.payments.create}
    </Button>
  );
  return (
    <>
      <PageHeader title={m.payments.title} actions={canRecord ? record : null} />
      <Panel padding="flush">
        <TabLinks label={m.payments.tabs} tabs={tabs} current={tab} />
        {customer === null ? null : <CustomerChip id={customer} />}
        <List tab={tab} customer={customer} record={canRecord ? record : null} />
      </Panel>
    </>
  );
}

function CustomerChip({ id }: { id: string }) {
  const { m } = useLanguage();
  const { change } = useUrlState();
  const { data } = useQuery(customerQuery(id));
  const label = m.payments.ofCustomer(customerName(id, data?.name ?? "…", m));
  return (
    <div className={classes.chips}>
      <FilterChips
        chips={[{ key: "customer", label, onRemove: () => change({ customer: null }) }]}
      />
    </div>
  );
}

interface ListProps extends Omit<PaymentFilters, "cursor"> {
  record: React.ReactNode;
}

function List({ tab, customer, record }: ListProps) {
  const { m } = useLanguage();
  const { cursor, next, first } = useCursor();
  const columns = usePaymentColumns();
  const list = useQuery(paymentsQuery({ tab, customer, cursor }));
  const empty =
    tab === "unapplied" ? (
      <EmptyState title={m.payments.allApplied} body={m.payments.allAppliedBody} />
    ) : tab === "credits" ? (
      <EmptyState title={m.payments.noCredits} body={m.payments.noCreditsBody} />
    ) : (
      <EmptyState title={m.payments.empty} body={m.payments.emptyBody} action={record} />
    );
  return (
    <DataTable
      label={m.payments.title}
      columns={columns}
      rows={list.data?.items}
      error={list.error}
      retry={() => void list.refetch()}
      isStale={list.isPlaceholderData}
      idOf={(row) => row.id}
      nameOf={(row) => customerName(row.customer_id, row.customer_name, m)}
      empty={empty}
      footer={
        <Pager
          count={list.data?.items.length ?? 0}
          hasEarlier={cursor !== null}
          nextCursor={list.data?.next_cursor ?? null}
          onNext={next}
          onFirst={first}
        />
      }
    />
  );
}
