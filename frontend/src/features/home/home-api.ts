/** What the first screen reads. */
import { queryOptions } from "@tanstack/react-query";

import { get } from "@/api/client";
import type { Debtors, InvoiceRow, Page, WorkItemRow } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const SHOWN = 5; // as many as fit beside the aging without scrolling

export const attentionQuery = queryOptions({
  queryKey: ["work-items", "attention"],
  queryFn: ({ signal }) =>
    get<Page<WorkItemRow>>(withQuery(endpoints.workItems, { state: "open", limit: SHOWN }), signal),
});

export const debtorsQuery = (currency: string) =>
  queryOptions({
    queryKey: ["debtors", currency],
    queryFn: ({ signal }) => get<Debtors>(withQuery(endpoints.debtors, { currency }), signal),
    select: ({ items }) => items.slice(0, SHOWN),
  });

/** Whether there is any invoice at all, were it a draft: for the first steps. */
export const draftsQuery = queryOptions({
  queryKey: ["invoices", "any"],
  queryFn: ({ signal }) =>
    get<Page<InvoiceRow>>(withQuery(endpoints.invoices, { limit: 1 }), signal),
});
