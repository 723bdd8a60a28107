/** What taking a payment off its invoices would do, by the same rules as the server's. */
import type { Allocation, OpenItem, Payment } from "@/api/models";

export interface Taking {
  invoice_id: string;
  amount_minor: number;
}

/** An invoice that is open again: by how much more, and how much in all. */
export interface Reopened {
  invoice_id: string;
  number: string;
  by_minor: number;
  open_minor: number;
}

/** From which invoices so much is taken off: those settled last come first. */
export function latestFirst(allocations: readonly Allocation[], amount: number): Taking[] {
  const taken: Taking[] = [];
  let left = amount;
  for (const { invoice_id, amount_minor } of [...allocations].reverse()) {
    const part = Math.min(amount_minor, left);
    if (part > 0) taken.push({ invoice_id, amount_minor: part });
    left -= part;
  }
  return taken;
}

/** What goes back: unapplied money first, then what settles invoices. */
export function freeing(payment: Payment, amount: number): Taking[] {
  return latestFirst(payment.allocations, Math.max(amount - payment.unapplied_minor, 0));
}

/** A discount or a small difference goes with the whole of what the money settled. */
export function reopened(
  payment: Payment,
  taken: readonly Taking[],
  items: readonly OpenItem[],
): Reopened[] {
  const open = new Map(items.map((item) => [item.invoice_id, item.open_minor]));
  return taken.flatMap(({ invoice_id, amount_minor }) => {
    const one = payment.allocations.find((each) => each.invoice_id === invoice_id);
    if (one === undefined) return [];
    const by = amount_minor + one.discount_minor + one.difference_minor;
    const now = open.get(invoice_id) ?? 0;
    return [{ invoice_id, number: one.number, by_minor: by, open_minor: now + by }];
  });
}

/** What is left of a payment to give back. */
export function leftOf(payment: Payment): number {
  return payment.amount_minor - payment.returned_minor;
}
