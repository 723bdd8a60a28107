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

export function AgreementState({ state }: { state: string }) {
  const { m } = useLanguage();
  return (
    <StateBadge tone={TONES[state] ?? "idle"}>{wordFor(m.agreements.states, state)}</StateBadge>
  );
}
