/** Customers by the beginning of a word of their name, for pickers in more than one feature. */
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";

import { endpoints, withQuery } from "@/config/paths";

import { get } from "./client";
import type { Customer, CustomerRow, Page } from "./models";

const SHOWN = 8; // what fits below a field without scrolling on a phone

export function useCustomerSearch(text: string) {
  return useQuery({
    queryKey: ["customers", "search", text],
    queryFn: ({ signal }) =>
      get<Page<CustomerRow>>(
        withQuery(endpoints.customers, { search: text.trim(), limit: SHOWN }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", "one", id],
    queryFn: ({ signal }) => get<Customer>(endpoints.customer(id), signal),
  });
