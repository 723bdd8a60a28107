/** How often something recurs, in words. */
import type { RecurringRow } from "@/api/models";
import type { Messages } from "@/i18n";
import { type Locale, regionOf } from "@/lib/money";

type Rhythm = Pick<RecurringRow, "every" | "on_day" | "start_on">;

export function rhythmOf({ every, on_day: day, start_on: start }: Rhythm, m: Messages, locale: Locale): string {
  const words = m.recurring.every;
  if (every === "week") return words.week(day);
  if (every === "month") return words.month(day);
  return words.year(dayOfYear(start, day, locale));
}

/** "15 de marzo": the month is that of the start. */
function dayOfYear(start: string, day: number, locale: Locale): string {
  const month = new Intl.DateTimeFormat(regionOf(locale), { month: "long", timeZone: "UTC" });
  const name = month.format(Date.parse(`${start}T00:00:00Z`));
  return locale === "es" ? `${day} de ${name}` : `${day} ${name}`;
}
