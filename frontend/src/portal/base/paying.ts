/** What is to be paid: of which invoices, how much in all, and what one payment can hold. */
import type { Account, InvoiceRow } from "../model";

/** The server's limit: a payment's page names its invoices. */
export const MOST_INVOICES = 200;

/** What a screen passes to the one where it is paid, or where a date is announced. */
export interface Wanted {
  currency: string;
  /** Null is all there is. */
  ids: readonly string[] | null;
}

/** What of an invoice neither is contested nor has a date already: so much can be promised. */
export function freeMinor({ payable_minor: payable, parts }: InvoiceRow): number {
  const resting = parts.filter(({ kind }) => kind !== "on_its_way"); // that is not payable anyhow
  return Math.max(resting.reduce((left, part) => left - part.amount_minor, payable), 0);
}

/** Oldest due date first: so the server lists them, and so they are settled. */
export function payableRows(account: Account): InvoiceRow[] {
  return account.invoices.filter((row) => row.payable_minor > 0);
}

/** The invoices that a payment would be for, and its amount. */
export function bill(account: Account, ids: readonly string[] | null) {
  const payable = payableRows(account);
  const wanted = ids === null ? payable : payable.filter((row) => ids.includes(row.id));
  const rows = wanted.slice(0, MOST_INVOICES);
  return {
    rows,
    amountMinor: rows.reduce((sum, row) => sum + row.payable_minor, 0),
    /** More than one payment can hold: these are the oldest. */
    left: wanted.length - rows.length,
    isAll: ids === null && wanted.length === rows.length,
  };
}
