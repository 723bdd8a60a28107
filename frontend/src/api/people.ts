/** The members of staff: only administration may list them. */
import { queryOptions } from "@tanstack/react-query";

import { endpoints } from "@/config/paths";

import { get } from "./client";
import type { People } from "./models";

export const staffQuery = queryOptions({
  queryKey: ["people", "staff"],
  queryFn: ({ signal }) => get<People>(endpoints.people, signal),
  staleTime: 60_000,
});
