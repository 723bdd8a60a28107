/** The states of recurring invoices and of their runs. */
import type { RecurringRow, RunRow } from "@/api/models";
import { StateBadge, type Tone } from "@/components/state-badge";
import { useLanguage, wordFor } from "@/i18n";

const TONES: Record<RecurringRow["state"], Tone> = { active: "good", paused: "warn", ended: "idle" };

const RUN_TONES: Record<RunRow["state"], Tone> = {
  waiting: "open",
  drafted: "idle",
  pending_approval: "warn",
  done: "good",
  failed: "bad",
  cancelled: "idle",
};

export function RecurringState({ state }: { state: RecurringRow["state"] }) {
  const { m } = useLanguage();
  return <StateBadge tone={TONES[state]}>{wordFor(m.recurring.states, state)}</StateBadge>;
}

export function RunState({ state }: { state: RunRow["state"] }) {
  const { m } = useLanguage();
  return <StateBadge tone={RUN_TONES[state]}>{wordFor(m.recurring.runStates, state)}</StateBadge>;
}
