/** What the settings read and change. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, patch, post, put, remove } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  ApiKeyCreated,
  ApiKeyInput,
  ApiKeys,
  Company,
  CompanyInput,
  CompanyLogo,
  HolidaysOfYear,
  InterestRates,
  InterestRatesInput,
  People,
  PersonChange,
  PersonInput,
  PersonRow,
  Regions,
  SeriesList,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

export const companyQuery = queryOptions({
  queryKey: ["company", "settings"],
  queryFn: ({ signal }) => get<Company>(endpoints.company, signal),
});

export const seriesQuery = queryOptions({
  queryKey: ["series", "settings"],
  queryFn: ({ signal }) => get<SeriesList>(endpoints.series, signal),
  select: ({ items }) => items,
});

export const regionsQuery = (country: string) =>
  queryOptions({
    queryKey: ["regions", country],
    queryFn: ({ signal }) => get<Regions>(withQuery(endpoints.regions, { country }), signal),
    select: ({ items }) => items,
    staleTime: Infinity,
  });

export const holidaysQuery = (place: { country: string; region: string; year: number }) =>
  queryOptions({
    queryKey: ["holidays", place],
    queryFn: ({ signal }) => get<HolidaysOfYear>(withQuery(endpoints.holidays, place), signal),
    select: ({ items }) => items,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
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

export const logoQuery = queryOptions({
  queryKey: ["company", "logo"],
  queryFn: ({ signal }) => get<CompanyLogo>(endpoints.companyLogo, signal),
  select: ({ logo }) => logo,
});

export function useChangeLogo() {
  return useCommand((content: string) =>
    put<CompanyLogo>(endpoints.companyLogo, { content }, undefined),
  );
}

export function useRemoveLogo() {
  return useCommand(() => remove(endpoints.companyLogo));
}

export function useSaveRates() {
  return useCommand(({ input, version }: { input: InterestRatesInput; version: number }) =>
    put<InterestRates>(endpoints.interestRates, input, version),
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
