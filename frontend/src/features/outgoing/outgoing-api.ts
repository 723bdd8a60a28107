/** What the list of what goes out reads. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get } from "@/api/client";
import type { Outgoing } from "@/api/models";
import { WHILE_LEAVING_MS } from "@/chase/chase-api";
import { endpoints, withQuery } from "@/config/paths";

const ANEW_MS = 60_000; // the hour goes on while somebody looks

export const outgoingQuery = (day: string) =>
  queryOptions({
    queryKey: ["outgoing", day],
    queryFn: ({ signal }) => get<Outgoing>(withQuery(endpoints.outgoing, { day }), signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ send_now_at: at }) => at !== null) ? WHILE_LEAVING_MS : ANEW_MS,
  });
