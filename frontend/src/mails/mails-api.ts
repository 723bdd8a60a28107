/** One message, and a person's decision about it. */
import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type { Customer, MessageDecision, MessageFile, MessageRow } from "@/api/models";
import { endpoints } from "@/config/paths";

export type Decision = MessageDecision["decision"];

export const messageQuery = (customerId: string, messageId: string) =>
  queryOptions({
    queryKey: ["messages", "one", customerId, messageId],
    queryFn: ({ signal }) => get<MessageFile>(endpoints.message(customerId, messageId), signal),
  });

export function useDecide(customerId: string, messageId: string) {
  return useCommand((decision: Decision, idempotencyKey) =>
    post<MessageRow>(
      endpoints.messageDecide(customerId, messageId),
      { decision } satisfies MessageDecision,
      idempotencyKey,
    ),
  );
}

/** Let mail go again to an address of a customer that had been stopped. */
export function useWriteAgain(customerId: string) {
  return useCommand((address: string, idempotencyKey) =>
    post<Customer>(endpoints.customerUnsuppress(customerId), { address }, idempotencyKey),
  );
}
