/** The lists of disputes, promises, plans, pauses and hand-overs. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get } from "@/api/client";
import type { Dispute, Handover, Hold, Page, Plan, PromiseToPay } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;

export interface Filters {
  state: string | null;
  customer: string | null;
  cursor: string | null;
}

const listOf = <Item>(name: string, path: string, { state, customer, cursor }: Filters) =>
  queryOptions({
    queryKey: [name, "list", state, customer, cursor],
    queryFn: ({ signal }) =>
      get<Page<Item>>(
        withQuery(path, { state, customer_id: customer, cursor, limit: PAGE }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const disputesQuery = (filters: Filters) =>
  listOf<Dispute>("disputes", endpoints.disputes, filters);

export const promisesQuery = (filters: Filters) =>
  listOf<PromiseToPay>("promises", endpoints.promises, filters);

export const plansQuery = (filters: Filters) => listOf<Plan>("plans", endpoints.plans, filters);

export const holdsQuery = (filters: Filters) => listOf<Hold>("holds", endpoints.holds, filters);

export const handoversQuery = (filters: Filters) =>
  listOf<Handover>("handovers", endpoints.handovers, filters);
