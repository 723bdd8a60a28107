/** The filters of the list of invoices, as the URL holds them. */
import { useUrlState } from "@/lib/url-state";

import type { InvoiceFilters } from "./invoices-api";

export const TABS = ["all", "draft", "open", "overdue", "paid", "void"] as const;
export const FILTERS = ["customer_id", "currency", "due_after", "due_before", "number"] as const;

export function useInvoiceFilters() {
  const { query, change } = useUrlState();
  const filters: InvoiceFilters = {
    tab: TABS.find((tab) => tab === query.get("tab")) ?? "all",
    customer_id: query.get("customer_id"),
    currency: query.get("currency"),
    due_after: query.get("due_after"),
    due_before: query.get("due_before"),
    number: query.get("number"),
    cursor: query.get("cursor"),
  };
  const clear = () => change(Object.fromEntries(FILTERS.map((name) => [name, null])));
  const isFiltered = FILTERS.some((name) => filters[name] !== null);
  return { filters, change, clear, isFiltered };
}
