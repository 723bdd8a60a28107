/** What the screen before passed on: it lives in the browser's history, so that Back and reload keep it. */
import { useHistoryState } from "wouter/use-browser-location";

import type { Account } from "../model";
import { accountOf, useHome } from "./home";
import type { Wanted } from "./paying";

function isWanted(state: unknown): state is Wanted {
  return typeof state === "object" && state !== null && "currency" in state && "ids" in state;
}

/** Without anything passed on: all of the account that matters most. Null when nothing is owed. */
export function useWanted(): { account: Account; ids: readonly string[] | null } | null {
  const state: unknown = useHistoryState();
  const home = useHome();
  const wanted = isWanted(state) ? state : null;
  const account = accountOf(home, wanted?.currency ?? null);
  return account === null ? null : { account, ids: wanted?.ids ?? null };
}
