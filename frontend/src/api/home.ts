/** What the first screen reads at once; the navigation counts by it what waits for approval. */
import { queryOptions } from "@tanstack/react-query";

import { endpoints } from "@/config/paths";

import { get } from "./client";
import type { Home } from "./models";

export const homeQuery = queryOptions({
  queryKey: ["home"],
  queryFn: ({ signal }) => get<Home>(endpoints.home, signal),
});
