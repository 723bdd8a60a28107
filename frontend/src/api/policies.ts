/** The ladders of reminders: settings change them; customers and invoices choose among them. */
import { queryOptions } from "@tanstack/react-query";

import { endpoints } from "@/config/paths";

import { get } from "./client";
import type { Policies } from "./models";

export const policiesQuery = queryOptions({
  queryKey: ["policies"],
  queryFn: ({ signal }) => get<Policies>(endpoints.policies, signal),
  staleTime: 60_000,
});
