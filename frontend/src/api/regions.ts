/** The regions of a country that have holidays of their own. */
import { queryOptions } from "@tanstack/react-query";

import { endpoints, withQuery } from "@/config/paths";

import { get } from "./client";
import type { Regions } from "./models";

export const regionsQuery = (country: string) =>
  queryOptions({
    queryKey: ["regions", country],
    queryFn: ({ signal }) => get<Regions>(withQuery(endpoints.regions, { country }), signal),
    staleTime: Infinity,
  });
