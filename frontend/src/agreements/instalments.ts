/** Instalments of a plan: equal parts that add up to the cent, on days that do not drift. */
import { addDays, addMonths } from "@/lib/dates";

export type Rhythm = "month" | "week";

export interface Instalment {
  due_on: string;
  amount_minor: number;
}

export const MAX_INSTALMENTS = 120; // what the server takes

/** Parts of a whole that differ by one minor unit at most, the larger ones first. */
export function equalParts(whole: number, count: number): number[] {
  const part = Math.floor(whole / count);
  const larger = whole - part * count;
  return Array.from({ length: count }, (_, at) => (at < larger ? part + 1 : part));
}

/** Equal instalments from a day on, each counted from the first so that month ends stay. */
export function instalmentsOf(
  whole: number,
  count: number,
  first: string,
  rhythm: Rhythm,
): Instalment[] {
  return equalParts(whole, count).map((amount_minor, at) => ({
    due_on: rhythm === "month" ? addMonths(first, at) : addDays(first, 7 * at),
    amount_minor,
  }));
}

/** Whether each is due after the one before it. */
export function areInOrder(days: readonly string[]): boolean {
  return days.every((day, at) => at === 0 || (days[at - 1] ?? "") < day);
}
