/** Late interest and compensation of an invoice: what may be claimed, and what becomes of a claim. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type { ClaimInput, LateCharge, LateCharges, WaiveInput } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

export const lateQuery = (invoiceId: string, asOf: string | null) =>
  queryOptions({
    queryKey: ["late-charges", "invoice", invoiceId, asOf],
    queryFn: ({ signal }) =>
      get<LateCharges>(withQuery(endpoints.invoiceLateCharges(invoiceId), { as_of: asOf }), signal),
    placeholderData: keepPreviousData,
  });

export const useClaim = (invoiceId: string) =>
  useCommand((input: ClaimInput, key) =>
    post<LateCharge>(endpoints.invoiceLateCharges(invoiceId), input, key),
  );

export const useWaive = ({ id, version }: LateCharge) =>
  useCommand((input: WaiveInput, key) =>
    post<LateCharge>(endpoints.lateChargeWaive(id), input, key, version),
  );

export const useInvoiceCharge = ({ id, version }: LateCharge) =>
  useCommand((_: undefined, key) =>
    post<LateCharge>(endpoints.lateChargeInvoice(id), {}, key, version),
  );
