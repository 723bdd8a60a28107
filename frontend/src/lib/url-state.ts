/** The state of a screen, kept in its URL: filters, tabs and the page of a list. */
import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";

import { withQuery } from "@/config/paths";

export type Changes = Record<string, string | null>;

/** Read the query and change parts of it; null removes. A change of filter goes to the first page. */
export function useUrlState() {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  const change = useCallback(
    (changes: Changes, how: "push" | "replace" = "push") => {
      const next = { ...Object.fromEntries(new URLSearchParams(search)), cursor: null, ...changes };
      navigate(withQuery(path, next), { replace: how === "replace" });
    },
    [navigate, path, search],
  );
  return { query, change };
}

/** Where a list stands: its cursor, and how to go on and back. The browser's Back does the same. */
export function useCursor() {
  const { query, change } = useUrlState();
  const cursor = query.get("cursor");
  return {
    cursor,
    next: (to: string) => change({ cursor: to }),
    first: () => change({ cursor: null }),
  };
}
