/** What the screens of webhooks read and change. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, patch, post, remove } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  Page,
  WebhookDelivery,
  WebhookDeliveryRow,
  WebhookEndpoint,
  WebhookEndpointChange,
  WebhookEndpointInput,
  WebhookEndpointMade,
  WebhookEndpoints,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

import { lookAgain } from "./deliveries";

export const endpointsQuery = queryOptions({
  queryKey: ["webhooks", "endpoints"],
  queryFn: ({ signal }) => get<WebhookEndpoints>(endpoints.webhookEndpoints, signal),
});

interface Wanted {
  endpointId: string;
  state: string | null;
  cursor: string | null;
}

export const deliveriesQuery = ({ endpointId, state, cursor }: Wanted) =>
  queryOptions({
    queryKey: ["webhooks", "deliveries", endpointId, state, cursor],
    queryFn: ({ signal }) => {
      const query = { endpoint_id: endpointId, state, cursor };
      return get<Page<WebhookDeliveryRow>>(withQuery(endpoints.webhookDeliveries, query), signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => lookAgain(data?.items ?? [], Date.now()),
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ["webhooks", "delivery", id],
    queryFn: ({ signal }) => get<WebhookDelivery>(endpoints.webhookDelivery(id), signal),
    refetchInterval: ({ state: { data } }) => lookAgain(data ? [data] : [], Date.now()),
  });

export function useCreateEndpoint() {
  return useCommand((input: WebhookEndpointInput, key) =>
    post<WebhookEndpointMade>(endpoints.webhookEndpoints, input, key),
  );
}

export function useChangeEndpoint({ id, version }: Pick<WebhookEndpoint, "id" | "version">) {
  return useCommand((input: WebhookEndpointChange) =>
    patch<WebhookEndpoint>(endpoints.webhookEndpoint(id), input, version),
  );
}

export function useDeleteEndpoint() {
  return useCommand((id: string) => remove(endpoints.webhookEndpoint(id)));
}

export function useRotateSecret(id: string) {
  return useCommand((_input: undefined, key) =>
    post<WebhookEndpointMade>(endpoints.webhookStep(id, "rotate-secret"), {}, key),
  );
}

export function useSendTest(id: string) {
  return useCommand((_input: undefined, key) =>
    post<WebhookDelivery>(endpoints.webhookStep(id, "test"), {}, key),
  );
}

export function useReplayFailed(id: string) {
  return useCommand((since: string, key) =>
    post<WebhookEndpoint>(endpoints.webhookStep(id, "replay-failed"), { since }, key),
  );
}

export function useReplay(id: string) {
  return useCommand((_input: undefined, key) =>
    post<WebhookDelivery>(endpoints.webhookReplay(id), {}, key),
  );
}
