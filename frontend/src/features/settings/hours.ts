/** When the company writes, as texts of fields, and the way back to its settings. */
import type { Company, CompanyInput } from "@/api/models";

import { withFrozen } from "./company-fields";

export interface HoursForm {
  opens: string;
  closes: string;
  /** ISO: 1 is Monday. */
  weekdays: number[];
  spread: string;
  daysOff: string[];
}

const MAX_SPREAD = 240;

export function formOf(company: Company): HoursForm {
  return {
    opens: company.opens,
    closes: company.closes,
    weekdays: company.working_days,
    spread: String(company.spread_minutes),
    daysOff: company.days_off,
  };
}

export type HoursFlaw = "badHour" | "badCloses" | "noWeekday" | "badSpread";

export function wrongIn(form: HoursForm): Partial<Record<keyof HoursForm, HoursFlaw>> {
  const wrong: Partial<Record<keyof HoursForm, HoursFlaw>> = {};
  const [opens, closes] = [minuteOf(form.opens), minuteOf(form.closes)];
  const isSpread = /^\d{1,3}$/.test(form.spread.trim()) && Number(form.spread) <= MAX_SPREAD;
  if (opens === null) wrong.opens = "badHour";
  if (closes === null) wrong.closes = "badHour";
  if (!isSpread) wrong.spread = "badSpread";
  if (form.weekdays.length === 0) wrong.weekdays = "noWeekday";
  if (opens !== null && closes !== null && isSpread && opens + Number(form.spread) >= closes) {
    wrong.closes = "badCloses";
  }
  return wrong;
}

function minuteOf(hour: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(hour);
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}

/** The settings as they were read with these hours in place: PUT replaces them all. */
export function withHours(company: Company, form: HoursForm): CompanyInput {
  return {
    ...withFrozen(company, company.sending_frozen),
    opens: form.opens,
    closes: form.closes,
    working_days: [...form.weekdays].sort((one, other) => one - other),
    spread_minutes: Number(form.spread),
    days_off: [...form.daysOff].sort(),
  };
}

/** Days in a row, as first and last; null when they are not, or fewer than three. */
export function rangeOf(weekdays: readonly number[]): [first: number, last: number] | null {
  const days = [...weekdays].sort((one, other) => one - other);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || days.length < 3) return null;
  return last - first === days.length - 1 ? [first, last] : null;
}
