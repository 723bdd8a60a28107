/** Lines of an invoice as they are being written, and the way to the API's body. */
import type { LineInput } from "@/api/models";
import { editableAmount, type Locale, normaliseDecimal, parseMoney } from "@/lib/money";
import { fractionOf, percentOf } from "@/lib/rates";

export interface LineDraft {
  key: string;
  description: string;
  quantity: string;
  price: string;
  tax: string;
  discount: string;
}

export type LineField = Exclude<keyof LineDraft, "key">;

/** What is wrong by JSON pointer, in the server's way, so that its errors and ours meet on the field. */
export type Flaw = "required" | "amount" | "number" | "rate";
export type Flaws = ReadonlyMap<string, Flaw>;

export function emptyLine(tax: string): LineDraft {
  return { key: crypto.randomUUID(), description: "", quantity: "1", price: "", tax, discount: "" };
}

/** A line that was written before, to go on writing it. */
export function lineDraftOf(line: Required<LineInput>, currency: string, locale: Locale): LineDraft {
  return {
    key: crypto.randomUUID(),
    description: line.description,
    quantity: locale === "es" ? line.quantity.replace(".", ",") : line.quantity,
    price: editableAmount(line.unit_price_minor, currency, locale),
    tax: percentOf(line.tax_rate, locale),
    discount: line.discount_rate === "0" ? "" : percentOf(line.discount_rate, locale),
  };
}

export function isBlank(line: LineDraft): boolean {
  return line.description.trim() === "" && line.price.trim() === "";
}

/** The lines without the blank ones at the end. Those before keep their place, and so their pointers. */
export function writtenLines(lines: readonly LineDraft[]): LineDraft[] {
  const last = lines.findLastIndex((line) => !isBlank(line));
  return lines.slice(0, last + 1);
}

export function moved(lines: readonly LineDraft[], from: number, step: 1 | -1): LineDraft[] {
  const to = from + step;
  if (to < 0 || to >= lines.length) return [...lines];
  const rest = lines.filter((_, index) => index !== from);
  return rest.toSpliced(to, 0, ...lines.slice(from, from + 1));
}

function quantityOf(text: string, locale: Locale): string | null {
  const decimal = normaliseDecimal(text, locale);
  return decimal !== null && /^-?\d{1,12}(\.\d{1,6})?$/.test(decimal) ? decimal : null;
}

/** One line as the API takes it, or what is wrong with each field. */
export function lineInput(
  line: LineDraft,
  currency: string,
  locale: Locale,
): { input: LineInput } | { flaws: [LineField, Flaw][] } {
  const quantity = quantityOf(line.quantity, locale);
  const price = parseMoney(line.price, currency, locale);
  const tax = fractionOf(line.tax.trim() === "" ? "0" : line.tax, locale);
  const discount = fractionOf(line.discount.trim() === "" ? "0" : line.discount, locale);
  const flaws: [LineField, Flaw][] = [];
  if (line.description.trim() === "") flaws.push(["description", "required"]);
  if (quantity === null) flaws.push(["quantity", "number"]);
  if (price === null) flaws.push(["price", line.price.trim() === "" ? "required" : "amount"]);
  if (tax === null) flaws.push(["tax", "rate"]);
  if (discount === null) flaws.push(["discount", "rate"]);
  if (quantity === null || price === null || tax === null || discount === null || flaws.length > 0) {
    return { flaws };
  }
  return {
    input: {
      description: line.description.trim(),
      quantity,
      unit_price_minor: price,
      tax_rate: percentText(tax),
      discount_rate: percentText(discount),
    },
  };
}

/** The API reads a bare number above 0.4 as ambiguous: what a person wrote as percent goes as such. */
export function percentText(fraction: string): string {
  return fraction === "0" ? "0" : `${percentOf(fraction, "en")}%`;
}

const POINTERS: Record<LineField, string> = {
  description: "description",
  quantity: "quantity",
  price: "unit_price_minor",
  tax: "tax_rate",
  discount: "discount_rate",
};

export function pointerOf(index: number, field: LineField): string {
  return `/lines/${index}/${POINTERS[field]}`;
}

/** All lines as the API takes them, and what is wrong by pointer. */
export function lineInputs(
  lines: readonly LineDraft[],
  currency: string,
  locale: Locale,
): { inputs: LineInput[]; flaws: Map<string, Flaw> } {
  const flaws = new Map<string, Flaw>();
  const inputs: LineInput[] = [];
  const written = writtenLines(lines);
  for (const [index, line] of (written.length === 0 ? lines : written).entries()) {
    const result = lineInput(line, currency, locale);
    if ("input" in result) inputs.push(result.input);
    else for (const [field, flaw] of result.flaws) flaws.set(pointerOf(index, field), flaw);
  }
  return { inputs, flaws };
}
