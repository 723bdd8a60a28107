/** The currencies of the book, for lists that show one of them. */
import { queryOptions } from "@tanstack/react-query";

import { endpoints } from "@/config/paths";

import { get } from "./client";
import type { AgingReport } from "./models";

/** The currencies in which anything is owed. */
export const currenciesQuery = queryOptions({
  queryKey: ["aging", "currencies"],
  queryFn: ({ signal }) => get<AgingReport>(endpoints.aging, signal),
  select: ({ currencies }) => currencies.map(({ currency }) => currency),
});
