/** What the screens of payments read and change. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  Account,
  AllocateInput,
  AssignInput,
  Invoice,
  Page,
  Payment,
  PaymentInput,
  PaymentRow,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;

export interface PaymentFilters {
  tab: "all" | "unapplied";
  customer: string | null;
  cursor: string | null;
}

export const paymentsQuery = ({ tab, customer, cursor }: PaymentFilters) =>
  queryOptions({
    queryKey: ["payments", "list", tab, customer, cursor],
    queryFn: ({ signal }) =>
      get<Page<PaymentRow>>(
        withQuery(endpoints.payments, {
          customer_id: customer,
          unapplied: tab === "unapplied" ? true : null,
          cursor,
          limit: PAGE,
        }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: ["payments", "one", id],
    queryFn: ({ signal }) => get<Payment>(endpoints.payment(id), signal),
  });

export const accountQuery = (customerId: string, currency: string) =>
  queryOptions({
    queryKey: ["customers", "account", customerId, currency],
    queryFn: ({ signal }) => get<Account>(endpoints.customerAccount(customerId, currency), signal),
  });

export const invoiceQuery = (id: string) =>
  queryOptions({
    queryKey: ["invoices", "one", id],
    queryFn: ({ signal }) => get<Invoice>(endpoints.invoice(id), signal),
  });

export function useRecordPayment() {
  return useCommand((input: PaymentInput, key) => post<Payment>(endpoints.payments, input, key));
}

export function useAllocate(id: string) {
  return useCommand((input: AllocateInput, key) =>
    post<Payment>(endpoints.paymentAllocations(id), input, key),
  );
}

export function useAssign(id: string) {
  return useCommand((input: AssignInput, key) =>
    post<Payment>(endpoints.paymentAssign(id), input, key),
  );
}
