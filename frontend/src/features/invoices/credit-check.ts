/** Whether an issue takes its customer over the credit limit: so it can be said before it is asked. */
import type { Customer, Invoice } from "@/api/models";

export interface OverLimit {
  /** What the customer would owe, less money that settles nothing yet. */
  owedMinor: number;
  limitMinor: number;
}

export function overLimit(
  customer: Pick<Customer, "currency" | "credit_limit_minor" | "balances"> | undefined,
  invoice: Pick<Invoice, "currency" | "total_minor">,
): OverLimit | null {
  const limitMinor = customer?.credit_limit_minor ?? null;
  // A limit is in the customer's own currency: accounts in another have none.
  if (limitMinor === null || customer?.currency !== invoice.currency) return null;
  const balance = customer.balances.find(({ currency }) => currency === invoice.currency);
  const atStake = (balance?.open_minor ?? 0) - (balance?.unapplied_minor ?? 0);
  const owedMinor = Math.max(0, atStake + invoice.total_minor);
  return invoice.total_minor > 0 && owedMinor > limitMinor ? { owedMinor, limitMinor } : null;
}
