/** What the inbox of approvals reads. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get } from "@/api/client";
import type { Approval, Page } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;

export type ApprovalState = Approval["state"];

export const approvalsQuery = (state: ApprovalState, cursor: string | null) =>
  queryOptions({
    queryKey: ["approvals", state, cursor],
    queryFn: ({ signal }) =>
      get<Page<Approval>>(withQuery(endpoints.approvals, { state, cursor, limit: PAGE }), signal),
    placeholderData: keepPreviousData,
  });
