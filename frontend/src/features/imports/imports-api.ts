/** What the screens of imports read and change. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, post, put } from "@/api/client";
import { useCommand } from "@/api/command";
import type { ImportedRow, ImportFile, ImportListRow, ImportMapping, Page } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;
const PREVIEW = 20;
const POLL_MS = 1_000;
const BUSY: readonly string[] = ["reading", "checking", "importing"];

export const isBusy = ({ state }: Pick<ImportFile, "state">) => BUSY.includes(state);

export const importsQuery = (cursor: string | null) =>
  queryOptions({
    queryKey: ["imports", "list", cursor],
    queryFn: ({ signal }) =>
      get<Page<ImportListRow>>(withQuery(endpoints.imports, { cursor, limit: PAGE }), signal),
    placeholderData: keepPreviousData,
  });

/** While the server works on it, it is read again each second. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", "one", id],
    queryFn: ({ signal }) => get<ImportFile>(endpoints.importOne(id), signal),
    refetchInterval: ({ state: { data } }) => (data && isBusy(data) ? POLL_MS : false),
  });

export const rowsQuery = (
  file: Pick<ImportFile, "id" | "version">,
  outcome: string | null,
  cursor: string | null,
) =>
  queryOptions({
    queryKey: ["imports", "rows", file.id, file.version, outcome, cursor],
    queryFn: ({ signal }) =>
      get<Page<ImportedRow>>(
        withQuery(endpoints.importRows(file.id), { outcome, cursor, limit: PREVIEW }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });

/** Say what the columns are, and have the rows checked by that. */
export function useCheck(id: string) {
  return useCommand(async (mapping: ImportMapping, key) => {
    await put<ImportFile>(endpoints.importMapping(id), mapping, undefined);
    return post<ImportFile>(endpoints.importStep(id, "check"), {}, key);
  });
}

/** Carry out what was checked: refused when it was checked anew since it was shown. */
export function useCommit(id: string) {
  return useCommand((version: number, key) =>
    post<ImportFile>(endpoints.importStep(id, "commit"), {}, key, version),
  );
}

export function useCancel(id: string) {
  return useCommand((_: undefined, key) =>
    post<ImportFile>(endpoints.importStep(id, "cancel"), {}, key),
  );
}
