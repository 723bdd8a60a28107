/** Disputes, promises and instalment plans: made, ended and taken back from more than one feature. */
import { queryOptions } from "@tanstack/react-query";

import { get, patch, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  Account,
  Dispute,
  DisputeChange,
  Page,
  Plan,
  PlanInput,
  PromiseInput,
  PromiseToPay,
  ResolveInput,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

/** An open invoice to agree on; `open_minor` is what is asked for of it, that is, does not rest. */
export interface AgreedInvoice {
  id: string;
  number: string;
  open_minor: number;
}

export interface AgreementProps {
  customerId: string;
  currency: string;
  invoices: readonly AgreedInvoice[];
  isOpen: boolean;
  /** Called when it is made, and when the dialog is closed without it. */
  onDone: () => void;
}

export function useMakePromise() {
  return useCommand((input: PromiseInput, key) => post<PromiseToPay>(endpoints.promises, input, key));
}

export function useMakePlan() {
  return useCommand((input: PlanInput, key) => post<Plan>(endpoints.plans, input, key));
}

export function useCancelPromise(id: string) {
  return useCommand((_: undefined, key) => post<PromiseToPay>(endpoints.promiseCancel(id), {}, key));
}

export function useCancelPlan(id: string) {
  return useCommand((_: undefined, key) => post<Plan>(endpoints.planCancel(id), {}, key));
}

export function useResolveDispute(id: string) {
  return useCommand((input: ResolveInput, key) =>
    post<Dispute>(endpoints.disputeResolve(id), input, key),
  );
}

export function useChangeDispute(id: string) {
  return useCommand(({ changes, version }: { changes: DisputeChange; version: number }) =>
    patch<Dispute>(endpoints.dispute(id), changes, version),
  );
}

export const accountQuery = (customerId: string, currency: string) =>
  queryOptions({
    queryKey: ["customers", "account", customerId, currency],
    queryFn: ({ signal }) => get<Account>(endpoints.customerAccount(customerId, currency), signal),
  });

const GLANCE = 50; // the newest of a customer: those that are open are among them

const ofCustomer = <Item>(name: string, path: string, customerId: string) =>
  queryOptions({
    queryKey: [name, "customer", customerId],
    queryFn: ({ signal }) =>
      get<Page<Item>>(withQuery(path, { customer_id: customerId, limit: GLANCE }), signal),
    select: ({ items }): readonly Item[] => items,
  });

export const disputesOf = (customerId: string) =>
  ofCustomer<Dispute>("disputes", endpoints.disputes, customerId);

export const promisesOf = (customerId: string) =>
  ofCustomer<PromiseToPay>("promises", endpoints.promises, customerId);

export const plansOf = (customerId: string) =>
  ofCustomer<Plan>("plans", endpoints.plans, customerId);
