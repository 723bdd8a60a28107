/** What the screens of statements read and send. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type { Statement, StatementInput, StatementsSent } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

import type { Period } from "./period";

export const statementQuery = (customerId: string, currency: string, { first, last }: Period) =>
  queryOptions({
    queryKey: ["statements", customerId, currency, first, last],
    queryFn: ({ signal }) =>
      get<Statement>(
        withQuery(endpoints.customerStatement(customerId), { currency, from: first, to: last }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });

/** Where the same statement is as PDF. */
export const pdfAddress = (customerId: string, currency: string, { first, last }: Period) =>
  withQuery(endpoints.customerStatement(customerId), {
    currency,
    from: first,
    to: last,
    format: "pdf",
  });

export function useSendStatement(customerId: string) {
  return useCommand((input: StatementInput, key) =>
    post<StatementsSent>(endpoints.customerStatements(customerId), input, key),
  );
}
