/** What the screens of recurring invoices read and change. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { compute, get, patch, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  Page,
  Recurring,
  RecurringChange,
  RecurringInput,
  RecurringRow,
  RunRow,
  Upcoming,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;
const NEXT = 6; // dates ahead: half a year of months

export const recurringQuery = (state: string | null, cursor: string | null) =>
  queryOptions({
    queryKey: ["recurring", "list", state, cursor],
    queryFn: ({ signal }) =>
      get<Page<RecurringRow>>(
        withQuery(endpoints.recurringInvoices, { state, cursor, limit: PAGE }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const oneQuery = (id: string) =>
  queryOptions({
    queryKey: ["recurring", "one", id],
    queryFn: ({ signal }) => get<Recurring>(endpoints.recurringInvoice(id), signal),
  });

export const upcomingQuery = (id: string) =>
  queryOptions({
    queryKey: ["recurring", "upcoming", id],
    queryFn: ({ signal }) =>
      get<Upcoming>(withQuery(endpoints.recurringUpcoming(id), { count: NEXT }), signal),
  });

/** The dates of one that is being written: nothing is stored. */
export const previewQuery = (inputText: string) =>
  queryOptions({
    queryKey: ["recurring", "preview", inputText],
    queryFn: ({ signal }) =>
      compute<Upcoming>(
        withQuery(endpoints.recurringPreview, { count: NEXT }),
        JSON.parse(inputText),
        signal,
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });

interface RunFilters {
  state?: string | null;
  recurringId?: string;
  cursor?: string | null;
}

export const runsQuery = ({ state = null, recurringId, cursor = null }: RunFilters) =>
  queryOptions({
    queryKey: ["recurring", "runs", state, recurringId, cursor],
    queryFn: ({ signal }) =>
      get<Page<RunRow>>(
        withQuery(endpoints.recurringRuns, {
          state,
          recurring_id: recurringId,
          cursor,
          limit: recurringId === undefined ? PAGE : 10,
        }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export function useCreateRecurring() {
  return useCommand((input: RecurringInput, key) =>
    post<Recurring>(endpoints.recurringInvoices, input, key),
  );
}

export function useChangeRecurring(id: string) {
  return useCommand(({ changes, version }: { changes: RecurringChange; version: number }) =>
    patch<Recurring>(endpoints.recurringInvoice(id), changes, version),
  );
}

export function useStep(id: string, step: "pause" | "resume" | "end") {
  return useCommand((_: undefined, key) =>
    post<Recurring>(endpoints.recurringStep(id, step), {}, key),
  );
}

export function useRetry(id: string) {
  return useCommand((_: undefined, key) => post<RunRow>(endpoints.recurringRunRetry(id), {}, key));
}
