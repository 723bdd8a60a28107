/** Signed out: the landing. Signed in: the shell. Session ended meanwhile: a dialog, nothing is lost. */
import { type Query, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { ApiError } from "@/api/client";
import { MeProvider, meQuery } from "@/api/me";
import { ErrorState } from "@/components/error-state";
import { storedLocale, useLanguage } from "@/i18n";

import { EndedDialog } from "./ended-dialog";
import { Landing } from "./landing";
import { Shell } from "./shell";

export function Session() {
  const me = useQuery(meQuery);
  const { locale, change } = useLanguage();
  const preferred = me.data?.language;
  useEffect(() => {
    if (storedLocale() === null && preferred && preferred !== locale) change(preferred);
  }, [preferred, locale, change]);

  const isSignedOut = me.error instanceof ApiError && me.error.status === 401;
  useRereadAfterReturn(isSignedOut && me.data !== undefined);
  if (me.data === undefined) {
    if (isSignedOut) return <Landing />;
    return me.error ? <ErrorState error={me.error} retry={() => void me.refetch()} /> : null;
  }
  return (
    <MeProvider value={me.data}>
      <Shell />
      <EndedDialog isOpen={isSignedOut} />
    </MeProvider>
  );
}

/** Once the person is back, what failed in between is read again. */
function useRereadAfterReturn(hasEnded: boolean): void {
  const queries = useQueryClient();
  const hadEnded = useRef(false);
  useEffect(() => {
    if (hadEnded.current && !hasEnded) void queries.resetQueries({ predicate: isFailed });
    hadEnded.current = hasEnded;
  }, [hasEnded, queries]);
}

function isFailed(query: Query): boolean {
  return query.state.status === "error" && query.queryKey[0] !== meQuery.queryKey[0];
}
