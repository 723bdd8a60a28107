/** What the screens of the rules read, try out and change. */
import { queryOptions } from "@tanstack/react-query";

import { compute, get, put } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  CustomerRow,
  Page,
  Policies,
  PoliciesInput,
  Policy,
  PolicyInput,
  PolicyVersions,
  Simulation,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const LOOKED_AT = 200; // one page: enough to propose the segments in use

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["policies", "versions", id],
    queryFn: ({ signal }) => get<PolicyVersions>(endpoints.policyVersions(id), signal),
    select: ({ items }) => items,
  });

/** Segments that customers have, to be proposed where one is named. */
export const segmentsQuery = queryOptions({
  queryKey: ["customers", "segments"],
  queryFn: ({ signal }) =>
    get<Page<CustomerRow>>(withQuery(endpoints.customers, { limit: LOOKED_AT }), signal),
  select: ({ items }) =>
    [...new Set(items.flatMap(({ segment }) => segment ?? []))].sort((one, other) => one.localeCompare(other)),
});

export function useSavePolicy() {
  return useCommand(({ id, input, version }: { id: string; input: PolicyInput; version: number }) =>
    put<Policy>(endpoints.policy(id), input, version),
  );
}

export function useAssign() {
  return useCommand(({ input, version }: { input: PoliciesInput; version: number }) =>
    put<Policies>(endpoints.policies, input, version),
  );
}

/** One part of a simulation; `cursor` is what the part before it gave. */
export type Simulate = (cursor: string | null, signal: AbortSignal) => Promise<Simulation>;

/** What a rule would send on today's book: as it is stored, or as this draft. */
export function simulationOf(id: string, draft: PolicyInput | null): Simulate {
  return (cursor, signal) =>
    compute<Simulation>(endpoints.policySimulate(id), { ...draft, cursor }, signal);
}

export function simulationOfAssignment(input: PoliciesInput): Simulate {
  return (cursor, signal) => compute<Simulation>(endpoints.dunningSimulations, { ...input, cursor }, signal);
}
