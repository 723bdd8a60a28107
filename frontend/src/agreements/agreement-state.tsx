/** The state of a dispute, a promise or a plan, as every list shows it. */
import { StateBadge, type Tone } from "@/components/state-badge";
import { useLanguage, wordFor } from "@/i18n";

const TONES: Readonly<Record<string, Tone>> = {
  open: "open",
  kept: "good",
  broken: "bad",
  overdue: "bad",
  resolved: "good",
};

export function AgreementState({ state, isPlan = false }: { state: string; isPlan?: boolean }) {
  const { m } = useLanguage();
  const words = isPlan ? m.agreements.planStates : m.agreements.states;
  return <StateBadge tone={TONES[state] ?? "idle"}>{wordFor(words, state)}</StateBadge>;
}
