/** The list of invoices: tabs by state, filters in the URL, and sending of many at once. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { useCan, useMe } from "@/api/me";
import type { InvoiceRow } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import type { Selection } from "@/components/list-types";
import { PageHeader } from "@/components/page-header";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { TabLinks } from "@/components/tab-links";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useCursor } from "@/lib/url-state";

import { BulkBar } from "./bulk-bar";
import { columnsOf } from "./invoice-columns";
import { InvoiceFiltersBar } from "./invoice-filters";
import { invoicesQuery } from "./invoices-api";
import { FILTERS, TABS, useInvoiceFilters } from "./use-invoice-filters";

export default function InvoicesScreen() {
  const { m, locale } = useLanguage();
  const me = useMe();
  const canWrite = useCan("accountant");
  const { filters, isFiltered, clear } = useInvoiceFilters();
  const list = useQuery(invoicesQuery(filters));
  const pager = useCursor();
  const selection = useSendable();
  const tabs = TABS.map((tab) => ({
    key: tab,
    label: m.invoices.tabs[tab],
    href: withQuery(pages.invoices, { ...pick(filters), tab: tab === "all" ? null : tab }),
  }));
  return (
    <>
      <PageHeader title={m.invoices.title} actions={canWrite ? <Begin /> : null} />
      <Panel padding="flush">
        <TabLinks label={m.invoices.tabs.label} tabs={tabs} current={filters.tab} />
        <InvoiceFiltersBar />
        {selection ? <BulkBar selection={selection} /> : null}
        <DataTable
          label={m.invoices.title}
          columns={columnsOf(m, locale, me.today)}
          rows={list.data?.items}
          idOf={(row) => row.id}
          nameOf={(row) => `${row.number ?? m.invoices.draftNumber}, ${row.customer_name}`}
          {...(selection && { selection })}
          error={list.error}
          retry={() => void list.refetch()}
          isStale={list.isPlaceholderData}
          empty={<Nothing isFiltered={isFiltered} tab={filters.tab} clear={clear} />}
          footer={
            <Pager
              count={list.data?.items.length ?? 0}
              hasEarlier={pager.cursor !== null}
              nextCursor={list.data?.next_cursor ?? null}
              onNext={pager.next}
              onFirst={pager.first}
            />
          }
        />
      </Panel>
    </>
  );
}

function pick(filters: ReturnType<typeof useInvoiceFilters>["filters"]) {
  return Object.fromEntries(FILTERS.map((name) => [name, filters[name]]));
}

/** What is chosen to be sent; nothing for those who may not send. */
function useSendable(): Selection<InvoiceRow> | null {
  const [selected, change] = useState<ReadonlyMap<string, InvoiceRow>>(new Map());
  if (!useCan("collector")) return null;
  const isSelectable = ({ state, origin }: InvoiceRow) =>
    (state === "issued" || state === "partially_paid") && origin !== "imported";
  return { selected, change, isSelectable };
}

function Begin() {
  const { m } = useLanguage();
  return (
    <>
      <Button component={Link} href={pages.importNew("invoices")} variant="default">
        {m.imports.act.import}
      </Button>
      <NewInvoice />
    </>
  );
}

function NewInvoice() {
  const { m } = useLanguage();
  return (
    <Button component={Link} href={pages.invoiceNew}>
      {m.invoices.new}
    </Button>
  );
}

interface NothingProps {
  isFiltered: boolean;
  tab: string;
  clear: () => void;
}

function Nothing({ isFiltered, tab, clear }: NothingProps) {
  const { m } = useLanguage();
  const canWrite = useCan("accountant");
  if (isFiltered) {
    return (
      <EmptyState
        title={m.common.list.noMatch}
        action={
          <Button variant="default" onClick={clear}>
            {m.common.list.clearFilters}
          </Button>
        }
      />
    );
  }
  if (tab !== "all") return <EmptyState title={m.invoices.emptyTab} />;
  return (
    <EmptyState
      title={m.invoices.empty}
      body={m.invoices.emptyBody}
      action={
        canWrite ? (
          <>
            <NewInvoice />
            <Link href={pages.importNew("invoices")}>{m.imports.invoicesLink}</Link>
          </>
        ) : null
      }
    />
  );
}
