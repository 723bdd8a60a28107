/** A work item in a line: what happened, and to whom. */
import type { WorkItemRow } from "@/api/models";
import { type Messages, wordFor } from "@/i18n";
import { customerName } from "@/lib/customer-name";

type About = Pick<WorkItemRow, "what" | "customer_id" | "customer_name">;

export function titleOf({ what, customer_id: id, customer_name: name }: About, m: Messages): string {
  const title = wordFor(m.words.what, what);
  // That nobody knows the customer is all that an unmatched payment says.
  if (name === null || what === "payment_unmatched") return title;
  return `${title} · ${customerName(id, name, m)}`;
}
