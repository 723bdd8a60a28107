/** Rates: the API's fraction text ("0.21") and the percent people read and write ("21"), by digits. */
import { type Locale, normaliseDecimal } from "./money";

/** "0.21" → "21", "0.052" → "5,2" in Spanish. */
export function percentOf(fraction: string, locale: Locale): string {
  const text = shift(fraction, 2);
  return locale === "es" ? text.replace(".", ",") : text;
}

/** "0.21" → "21 %". */
export function formatRate(fraction: string, locale: Locale): string {
  return locale === "es" ? `${percentOf(fraction, locale)} %` : `${percentOf(fraction, locale)}%`;
}

/** "21" or "5,2" → "0.21", "0.052". Null when it is no number from 0 to 100. */
export function fractionOf(percent: string, locale: Locale): string | null {
  const decimal = normaliseDecimal(percent.replace("%", ""), locale);
  if (decimal === null || decimal.startsWith("-")) return null;
  const fraction = shift(decimal, -2);
  const [whole = "0", rest = ""] = fraction.split(".");
  const isAboveOne = whole !== "0" && !(whole === "1" && rest === "");
  return isAboveOne || rest.length > 6 ? null : fraction;
}

/** Move the decimal point to the right (or left when negative), and drop idle zeros. */
function shift(decimal: string, places: number): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  const digits = whole.padStart(3, "0") + fraction.padEnd(3, "0");
  const point = Math.max(whole.length, 3) + places;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const right = digits.slice(point).replace(/0+$/, "");
  return right === "" ? left : `${left}.${right}`;
}
