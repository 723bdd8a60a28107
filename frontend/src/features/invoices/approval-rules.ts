/** Whether a rule of the company wants a second person: so it can be said before it is asked. */
import type { ApprovalRule, Invoice } from "@/api/models";

export function wantsApproval(
  rules: readonly ApprovalRule[] | undefined,
  what: ApprovalRule["what"],
  invoice: Pick<Invoice, "currency" | "customer_id" | "series">,
  amountMinor: number,
): boolean {
  return (rules ?? []).some(
    (rule) =>
      rule.what === what &&
      rule.currency === invoice.currency &&
      rule.over_minor < amountMinor &&
      isFor(rule.customer_id, invoice.customer_id) &&
      isFor(rule.series, invoice.series),
  );
}

/** A rule that names none is for all. */
function isFor(named: string | null | undefined, own: string): boolean {
  return named === null || named === undefined || named === own;
}
