/** The description of the API, from where every program gets it. */
import { queryOptions } from "@tanstack/react-query";

import { get } from "@/api/client";
import { endpoints } from "@/config/paths";

import type { Description } from "./description";

export const descriptionQuery = queryOptions({
  queryKey: ["openapi"],
  queryFn: ({ signal }) => get<Description>(endpoints.description, signal),
  staleTime: Infinity,
});
