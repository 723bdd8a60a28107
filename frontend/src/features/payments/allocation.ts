/**
 * How a payment is spread over open invoices. Integers only; sums in BigInt, since two thousand
 * large amounts leave the range in which numbers are exact.
 */
import type { OpenItem } from "@/api/models";

/** Invoice id → minor units. Invoices that get nothing are absent. */
export type Spread = ReadonlyMap<string, number>;

export function sumOf(amounts: Iterable<number>): bigint {
  let sum = 0n;
  for (const amount of amounts) sum += BigInt(amount);
  return sum;
}

/** Oldest due first, then by number, as the server does it; `first` is served before all others. */
export function oldestFirst(amount: number, items: readonly OpenItem[], first?: string): Spread {
  const spread = new Map<string, number>();
  let rest = amount;
  for (const item of inOrder(items, first)) {
    const part = Math.min(rest, item.open_minor);
    if (part <= 0) break;
    spread.set(item.invoice_id, part);
    rest -= part;
  }
  return spread;
}

export function inOrder(items: readonly OpenItem[], first?: string): OpenItem[] {
  const rank = (item: OpenItem) => (item.invoice_id === first ? 0 : 1);
  return [...items].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      compared(one.due_date, other.due_date) ||
      compared(one.number, other.number),
  );
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export interface Outcome {
  applied: number;
  /** What stays unapplied; negative when more is applied than was received. */
  unapplied: number;
  full: { item: OpenItem; amount: number }[];
  part: { item: OpenItem; amount: number; left: number }[];
  /** Invoices that would get more than is open on them. */
  tooMuch: ReadonlySet<string>;
}

/** What posting this spread would do. */
export function outcomeOf(amount: number, items: readonly OpenItem[], spread: Spread): Outcome {
  const applied = sumOf(spread.values());
  const full: Outcome["full"] = [];
  const part: Outcome["part"] = [];
  const tooMuch = new Set<string>();
  for (const item of inOrder(items)) {
    const given = spread.get(item.invoice_id) ?? 0;
    if (given === 0) continue;
    if (given > item.open_minor) tooMuch.add(item.invoice_id);
    else if (given === item.open_minor) full.push({ item, amount: given });
    else part.push({ item, amount: given, left: item.open_minor - given });
  }
  return {
    applied: Number(applied),
    unapplied: Number(BigInt(amount) - applied),
    full,
    part,
    tooMuch,
  };
}

/** Whether it can be posted: nothing over what is open, and nothing over what was received. */
export function isSound(outcome: Outcome): boolean {
  return outcome.unapplied >= 0 && outcome.tooMuch.size === 0;
}

/** The body of the request, oldest first. */
export function bodyOf(items: readonly OpenItem[], spread: Spread) {
  return inOrder(items).flatMap((item) => {
    const amount = spread.get(item.invoice_id) ?? 0;
    return amount > 0 ? [{ invoice_id: item.invoice_id, amount_minor: amount }] : [];
  });
}
