/** What the part about online payments reads and changes. */
import { queryOptions } from "@tanstack/react-query";

import { get, post, put } from "@/api/client";
import { useCommand } from "@/api/command";
import type { Comparison, Page, Provider, ProviderEventRow, ProviderInput, Providers } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const SHOWN = 20;

export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: ({ signal }) => get<Providers>(endpoints.providers, signal),
  select: ({ items }) => items,
});

export const comparisonsQuery = queryOptions({
  queryKey: ["comparisons"],
  queryFn: ({ signal }) =>
    get<Page<Comparison>>(withQuery(endpoints.comparisons, { limit: SHOWN }), signal),
  select: ({ items }) => items,
});

export const eventsQuery = (provider: string) =>
  queryOptions({
    queryKey: ["provider-events", provider],
    queryFn: ({ signal }) =>
      get<Page<ProviderEventRow>>(
        withQuery(endpoints.providerEvents, { provider, limit: SHOWN }),
        signal,
      ),
    select: ({ items }) => items,
  });

interface Change {
  name: string;
  input: ProviderInput;
  version?: number;
}

export function useSaveProvider() {
  return useCommand(({ name, input, version }: Change) =>
    put<Provider>(endpoints.provider(name), input, version),
  );
}

/** Two neighbours change places: first the one that goes up. */
export function useSwapProviders() {
  return useCommand(async ({ up, down }: { up: Provider; down: Provider }) => {
    await put<Provider>(endpoints.provider(up.name), { position: down.position }, undefined);
    return put<Provider>(endpoints.provider(down.name), { position: up.position }, undefined);
  });
}

export function useTestProvider() {
  return useCommand(({ name, keys }: { name: string; keys: Record<string, string> }, key) =>
    post<Provider>(endpoints.providerTest(name), { keys }, key),
  );
}

export function useCompare() {
  return useCommand((provider: string, key) =>
    post<Comparison>(endpoints.comparisons, { provider }, key),
  );
}
