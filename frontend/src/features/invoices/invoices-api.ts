/** What the screens of invoices read and ask for. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, patch, post, remove } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  BulkResults,
  Customer,
  CustomerInput,
  Invoice,
  InvoiceInput,
  InvoiceRow,
  IssueInput,
  Page,
  PaymentDetails,
  SendInput,
  SeriesList,
  VoidInput,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const ON_ITS_WAY_MS = 4_000; // a queue delivers within a second or two
const PAGE = 50; // two screens of rows: fewer clicks, and still one small answer

export interface InvoiceFilters {
  tab: string;
  customer_id: string | null;
  currency: string | null;
  due_after: string | null;
  due_before: string | null;
  number: string | null;
  cursor: string | null;
}

export const invoicesQuery = (filters: InvoiceFilters) =>
  queryOptions({
    queryKey: ["invoices", "list", filters],
    queryFn: ({ signal }) =>
      get<Page<InvoiceRow>>(withQuery(endpoints.invoices, { ...filters, limit: PAGE }), signal),
    placeholderData: keepPreviousData,
  });

export const paymentDetailsQuery = (id: string) =>
  queryOptions({
    queryKey: ["invoices", "payment-details", id],
    queryFn: ({ signal }) => get<PaymentDetails>(endpoints.invoicePaymentDetails(id), signal),
  });

export const invoiceQuery = (id: string) =>
  queryOptions({
    queryKey: ["invoices", "one", id],
    queryFn: ({ signal }) => get<Invoice>(endpoints.invoice(id), signal),
    refetchInterval: ({ state }) => (isOnItsWay(state.data) ? ON_ITS_WAY_MS : false),
  });

/** Whether a message of the invoice is about to leave: its fate is known within seconds. */
function isOnItsWay(invoice: Invoice | undefined): boolean {
  return invoice?.messages.some(({ state }) => state === "queued" || state === "claimed") ?? false;
}

export const seriesQuery = queryOptions({
  queryKey: ["series"],
  queryFn: ({ signal }) => get<SeriesList>(endpoints.series, signal),
  staleTime: 60_000,
});

export const useSendMany = () =>
  useCommand((ids: string[], key) =>
    post<BulkResults>(endpoints.invoicesSend, { invoice_ids: ids }, key),
  );

export const useIssue = (id: string) =>
  useCommand((input: IssueInput, key) => post<Invoice>(endpoints.invoiceIssue(id), input, key));

export const useSend = (id: string) =>
  useCommand((input: SendInput, key) => post<Invoice>(endpoints.invoiceSend(id), input, key));

export const useVoid = (id: string) =>
  useCommand((input: VoidInput, key) => post<Invoice>(endpoints.invoiceVoid(id), input, key));

export const useDeleteDraft = (id: string) => useCommand(() => remove(endpoints.invoice(id)));

export const useCreateDraft = () =>
  useCommand((input: InvoiceInput, key) => post<Invoice>(endpoints.invoices, input, key));

interface Change {
  id: string;
  version: number;
  input: InvoiceInput;
}

export const useChangeDraft = () =>
  useCommand(({ id, version, input }: Change) =>
    patch<Invoice>(endpoints.invoice(id), input, version),
  );

export const useQuickCustomer = () =>
  useCommand((input: CustomerInput, key) => post<Customer>(endpoints.customers, input, key));
