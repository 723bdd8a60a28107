/** Pauses, hand-overs, pre-legal files and what mails said, for more than one feature. */
import { queryOptions } from "@tanstack/react-query";

import { get, patch, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  Handover,
  HandoverInput,
  Hold,
  HoldChange,
  HoldInput,
  LegalFile,
  MessageContent,
  Page,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const GLANCE = 50; // more than any customer has open at once
const POLL_MS = 1_500;

export function useMakeHold() {
  return useCommand((input: HoldInput, key) => post<Hold>(endpoints.holds, input, key));
}

export function useChangeHold(id: string) {
  return useCommand(({ changes, version }: { changes: HoldChange; version: number }) =>
    patch<Hold>(endpoints.hold(id), changes, version),
  );
}

export function useLiftHold(id: string) {
  return useCommand((_: undefined, key) => post<Hold>(endpoints.holdLift(id), {}, key));
}

export function useHandOver() {
  return useCommand((input: HandoverInput, key) => post<Handover>(endpoints.handovers, input, key));
}

export function useEndHandover(id: string, how: "take-back" | "close") {
  return useCommand((_: undefined, key) => post<Handover>(endpoints.handoverEnd(id, how), {}, key));
}

export function usePrepareFile(customerId: string, currency: string) {
  return useCommand((invoiceIds: readonly string[], key) =>
    post<LegalFile>(
      endpoints.accountLegalFile(customerId, currency),
      { invoice_ids: [...invoiceIds] },
      key,
    ),
  );
}

const ofCustomer = <Item>(name: string, path: string, customerId: string, state?: string) =>
  queryOptions({
    queryKey: [name, "customer", customerId],
    queryFn: ({ signal }) =>
      get<Page<Item>>(withQuery(path, { customer_id: customerId, state, limit: GLANCE }), signal),
    select: ({ items }): readonly Item[] => items,
  });

export const holdsOf = (customerId: string) =>
  ofCustomer<Hold>("holds", endpoints.holds, customerId, "open");

export const handoversOf = (customerId: string) =>
  ofCustomer<Handover>("handovers", endpoints.handovers, customerId, "open");

export const filesOf = (customerId: string, currency: string) =>
  queryOptions({
    queryKey: ["legal-files", customerId, currency],
    queryFn: ({ signal }) =>
      get<Page<LegalFile>>(endpoints.accountLegalFile(customerId, currency), signal),
    select: ({ items }): readonly LegalFile[] => items,
  });

/** One file, asked for again and again until it is ready. */
export const fileQuery = (fileId: string) =>
  queryOptions({
    queryKey: ["legal-files", fileId],
    queryFn: ({ signal }) => get<LegalFile>(endpoints.legalFile(fileId), signal),
    refetchInterval: ({ state }) => (state.data?.state === "ready" ? false : POLL_MS),
  });

export const contentQuery = (customerId: string, messageId: string) =>
  queryOptions({
    queryKey: ["messages", "content", customerId, messageId],
    queryFn: ({ signal }) =>
      get<MessageContent>(endpoints.messageContent(customerId, messageId), signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY, // what was sent never changes
  });
