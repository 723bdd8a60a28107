/** What the lists share: their tabs, the filters in force, the table and its pages. */
import { SegmentedControl } from "@mantine/core";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { customerQuery } from "@/api/customer-search";
import type { Page } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { FilterChips } from "@/components/filter-chips";
import type { Column } from "@/components/list-types";
import { PageHeader } from "@/components/page-header";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { TabLinks } from "@/components/tab-links";
import { pages, withQuery } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { customerName } from "@/lib/customer-name";
import { useCursor, useUrlState } from "@/lib/url-state";

import classes from "./agreements.module.css";
import type { Filters } from "./lists-api";

const TABS = ["disputes", "promises", "plans", "holds", "handovers"] as const;
export type Tab = (typeof TABS)[number];

/** The filters of the URL: without a state the open ones, of a customer all of them. */
export function useFilters(): Filters {
  const { query } = useUrlState();
  const { cursor } = useCursor();
  const customer = query.get("customer");
  const state = query.get("state") ?? (customer === null ? "open" : "all");
  return { state: state === "all" ? null : state, customer, cursor };
}

interface Props<Row> {
  tab: Tab;
  states: readonly string[];
  filters: Filters;
  list: UseQueryResult<Page<Row>>;
  columns: readonly Column<Row>[];
  idOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  empty: ReactNode;
}

export function ListFrame<Row>({ tab, states, filters, list, empty, ...table }: Props<Row>) {
  const { m } = useLanguage();
  const words = m.agreements.list;
  const { cursor, next, first } = useCursor();
  const { customer } = filters;
  const names = { ...words, holds: m.silence.list.holds, handovers: m.silence.list.handovers };
  const tabs = TABS.map((key) => ({
    key,
    label: names[key],
    href: withQuery(pages[key], { customer }),
  }));
  const isFirstLook = filters.state === "open" && customer === null;
  return (
    <>
      <PageHeader title={words.title} />
      <Panel padding="flush">
        <TabLinks label={words.tabs} tabs={tabs} current={tab} />
        <States tab={tab} states={states} state={filters.state} />
        {customer === null ? null : <CustomerChip id={customer} />}
        <DataTable
          {...table}
          label={names[tab]}
          rows={list.data?.items}
          error={list.error}
          retry={() => void list.refetch()}
          isStale={list.isPlaceholderData}
          empty={isFirstLook ? empty : <EmptyState title={words.noneSuch} />}
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
      </Panel>
    </>
  );
}

interface StatesProps {
  tab: Tab;
  states: readonly string[];
  state: string | null;
}

function States({ tab, states, state }: StatesProps) {
  const { m } = useLanguage();
  const { change } = useUrlState();
  const words = m.agreements;
  const isPlan = tab === "plans";
  const named: Partial<Record<Tab, Record<string, string>>> = {
    plans: words.planStates,
    holds: m.silence.holdStates,
    handovers: m.silence.handoverStates,
  };
  const data = [
    ...states.map((value) => ({ value, label: wordFor(named[tab] ?? words.states, value) })),
    { value: "all", label: isPlan ? words.list.allPlans : words.list.all },
  ];
  return (
    <div className={classes.filters}>
      <SegmentedControl
        size="xs"
        aria-label={words.list.state}
        data={data}
        value={state ?? "all"}
        onChange={(value) => change({ state: value })}
      />
    </div>
  );
}

function CustomerChip({ id }: { id: string }) {
  const { m } = useLanguage();
  const { change } = useUrlState();
  const { data } = useQuery(customerQuery(id));
  const label = m.agreements.list.ofCustomer(customerName(id, data?.name ?? "…", m));
  return (
    <div className={classes.filters}>
      <FilterChips
        chips={[{ key: "customer", label, onRemove: () => change({ customer: null }) }]}
      />
    </div>
  );
}
