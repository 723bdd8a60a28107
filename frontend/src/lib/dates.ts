/** Days ("2026-11-21") and instants. A day has no zone; an instant is shown in the company's zone. */
import { type Locale, regionOf } from "./money";

const DAY_MS = 86_400_000;

/** The day as midnight UTC, so that arithmetic on days meets no clock change. */
function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function addDays(day: string, days: number): string {
  return new Date(midnight(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** So many months later, on the same day of the month or the last there is: 31 Jan + 1 is 28 Feb. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, of = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(of, last))).toISOString().slice(0, 10);
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((midnight(to) - midnight(from)) / DAY_MS);
}

/** "21 nov 2026". */
export function formatDay(day: string, locale: Locale): string {
  return new Intl.DateTimeFormat(regionOf(locale), {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(midnight(day));
}

/** "mar 24": a day of the days to come. */
export function formatWeekday(day: string, locale: Locale): string {
  return new Intl.DateTimeFormat(regionOf(locale), {
    weekday: "short",
    day: "numeric",
    timeZone: "UTC",
  }).format(midnight(day));
}

/** "9:00" of an instant, by the clock of a time zone. */
export function formatHour(instant: string, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(regionOf(locale), {
    hour: "numeric",
    minute: "2-digit",
    timeZone,
  }).format(Date.parse(instant));
}

/** "nov" for "2026-11": a month on an axis. */
export function formatMonth(month: string, locale: Locale): string {
  return new Intl.DateTimeFormat(regionOf(locale), { month: "short", timeZone: "UTC" }).format(
    midnight(`${month.slice(0, 7)}-01`),
  );
}

/** "noviembre de 2026". */
export function formatMonthLong(month: string, locale: Locale): string {
  return new Intl.DateTimeFormat(regionOf(locale), {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(midnight(`${month.slice(0, 7)}-01`));
}

/** "21 nov 2026, 10:02" in the company's time zone. */
export function formatInstant(instant: string, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(regionOf(locale), {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  }).format(Date.parse(instant));
}

/** The day of an instant in a time zone: "2026-11-21". */
export function dayOf(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  return parts.format(Date.parse(instant));
}

/** "10:02" by the clock of this machine: for what was just read. */
export function formatTime(epochMs: number, locale: Locale): string {
  return new Intl.DateTimeFormat(regionOf(locale), { hour: "2-digit", minute: "2-digit" }).format(
    epochMs,
  );
}

/** "en 3 días", "hace 12 días", "hoy": a day as seen from another. */
export function formatDistance(day: string, today: string, locale: Locale): string {
  const relative = new Intl.RelativeTimeFormat(regionOf(locale), { numeric: "auto" });
  return relative.format(daysBetween(today, day), "day");
}
