/** The table of interest rates as texts of fields, and the way back. */
import type { InterestRates, InterestRatesInput } from "@/api/models";
import type { Locale } from "@/lib/money";
import { fractionOf, percentOf } from "@/lib/rates";

export interface RateRow {
  key: string;
  from: string;
  percent: string;
  source: string;
}

export function rowsOf({ rates }: InterestRates, locale: Locale): RateRow[] {
  return rates.map((rate) => ({
    key: crypto.randomUUID(),
    from: rate.from_day,
    percent: percentOf(rate.annual_rate, locale),
    source: rate.source,
  }));
}

/** The half-year after the last one: its first day. */
export function nextHalfYear(rows: readonly RateRow[], today: string): string {
  const last = rows.at(-1)?.from ?? `${Number(today.slice(0, 4)) - 1}-07-01`;
  const year = Number(last.slice(0, 4));
  return last.slice(5) === "01-01" ? `${year}-07-01` : `${year + 1}-01-01`;
}

export type RateFlaw = "badRate" | "badDay" | "noSource";

/** What is wrong by row. Order and half-years are the server's to judge, too. */
export function wrongIn(rows: readonly RateRow[], locale: Locale): ReadonlyMap<string, RateFlaw> {
  const wrong = new Map<string, RateFlaw>();
  for (const row of rows) {
    if (!/^\d{4}-(01|07)-01$/.test(row.from)) wrong.set(`${row.key} from`, "badDay");
    if (row.percent.trim() === "" || fractionOf(row.percent, locale) === null) {
      wrong.set(`${row.key} percent`, "badRate");
    }
    if (row.source.trim() === "") wrong.set(`${row.key} source`, "noSource");
  }
  return wrong;
}

export function inputOf(
  rows: readonly RateRow[],
  dayCount: 360 | 365,
  locale: Locale,
): InterestRatesInput {
  return {
    day_count: dayCount,
    rates: rows.map((row) => ({
      from_day: row.from,
      annual_rate: `${percentOf(fractionOf(row.percent, locale) ?? "0", "en")}%`,
      source: row.source.trim(),
    })),
  };
}
