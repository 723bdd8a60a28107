/** What accounting and the nightly proof read and change. */
import { queryOptions } from "@tanstack/react-query";

import { get, post, put } from "@/api/client";
import { useCommand } from "@/api/command";
import type { Company, CompanyInput, Page, Period, Periods, Proof, ProofRow } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const EARLIER = 10; // about two weeks fit beside what the latest has found
const WHILE_RUNNING_MS = 2_000;

export const periodsQuery = queryOptions({
  queryKey: ["periods"],
  queryFn: ({ signal }) => get<Periods>(endpoints.periods, signal),
});

export const proofsQuery = queryOptions({
  queryKey: ["proofs"],
  queryFn: ({ signal }) =>
    get<Page<ProofRow>>(withQuery(endpoints.proofs, { limit: EARLIER }), signal),
  select: ({ items }) => items,
  // Somebody who has asked for a proof waits for its end.
  refetchInterval: ({ state }) => {
    const latest = state.data?.items[0];
    return latest !== undefined && isUnderWay(latest) ? WHILE_RUNNING_MS : false;
  },
});

export function isUnderWay({ state }: Pick<ProofRow, "state">): boolean {
  return state === "waiting" || state === "running";
}

export const proofQuery = (proofId: string) =>
  queryOptions({
    queryKey: ["proofs", proofId],
    queryFn: ({ signal }) => get<Proof>(endpoints.proof(proofId), signal),
  });

export function useClosePeriod() {
  return useCommand((month: string, key) => post<Period>(endpoints.periodClose(month), {}, key));
}

export function useProveNow() {
  return useCommand((_: undefined, key) => post<Proof>(endpoints.proofs, {}, key));
}

export function useSaveChart() {
  return useCommand(({ input, version }: { input: CompanyInput; version: number }) =>
    put<Company>(endpoints.company, input, version),
  );
}
