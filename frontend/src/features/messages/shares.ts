/** Rates of mail, for reading only: fractions of the API as percent with two places, and as a bar. */
import { type Locale, regionOf } from "@/lib/money";

/** "0.024096" → "2,41 %". */
export function sharePercent(fraction: string, locale: Locale): string {
  const format = new Intl.NumberFormat(regionOf(locale), {
    style: "percent",
    maximumFractionDigits: 2,
  });
  return format.format(Number(fraction));
}

/** Percent of the bar's width: the limit is its middle, twice the limit and more its end. */
export function widthOf(rate: string | null, limit: string): number {
  if (rate === null) return 0;
  return Math.min(100, Math.round((Number(rate) / Number(limit)) * 50));
}
