/** What a ladder of reminders is called. Those that ship speak the reader's language until renamed. */
import type { Messages } from "@/i18n";

const SHIPPED: Readonly<Record<string, string>> = {
  default: "Estándar",
  gentle: "Suave",
  firm: "Firme",
};

export function policyName({ id, name }: { id: string; name: string }, m: Messages): string {
  return SHIPPED[id] === name ? (m.words.policy[id] ?? name) : name;
}
