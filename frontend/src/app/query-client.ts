/** How queries behave: reread when the tab is seen again, retry only what may pass by itself. */
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { ApiError } from "@/api/client";
import { meQuery } from "@/api/me";

const MAX_RETRIES = 2; // with the growing delay a person waits at most three seconds for an error

export function makeQueryClient(): QueryClient {
  const noticeEndedSession = (error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 401) return;
    const me = client.getQueryState(meQuery.queryKey);
    if (me?.status === "success") void client.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== meQuery.queryKey[0]) noticeEndedSession(error);
      },
    }),
    mutationCache: new MutationCache({ onError: noticeEndedSession }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) =>
          count < MAX_RETRIES && error instanceof ApiError && error.isUncertain,
        retryDelay: (count) => 500 * 2 ** count,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}
