/** What a customer is called. */
import type { Messages } from "@/i18n";

/** The API's stand-in for the customer of money whose owner nobody knows yet. */
export const UNIDENTIFIED = "unidentified";

/** The customer's name; words of ours for nobody in particular. */
export function customerName(id: string | null, name: string, m: Messages): string {
  return id === UNIDENTIFIED ? m.common.unidentified : name;
}
