/** Promises and instalment plans: made and taken back from more than one feature. */
import { post } from "@/api/client";
import { useCommand } from "@/api/command";
import type { Plan, PlanInput, PromiseToPay, PromiseInput } from "@/api/models";
import { endpoints } from "@/config/paths";

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
