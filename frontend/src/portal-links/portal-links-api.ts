/** Links by which a customer opens its portal, and what it asks for there. */
import { queryOptions } from "@tanstack/react-query";

import { get, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  EmailRequestRow,
  EmailRequests,
  NewPortalLink,
  PortalLinkInput,
  PortalLinkRow,
  PortalLinks,
  PortalLinksRevoked,
} from "@/api/models";
import { endpoints } from "@/config/paths";

export const linksOf = (customerId: string) =>
  queryOptions({
    queryKey: ["portal-links", customerId],
    queryFn: async ({ signal }) =>
      (await get<PortalLinks>(endpoints.customerPortalLinks(customerId), signal)).items,
  });

export const emailRequestsOf = (customerId: string) =>
  queryOptions({
    queryKey: ["email-requests", customerId],
    queryFn: async ({ signal }) =>
      (await get<EmailRequests>(endpoints.customerEmailRequests(customerId), signal)).items,
  });

export function useMakeLink(customerId: string) {
  return useCommand((input: PortalLinkInput, key) =>
    post<NewPortalLink>(endpoints.customerPortalLinks(customerId), input, key),
  );
}

export function useMakePayLink(invoiceId: string) {
  return useCommand((_: undefined, key) =>
    post<NewPortalLink>(endpoints.invoicePayLink(invoiceId), {}, key),
  );
}

export function useRevokeLink(customerId: string, linkId: string) {
  return useCommand((_: undefined, key) =>
    post<PortalLinkRow>(endpoints.customerPortalLinkRevoke(customerId, linkId), {}, key),
  );
}

export function useRevokeLinks(customerId: string) {
  return useCommand((_: undefined, key) =>
    post<PortalLinksRevoked>(endpoints.customerPortalLinksRevoke(customerId), {}, key),
  );
}

export function useDecideEmail(customerId: string, contactId: string) {
  return useCommand((step: "accept" | "decline", key) =>
    post<EmailRequestRow>(endpoints.customerEmailRequest(customerId, contactId, step), {}, key),
  );
}
