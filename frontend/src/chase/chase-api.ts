/** What goes out next to a customer, and what a person does to the chase of one account. */
import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type { Chase, NextMessage, NextMessages, StepSeen } from "@/api/models";
import { endpoints } from "@/config/paths";

/** While somebody may still take a sending back, the list is read so often. */
export const WHILE_LEAVING_MS = 5_000;

export const nextMessagesQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customers", "next", customerId],
    queryFn: ({ signal }) => get<NextMessages>(endpoints.customerNextMessages(customerId), signal),
    select: ({ items }): readonly NextMessage[] => items,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ send_now_at: at }) => at !== null) ? WHILE_LEAVING_MS : false,
  });

/** One customer's account in one currency, and the step that the person sees as its next. */
export interface NextStep {
  customerId: string;
  customerName: string;
  currency: string;
  channel: "email" | "letter" | "call" | null;
  step: number | null;
  stepId: string | null;
  template: string | null;
  at: string | null;
  sendNowAt: string | null;
  reason: string | null;
}

type Account = Pick<NextStep, "customerId" | "currency">;

export function useSendNow({ customerId, currency }: Account) {
  return useCommand((_: undefined, key) =>
    post<Chase>(endpoints.customerChase(customerId, currency, "send-now"), {}, key),
  );
}

export function useTakeBack({ customerId, currency }: Account) {
  return useCommand((_: undefined, key) =>
    post<Chase>(endpoints.customerChase(customerId, currency, "take-back"), {}, key),
  );
}

export function useSkip({ customerId, currency }: Account) {
  return useCommand((input: StepSeen, key) =>
    post<Chase>(endpoints.customerChase(customerId, currency, "skip-step"), input, key),
  );
}

export function useApprove({ customerId, currency }: Account) {
  return useCommand((input: StepSeen, key) =>
    post<Chase>(endpoints.customerChase(customerId, currency, "approve-reminder"), input, key),
  );
}
