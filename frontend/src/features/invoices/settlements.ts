/** What has changed what an invoice asks for, with those that were undone known as such. */
import type { CreditNoteRow, Invoice, Settled } from "@/api/models";

export interface SettlementLine {
  settled: Settled;
  /** Undone later, or itself the undoing: it no longer counts. */
  isUndone: boolean;
}

/**
 * Each posting in the order in which it was made. A negative amount undoes earlier ones of its kind
 * and payment: as far as their amounts add up to it, those are marked too; what is undone in part
 * stays as it is, beside the negative line.
 */
export function settlementLines(settlements: readonly Settled[]): SettlementLine[] {
  const lines = settlements.map((settled) => ({ settled, isUndone: false }));
  for (const [at, line] of lines.entries()) {
    if (line.settled.amount_minor >= 0) continue;
    const earlier = lines
      .slice(0, at)
      .filter((one) => !one.isUndone && one.settled.amount_minor > 0 && isSame(one.settled, line.settled));
    const undone = addingUpTo(earlier, -line.settled.amount_minor);
    if (undone === null) continue;
    for (const one of [...undone, line]) one.isUndone = true;
  }
  return lines;
}

function isSame(one: Settled, other: Settled): boolean {
  return one.kind === other.kind && one.payment_id === other.payment_id;
}

/** The latest lines that make exactly this amount; null when none do. */
function addingUpTo(lines: SettlementLine[], amountMinor: number): SettlementLine[] | null {
  const single = lines.findLast(({ settled }) => settled.amount_minor === amountMinor);
  if (single !== undefined) return [single];
  const taken: SettlementLine[] = [];
  let left = amountMinor;
  for (const line of lines.toReversed()) {
    if (line.settled.amount_minor > left) continue;
    taken.push(line);
    left -= line.settled.amount_minor;
  }
  return left === 0 ? taken : null;
}

/** The credit note that a settlement came from. */
export function noteOf(invoice: Invoice, { kind, payment_id: paymentId }: Settled) {
  if (kind !== "credit_note") return null;
  return invoice.credit_notes.find((note) => note.payment_id === paymentId) ?? null;
}

/** Credit notes that settle nothing of the invoice: it was paid already, or that was undone. */
export function unsettling(invoice: Invoice): CreditNoteRow[] {
  const lines = settlementLines(invoice.settlements).filter(({ isUndone }) => !isUndone);
  const settling = new Set(lines.map(({ settled }) => noteOf(invoice, settled)?.id));
  return invoice.credit_notes.filter(({ id }) => !settling.has(id));
}
