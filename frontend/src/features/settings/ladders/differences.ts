/** What differs between two versions of a rule, step by step. */
import type { Policy, Step } from "@/api/models";

export type Difference =
  | { what: "added" | "removed" | "altered"; step: Step }
  | { what: "moved"; step: Step; from: number }
  | { what: "renamed"; name: string }
  | { what: "minimum" };

export function differences(before: Policy, after: Policy): Difference[] {
  const found: Difference[] = [];
  if (before.name !== after.name) found.push({ what: "renamed", name: after.name });
  const earlier = new Map(before.steps.map((step) => [step.id, step]));
  for (const step of after.steps) {
    const was = earlier.get(step.id);
    if (was === undefined) found.push({ what: "added", step });
    else if (was.offset_days !== step.offset_days) found.push({ what: "moved", step, from: was.offset_days });
    if (was !== undefined && formOf(was) !== formOf(step)) found.push({ what: "altered", step });
  }
  const kept = new Set(after.steps.map(({ id }) => id));
  for (const step of before.steps) {
    if (!kept.has(step.id)) found.push({ what: "removed", step });
  }
  if (textOf(before.minimum_minor) !== textOf(after.minimum_minor)) found.push({ what: "minimum" });
  return found;
}

/** All of a step but its day. */
function formOf(step: Step): string {
  return textOf({ ...step, offset_days: 0 });
}

function textOf(value: object): string {
  return JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
