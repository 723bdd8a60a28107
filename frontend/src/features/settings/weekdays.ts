/** Names of the days of the week, and several of them in a sentence. */
import type { Messages } from "@/i18n";
import { type Locale, regionOf } from "@/lib/money";

import { rangeOf } from "./hours";

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

const SOME_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** "lunes", "lun": ISO, 1 is Monday. */
export function weekdayName(day: number, locale: Locale, width: "long" | "short"): string {
  return new Intl.DateTimeFormat(regionOf(locale), { weekday: width, timeZone: "UTC" }).format(
    SOME_MONDAY + (day - 1) * DAY_MS,
  );
}

/** "de lunes a viernes", "los lunes, miércoles y viernes". */
export function weekdaysText(days: readonly number[], m: Messages, locale: Locale): string {
  const words = m.ladders.hours;
  if (days.length === WEEKDAYS.length) return words.everyDay;
  const range = rangeOf(days);
  const name = (day: number) => weekdayName(day, locale, "long");
  if (range !== null) return words.weekdayRange(name(range[0]), name(range[1]));
  const names = WEEKDAYS.filter((day) => days.includes(day)).map(name);
  return words.weekdayList(new Intl.ListFormat(regionOf(locale)).format(names));
}
