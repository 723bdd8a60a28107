/** What the work list reads and changes. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type { Page, WorkDoneInput, WorkItemRow } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;

export type WorkState = "open" | "done";

export const workQuery = (state: WorkState, cursor: string | null) =>
  queryOptions({
    queryKey: ["work-items", "list", state, cursor],
    queryFn: ({ signal }) =>
      get<Page<WorkItemRow>>(withQuery(endpoints.workItems, { state, cursor, limit: PAGE }), signal),
    placeholderData: keepPreviousData,
  });

export function useFinish(key: string) {
  return useCommand((input: WorkDoneInput, idempotencyKey) =>
    post<WorkItemRow>(endpoints.workItemDone(key), input, idempotencyKey),
  );
}

export function useReplay(key: string) {
  return useCommand((_: undefined, idempotencyKey) =>
    post<WorkItemRow>(endpoints.workItemReplay(key), {}, idempotencyKey),
  );
}
