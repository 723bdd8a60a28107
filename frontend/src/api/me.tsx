/** Who is signed in, for every screen below the shell. */
import { queryOptions } from "@tanstack/react-query";
import { createContext, useContext } from "react";

import { endpoints } from "@/config/paths";

import { get } from "./client";
import type { Me, Role } from "./models";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => get<Me>(endpoints.me, signal),
  staleTime: 60_000,
});

const MeContext = createContext<Me | null>(null);

export const MeProvider = MeContext.Provider;

/** The person signed in. Only below the shell, which waits for it. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error("useMe is used outside the shell");
  return me;
}

const RANK: Record<Role, number> = { viewer: 0, collector: 1, accountant: 2, admin: 3 };

/** Whether the person signed in may do what this role may. The server decides again. */
export function useCan(role: Role): boolean {
  return RANK[useMe().role] >= RANK[role];
}
