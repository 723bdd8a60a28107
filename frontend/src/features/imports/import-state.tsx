/** The state of an import as a word, and the steps it goes through. */
import type { ImportListRow } from "@/api/models";
import { StateBadge, type Tone } from "@/components/state-badge";
import { useLanguage } from "@/i18n";

import classes from "./imports.module.css";

type State = ImportListRow["state"];

const TONES: Readonly<Record<State, Tone>> = {
  uploading: "idle",
  reading: "open",
  columns: "warn",
  checking: "open",
  checked: "warn",
  importing: "open",
  done: "good",
  cancelled: "idle",
  failed: "bad",
};

export function ImportState({ state }: { state: State }) {
  const { m } = useLanguage();
  return <StateBadge tone={TONES[state]}>{m.imports.states[state]}</StateBadge>;
}

const STEPS = ["file", "columns", "check", "import"] as const;
const AT: Readonly<Partial<Record<State, number>>> = {
  uploading: 0,
  reading: 0,
  failed: 0,
  columns: 1,
  checking: 2,
  checked: 2,
  importing: 3,
  done: 4,
};

/** Where one stands; a cancelled import stands nowhere. */
export function Steps({ state }: { state: State }) {
  const { m } = useLanguage();
  const at = AT[state];
  if (at === undefined) return null;
  return (
    <ol className={classes.steps} aria-label={m.imports.steps.label}>
      {STEPS.map((step, place) => (
        <li
          key={step}
          data-done={place < at}
          aria-current={place === at ? "step" : undefined}
        >
          {m.imports.steps[step]}
        </li>
      ))}
    </ol>
  );
}
