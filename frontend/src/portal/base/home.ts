/** What the first answer said, for every screen: who owes, to whom, and what. */
import { createContext, useContext } from "react";

import type { Account, Home } from "../model";

const HomeContext = createContext<Home | null>(null);

export const HomeProvider = HomeContext.Provider;

export function useHome(): Home {
  const home = useContext(HomeContext);
  if (home === null) throw new Error("useHome is used before the first answer");
  return home;
}

/** The account in a currency, or the first: the one that matters most. */
export function accountOf(home: Home, currency: string | null): Account | null {
  return home.accounts.find((one) => one.currency === currency) ?? home.accounts[0] ?? null;
}
