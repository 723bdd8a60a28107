/** The state of an invoice, as every list and page shows it. */
import type { InvoiceState as State } from "@/api/models";
import { useLanguage, wordFor } from "@/i18n";

import { StateBadge, type Tone } from "./state-badge";

const TONES: Record<State, Tone> = {
  draft: "idle",
  pending_approval: "idle",
  issued: "open",
  partially_paid: "warn",
  paid: "good",
  void: "idle",
  written_off: "idle",
};

export function InvoiceState({ state, overdue }: { state: State; overdue: boolean }) {
  const { m } = useLanguage();
  if (overdue) return <StateBadge tone="bad">{wordFor(m.words.invoiceState, "overdue")}</StateBadge>;
  return <StateBadge tone={TONES[state]}>{wordFor(m.words.invoiceState, state)}</StateBadge>;
}
