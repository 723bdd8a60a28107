/** The period of a statement: a few by name, or any two days. */
import { addDays, addMonths } from "@/lib/dates";

export const NAMED = ["last_month", "this_month", "this_year", "last_year"] as const;

export type Named = (typeof NAMED)[number];
export type PeriodName = Named | "other";

export interface Period {
  first: string;
  last: string;
}

/** The days of a period by its name, as of today. */
export function periodOf(name: Named, today: string): Period {
  const month = `${today.slice(0, 7)}-01`;
  const year = `${today.slice(0, 4)}-01-01`;
  switch (name) {
    case "this_month":
      return { first: month, last: today };
    case "this_year":
      return { first: year, last: today };
    case "last_year":
      return { first: addMonths(year, -12), last: addDays(year, -1) };
    case "last_month":
      return { first: addMonths(month, -1), last: addDays(month, -1) };
  }
}

/** The name that these days have today, if one has them. */
export function nameOf(period: Period, today: string): PeriodName {
  const named = NAMED.find((name) => {
    const { first, last } = periodOf(name, today);
    return first === period.first && last === period.last;
  });
  return named ?? "other";
}

export type PeriodFlaw = "wrongPeriod" | "inFuture" | "date";

/** What is wrong with two days, if anything is. */
export function flawOf({ first, last }: Period, today: string): PeriodFlaw | null {
  if (first === "" || last === "") return "date";
  if (last > today) return "inFuture";
  return first > last ? "wrongPeriod" : null;
}
