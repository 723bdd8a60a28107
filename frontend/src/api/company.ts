/** The company's settings: settings change them, drafts show them as the seller. */
import { queryOptions } from "@tanstack/react-query";

import { endpoints } from "@/config/paths";

import { get } from "./client";
import type { Company } from "./models";

export const companyQuery = queryOptions({
  queryKey: ["company"],
  queryFn: ({ signal }) => get<Company>(endpoints.company, signal),
  staleTime: 60_000,
});
