/** The reminder ladder as it is edited: days as text and a side of the due date. */
import type { Step } from "@/api/models";

export interface Rung {
  id: number;
  days: string;
  side: "before" | "after";
  template: string;
  channel: Step["channel"];
}

export const TEMPLATES = [
  "reminder_before",
  "reminder_first",
  "reminder_second",
  "reminder_firm",
  "reminder_last",
] as const;

const MOST_BEFORE = 90;
const MOST_AFTER = 365;
const FURTHER = 7; // a new step comes a week after the last

export function rungsOf(steps: readonly Step[]): Rung[] {
  return steps.map((step, id) => ({
    id,
    days: String(Math.abs(step.offset_days)),
    side: step.offset_days < 0 ? "before" : "after",
    template: step.template,
    channel: step.channel ?? "email",
  }));
}

/** Days after the due date, negative before it; null when it is no such number. */
export function offsetOf({ days, side }: Pick<Rung, "days" | "side">): number | null {
  if (!/^\d{1,3}$/.test(days.trim())) return null;
  const count = Number(days);
  if (count > (side === "before" ? MOST_BEFORE : MOST_AFTER)) return null;
  return side === "before" && count > 0 ? -count : count;
}

export function withNewRung(rungs: readonly Rung[]): Rung[] {
  const offsets = rungs.map(offsetOf).filter((offset) => offset !== null);
  const days = Math.min(Math.max(0, ...offsets) + FURTHER, MOST_AFTER);
  const id = Math.max(-1, ...rungs.map((rung) => rung.id)) + 1;
  return [
    ...rungs,
    { id, days: String(days), side: "after", template: "reminder_last", channel: "email" },
  ];
}

export type RungError = "badDays" | "twice";

/** What is wrong, by the id of the rung. */
export function wrongIn(rungs: readonly Rung[]): ReadonlyMap<number, RungError> {
  const wrong = new Map<number, RungError>();
  const seen = new Set<number>();
  for (const rung of rungs) {
    const offset = offsetOf(rung);
    if (offset === null) wrong.set(rung.id, "badDays");
    else if (seen.has(offset)) wrong.set(rung.id, "twice");
    else seen.add(offset);
  }
  return wrong;
}

/** The steps in the order of their days. Only for rungs without errors. */
export function stepsOf(rungs: readonly Rung[]): Step[] {
  return rungs
    .map((rung) => ({
      offset_days: offsetOf(rung) ?? 0,
      channel: rung.channel,
      template: rung.template,
    }))
    .sort((one, other) => one.offset_days - other.offset_days);
}
