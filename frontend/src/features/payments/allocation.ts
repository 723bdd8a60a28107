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

interface Order {
  /** The invoice to serve before all others. */
  first?: string | undefined;
  /** The value date of the money, when it may earn a discount; a credit earns none. */
  on?: string | undefined;
}

/**
 * Oldest due first, then by number, as the server does it: an invoice whose discount the money is in
 * time for takes what it needs, and what would be left over then tops it up.
 */
export function oldestFirst(amount: number, items: readonly OpenItem[], order: Order = {}): Spread {
  const spread = new Map<string, number>();
  const served = inOrder(items, order.first);
  let rest = amount;
  for (const item of served) {
    const part = Math.min(rest, payable(item, order.on));
    if (part > 0) spread.set(item.invoice_id, part);
    rest -= part;
  }
  for (const { invoice_id, open_minor } of served) {
    const given = spread.get(invoice_id) ?? 0;
    const more = Math.min(rest, open_minor - given);
    if (more > 0) spread.set(invoice_id, given + more);
    rest -= more;
  }
  return spread;
}

/** The least money of this value date that settles all that is open. */
export function payable({ open_minor, discount }: OpenItem, on: string | undefined): number {
  if (discount === null || on === undefined || on > discount.until) return open_minor;
  const needed = Math.max(discount.needed_minor, 0);
  const forgiven = open_minor - needed;
  return forgiven > 0 && forgiven <= discount.left_minor ? needed : open_minor;
}

/** How much discount so much money of this value date earns on an invoice. */
export function earned(item: OpenItem, amount: number, on: string | undefined): number {
  const { discount, open_minor } = item;
  if (discount === null || on === undefined || on > discount.until) return 0;
  const most = Math.max(Math.min(discount.left_minor, open_minor - amount), 0);
  if (amount >= discount.needed_minor) return most;
  if (discount.part_payment === "strict" || amount <= 0) return 0;
  const needed = BigInt(discount.needed_minor);
  const share = (2n * BigInt(amount) * BigInt(discount.left_minor) + needed) / (2n * needed);
  return Math.min(Number(share), most);
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
  full: { item: OpenItem; amount: number; discount: number }[];
  part: { item: OpenItem; amount: number; discount: number; left: number }[];
  /** Invoices that would get more than is open on them. */
  tooMuch: ReadonlySet<string>;
}

/** What posting this spread would do. */
export function outcomeOf(
  amount: number,
  items: readonly OpenItem[],
  spread: Spread,
  on?: string,
): Outcome {
  const applied = sumOf(spread.values());
  const full: Outcome["full"] = [];
  const part: Outcome["part"] = [];
  const tooMuch = new Set<string>();
  for (const item of inOrder(items)) {
    const given = spread.get(item.invoice_id) ?? 0;
    if (given === 0) continue;
    if (given > item.open_minor) tooMuch.add(item.invoice_id);
    const discount = earned(item, given, on);
    const left = item.open_minor - given - discount;
    if (left > 0) part.push({ item, amount: given, discount, left });
    else if (left === 0) full.push({ item, amount: given, discount });
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
