/** What the first screen reads. */
import { queryOptions } from "@tanstack/react-query";

import { get } from "@/api/client";
import type { Debtors, InvoiceRow, MessageRow, Page, WorkItemRow } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const SHOWN = 5; // as many as fit beside the aging without scrolling

export const attentionQuery = queryOptions({
  queryKey: ["work-items", "attention"],
  queryFn: ({ signal }) =>
    get<Page<WorkItemRow>>(withQuery(endpoints.workItems, { state: "open", limit: SHOWN }), signal),
});

const LETTERS = 50;

/** How many letters on paper wait to be posted: "3", or "50+" where one page is not all. */
export const lettersWaitingQuery = queryOptions({
  queryKey: ["letters", "waiting"],
  queryFn: ({ signal }) =>
    get<Page<MessageRow>>(
      withQuery(endpoints.letters, { state: "to_post", limit: LETTERS }),
      signal,
    ),
  select: ({ items, next_cursor: more }) =>
    items.length === 0 ? null : `${items.length}${more === null ? "" : "+"}`,
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
