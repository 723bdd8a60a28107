/** A simulation of the whole book, added up over its parts. */
import type { SimulatedAccount, SimulatedTotals, Simulation } from "@/api/models";

type Counts = Readonly<Record<string, number>>;

export interface Tally {
  accounts: number;
  before: SimulatedTotals;
  after: SimulatedTotals;
  changes: Counts;
  /** Those whose next message changes, or who would get one; not all of a large book. */
  listed: readonly SimulatedAccount[];
}

const MAX_LISTED = 300; // what a browser draws at once and a person still reads

// Nothing is held back from whom no step is due.
const NOTHING_TO_SEND = new Set(["nothing_due", "nothing_open", "ladder_done"]);

const NO_TOTALS: SimulatedTotals = { would_send: 0, by_channel: {}, would_skip: {} };

export const EMPTY: Tally = { accounts: 0, before: NO_TOTALS, after: NO_TOTALS, changes: {}, listed: [] };

export function withPart(tally: Tally, part: Simulation): Tally {
  return {
    accounts: tally.accounts + part.accounts,
    before: sum(tally.before, part.before),
    after: sum(tally.after, part),
    changes: sumOf(tally.changes, part.changes),
    listed: [...tally.listed, ...part.items.filter(isTold)].slice(0, MAX_LISTED),
  };
}

function isTold({ change, after, reason_none: reason }: SimulatedAccount): boolean {
  return change !== "same" || after !== null || (reason !== null && !NOTHING_TO_SEND.has(reason));
}

function sum(one: SimulatedTotals, other: SimulatedTotals): SimulatedTotals {
  return {
    would_send: one.would_send + other.would_send,
    by_channel: sumOf(one.by_channel, other.by_channel),
    would_skip: sumOf(one.would_skip, other.would_skip),
  };
}

function sumOf(one: Counts, other: Counts): Record<string, number> {
  const total: Record<string, number> = { ...one };
  for (const [key, count] of Object.entries(other)) total[key] = (total[key] ?? 0) + count;
  return total;
}

/** Messages that are due and do not go out, the most frequent reason first. */
export function heldBack(totals: SimulatedTotals): [reason: string, count: number][] {
  return Object.entries(totals.would_skip)
    .filter(([reason]) => !NOTHING_TO_SEND.has(reason))
    .sort(([, one], [, other]) => other - one);
}

/** Accounts to which nothing is due. */
export function idle(totals: SimulatedTotals): number {
  return Object.entries(totals.would_skip)
    .filter(([reason]) => NOTHING_TO_SEND.has(reason))
    .reduce((count, [, one]) => count + one, 0);
}

/** Those of the list whose next message changes. */
export function changed(tally: Tally): SimulatedAccount[] {
  return tally.listed.filter(({ change }) => change !== "same");
}

/** How many change in all, listed or not. */
export function changedCount({ changes }: Tally): number {
  return Object.entries(changes).reduce((count, [what, one]) => (what === "same" ? count : count + one), 0);
}
