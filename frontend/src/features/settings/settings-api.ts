/** What the settings read and change. */
import { queryOptions } from "@tanstack/react-query";

import { get, patch, post, put, remove } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  ApiKeyCreated,
  ApiKeyInput,
  ApiKeys,
  Company,
  CompanyInput,
  InterestRates,
  InterestRatesInput,
  People,
  PersonChange,
  PersonInput,
  PersonRow,
  Policy,
  PolicyInput,
  SeriesList,
} from "@/api/models";
import { endpoints } from "@/config/paths";

const POLICY = "default";

export const companyQuery = queryOptions({
  queryKey: ["company", "settings"],
  queryFn: ({ signal }) => get<Company>(endpoints.company, signal),
});

export const seriesQuery = queryOptions({
  queryKey: ["series", "settings"],
  queryFn: ({ signal }) => get<SeriesList>(endpoints.series, signal),
  select: ({ items }) => items,
});

export const policyQuery = queryOptions({
  queryKey: ["policy", POLICY],
  queryFn: ({ signal }) => get<Policy>(endpoints.policy(POLICY), signal),
});

export const ratesQuery = queryOptions({
  queryKey: ["interest-rates"],
  queryFn: ({ signal }) => get<InterestRates>(endpoints.interestRates, signal),
});

export const keysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: ({ signal }) => get<ApiKeys>(endpoints.apiKeys, signal),
  select: ({ items }) => items,
});

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => get<People>(endpoints.people, signal),
  select: ({ items }) => items,
});

export function useSaveCompany() {
  return useCommand(({ input, version }: { input: CompanyInput; version: number }) =>
    put<Company>(endpoints.company, input, version),
  );
}

export function useSaveRates() {
  return useCommand(({ input, version }: { input: InterestRatesInput; version: number }) =>
    put<InterestRates>(endpoints.interestRates, input, version),
  );
}

export function useSavePolicy() {
  return useCommand(({ input, version }: { input: PolicyInput; version: number }) =>
    put<Policy>(endpoints.policy(POLICY), input, version),
  );
}

export function useCreateKey() {
  return useCommand((input: ApiKeyInput, key) => post<ApiKeyCreated>(endpoints.apiKeys, input, key));
}

export function useRevokeKey() {
  return useCommand((id: string) => remove(endpoints.apiKey(id)));
}

export function useInvite() {
  return useCommand((input: PersonInput, key) => post<PersonRow>(endpoints.people, input, key));
}

export function useChangePerson(email: string) {
  return useCommand((input: PersonChange) =>
    patch<PersonRow>(endpoints.person(email), input, undefined),
  );
}
