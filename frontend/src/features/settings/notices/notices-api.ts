/** One's own notices: the wishes, and what was sent. */
import { queryOptions } from "@tanstack/react-query";

import { get, put } from "@/api/client";
import { useCommand } from "@/api/command";
import type { Notices, NoticesInput, StaffMails } from "@/api/models";
import { endpoints } from "@/config/paths";

export const noticesQuery = queryOptions({
  queryKey: ["notices", "wishes"],
  queryFn: ({ signal }) => get<Notices>(endpoints.myNotices, signal),
});

export const sentNoticesQuery = queryOptions({
  queryKey: ["notices", "sent"],
  queryFn: ({ signal }) => get<StaffMails>(endpoints.notices, signal),
  select: ({ items }) => items,
});

export function useSaveNotices() {
  return useCommand(({ input, version }: { input: NoticesInput; version: number }) =>
    put<Notices>(endpoints.myNotices, input, version),
  );
}
