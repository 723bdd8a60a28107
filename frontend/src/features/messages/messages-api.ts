/** Lists of messages by what became of them, and how well mail arrives. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get } from "@/api/client";
import type { DeliverabilityReport, MessageRow, Page } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;

export const GROUPS = [
  "all",
  "waiting",
  "sent",
  "delayed",
  "delivered",
  "opened",
  "not_delivered",
  "uncertain",
  "suppressed",
] as const;

export type Group = (typeof GROUPS)[number];

/** The group that the URL names; all messages without one. */
export function groupOf(text: string | null): Group {
  return GROUPS.find((group) => group === text) ?? "all";
}

export const messagesQuery = (group: Group, cursor: string | null) =>
  queryOptions({
    queryKey: ["messages", "list", group, cursor],
    queryFn: ({ signal }) =>
      get<Page<MessageRow>>(
        withQuery(endpoints.messages, {
          group: group === "all" ? null : group,
          cursor,
          limit: PAGE,
        }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const deliverabilityQuery = (days: number) =>
  queryOptions({
    queryKey: ["messages", "deliverability", days],
    queryFn: ({ signal }) =>
      get<DeliverabilityReport>(withQuery(endpoints.deliverability, { days }), signal),
    placeholderData: keepPreviousData,
  });
