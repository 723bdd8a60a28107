/** What the screens of payments read and change. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { compute, get, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  Account,
  AllocateInput,
  AssignInput,
  Invoice,
  Page,
  Payment,
  PaymentInput,
  PaymentPreview,
  PaymentRow,
  RefundInput,
  ReverseInput,
  UndoInput,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;

export interface PaymentFilters {
  tab: "all" | "unapplied" | "credits";
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
          origin: tab === "credits" ? "credit_note" : null,
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

/** What a payment would settle, with discounts and small differences: nothing is stored. */
export const paymentPreviewQuery = (inputText: string) =>
  queryOptions({
    queryKey: ["payments", "preview", inputText],
    queryFn: ({ signal }) =>
      compute<PaymentPreview>(endpoints.paymentPreview, JSON.parse(inputText), signal),
    retry: false,
  });

export function useUndo(id: string) {
  return useCommand((input: UndoInput, key) =>
    post<Payment>(endpoints.paymentUndo(id), input, key),
  );
}

export function useRefund(id: string) {
  return useCommand((input: RefundInput, key) =>
    post<Payment>(endpoints.paymentRefund(id), input, key),
  );
}

export function useReverse(id: string) {
  return useCommand((input: ReverseInput, key) =>
    post<Payment>(endpoints.paymentReverse(id), input, key),
  );
}
