/** What the screens of customers read and change. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, patch, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  Account,
  Customer,
  CustomerChange,
  CustomerInput,
  CustomerRow,
  Debtor,
  Debtors,
  LateChargeRow,
  MessageRow,
  Page,
  PaymentRow,
  TimelineEntry,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;
const GLANCE = 6; // rows of a panel on a customer's page; the whole list is a link away

export const customersQuery = (search: string, cursor: string | null) =>
  queryOptions({
    queryKey: ["customers", "list", search, cursor],
    queryFn: ({ signal }) =>
      get<Page<CustomerRow>>(withQuery(endpoints.customers, { search, cursor, limit: PAGE }), signal),
    placeholderData: keepPreviousData,
  });

export const debtorsQuery = (currency: string) =>
  queryOptions({
    queryKey: ["debtors", currency],
    queryFn: ({ signal }) => get<Debtors>(withQuery(endpoints.debtors, { currency }), signal),
    select: ({ items }): readonly Debtor[] => items,
  });

export const accountQuery = (customerId: string, currency: string) =>
  queryOptions({
    queryKey: ["customers", "account", customerId, currency],
    queryFn: ({ signal }) => get<Account>(endpoints.customerAccount(customerId, currency), signal),
  });

export const paymentsGlanceQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["payments", "glance", customerId],
    queryFn: ({ signal }) =>
      get<Page<PaymentRow>>(
        withQuery(endpoints.payments, { customer_id: customerId, limit: GLANCE }),
        signal,
      ),
  });

export const lateChargesQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["late-charges", "customer", customerId],
    queryFn: ({ signal }) =>
      get<Page<LateChargeRow>>(
        withQuery(endpoints.lateCharges, { customer_id: customerId, state: "claimed", limit: 10 }),
        signal,
      ),
    select: ({ items }): readonly LateChargeRow[] => items,
  });

const pagesOf = <Item>(name: string, path: string) =>
  infiniteQueryOptions({
    queryKey: ["customers", name, path],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Item>>(withQuery(path, { cursor: pageParam, limit: 10 }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

export const messagesPages = (customerId: string) =>
  pagesOf<MessageRow>("messages", endpoints.customerMessages(customerId));

export const timelinePages = (customerId: string) =>
  pagesOf<TimelineEntry>("timeline", endpoints.customerTimeline(customerId));

export function useCreateCustomer() {
  return useCommand((input: CustomerInput, key) => post<Customer>(endpoints.customers, input, key));
}

export function useChangeCustomer(id: string) {
  return useCommand(
    ({ changes, version }: { changes: CustomerChange; version: number | undefined }) =>
      patch<Customer>(endpoints.customer(id), changes, version),
  );
}

export function useUnsuppress(id: string) {
  return useCommand((_: undefined, key) =>
    post<Customer>(endpoints.customerUnsuppress(id), {}, key),
  );
}
