/** Amounts: minor units to text and back, by digits and never by floating point. */
import { exponentOf } from "./currencies";

export type Locale = "es" | "en";

const REGIONS: Record<Locale, string> = { es: "es-ES", en: "en-GB" };

/** The BCP 47 tag under which numbers and dates are written. */
export function regionOf(locale: Locale): string {
  return REGIONS[locale];
}

type DecimalText = `${number}`;

/** 121000 and 2 → "1210.00": the exact decimal text of so many minor units. */
export function decimalOf(minor: number, exponent: number): DecimalText {
  const sign = minor < 0 ? "-" : "";
  const digits = BigInt(minor < 0 ? -minor : minor)
    .toString()
    .padStart(exponent + 1, "0");
  if (exponent === 0) return `${sign}${digits}` as DecimalText;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}` as DecimalText;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(regionOf(locale), options);
    formatters.set(key, found);
  }
  return found;
}

/** "1.210,00 €": an amount with its currency. Intl takes the decimal text, so no digit is lost. */
export function formatMoney(minor: number, currency: string, locale: Locale): string {
  const exponent = exponentOf(currency);
  return formatter(locale, {
    style: "currency",
    currency,
    useGrouping: "always",
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(decimalOf(minor, exponent));
}

/** "1.210,00": as `formatMoney`, for a column that names its currency elsewhere. */
export function formatAmount(minor: number, currency: string, locale: Locale): string {
  const exponent = exponentOf(currency);
  return formatter(locale, {
    useGrouping: "always",
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(decimalOf(minor, exponent));
}

/** "1,2 M€": short, for the axis of a chart; the exact amount must stand beside it. */
export function formatMoneyShort(minor: number, currency: string, locale: Locale): string {
  return formatter(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  }).format(decimalOf(minor, exponentOf(currency)));
}

/** "44,5": a plain decimal text of the server in the person's notation. */
export function formatPlain(decimal: string, locale: Locale): string {
  return formatter(locale, { maximumFractionDigits: 2 }).format(decimal as DecimalText);
}

/** What a field for amounts shows while it is edited: "1210,00" in Spanish, "1210.00" in English. */
export function editableAmount(minor: number, currency: string, locale: Locale): string {
  const text = decimalOf(minor, exponentOf(currency));
  return locale === "es" ? text.replace(".", ",") : text;
}

const GROUPED = { es: /^\d{1,3}(\.\d{3})+$/, en: /^\d{1,3}(,\d{3})+$/ } as const;
const SEPARATORS = { es: { decimal: ",", group: "." }, en: { decimal: ".", group: "," } } as const;

/**
 * Read a number as people of this language write it: "1.210,5" or "1 210,5" → "1210.5".
 * The other language's decimal sign is understood when it cannot mean thousands ("12.5" in Spanish).
 * Null when it is no number.
 */
export function normaliseDecimal(text: string, locale: Locale): string | null {
  let rest = text.replace(/[\s\u00a0\u202f']/g, "").replace("\u2212", "-");
  const sign = rest.startsWith("-") ? "-" : "";
  rest = rest.slice(sign.length);
  const { decimal, group } = SEPARATORS[locale];
  const parts = rest.includes(decimal) ? splitAtLast(rest, decimal) : splitPlain(rest, locale);
  if (parts === null) return null;
  const [whole, fraction] = parts;
  const digits = GROUPED[locale].test(whole) ? whole.replaceAll(group, "") : whole;
  if (!/^\d*$/.test(digits) || !/^\d*$/.test(fraction) || digits + fraction === "") return null;
  const plain = digits.replace(/^0+(?=\d)/, "") || "0";
  return fraction === "" ? sign + plain : `${sign}${plain}.${fraction}`;
}

function splitAtLast(text: string, mark: string): [string, string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}

function splitPlain(text: string, locale: Locale): [string, string] | null {
  const { group } = SEPARATORS[locale];
  if (!text.includes(group) || GROUPED[locale].test(text)) return [text, ""];
  const [whole, fraction] = splitAtLast(text, group);
  return whole.includes(group) ? null : [whole, fraction];
}

/** Read an amount into minor units. Null when it is no amount, or has more decimals than the currency. */
export function parseMoney(text: string, currency: string, locale: Locale): number | null {
  const decimal = normaliseDecimal(text, locale);
  if (decimal === null) return null;
  const exponent = exponentOf(currency);
  const [whole = "0", fraction = ""] = decimal.split(".");
  const kept = fraction.replace(/0+$/, "");
  if (kept.length > exponent) return null;
  const minor = BigInt(whole + kept.padEnd(exponent, "0"));
  const magnitude = minor < 0n ? -minor : minor;
  return magnitude > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(minor);
}
