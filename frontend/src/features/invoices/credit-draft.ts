/** A credit note as it is being written: all, an amount, or lines of the invoice in part. */
import type { CreditNotePreviewInput, Invoice, LineInput } from "@/api/models";
import { editableAmount, type Locale, normaliseDecimal, parseMoney } from "@/lib/money";
import { percentText } from "@/lines/lines";

export type Extent = "whole" | "amount" | "lines";

/** What is taken back of one line. */
export interface CreditLine {
  quantity: string;
  price: string;
}

export interface CreditDraft {
  extent: Extent;
  amount: string;
  lines: readonly CreditLine[];
}

/** What credit notes have left of an invoice, tax included. */
export function creditable(invoice: Invoice): number {
  return invoice.total_minor - invoice.credited_minor;
}

/** Every line as it stands on the invoice. */
export function creditDraft(invoice: Invoice, locale: Locale): CreditDraft {
  return {
    extent: "whole",
    amount: editableAmount(creditable(invoice), invoice.currency, locale),
    lines: invoice.lines.map((line) => ({
      quantity: locale === "es" ? line.quantity.replace(".", ",") : line.quantity,
      price: editableAmount(line.unit_price_minor, invoice.currency, locale),
    })),
  };
}

export type CreditFlaw =
  | { at: "amount"; flaw: "amount" | "tooMuch" }
  | { at: "line"; index: number; field: keyof CreditLine }
  | { at: "lines" };

/** The body for a preview, or what is wrong with the draft. */
export function creditInput(
  invoice: Invoice,
  draft: CreditDraft,
  locale: Locale,
): { input: CreditNotePreviewInput } | { flaw: CreditFlaw } {
  const { id: invoice_id, currency } = invoice;
  if (draft.extent === "whole") return { input: { invoice_id } };
  if (draft.extent === "lines") return linesInput(invoice, draft.lines, locale);
  const amount_minor = parseMoney(draft.amount, currency, locale);
  if (amount_minor === null || amount_minor <= 0) return { flaw: { at: "amount", flaw: "amount" } };
  if (amount_minor > creditable(invoice)) return { flaw: { at: "amount", flaw: "tooMuch" } };
  return { input: { invoice_id, amount_minor } };
}

function linesInput(
  invoice: Invoice,
  drafts: readonly CreditLine[],
  locale: Locale,
): { input: CreditNotePreviewInput } | { flaw: CreditFlaw } {
  const lines: LineInput[] = [];
  for (const [index, line] of invoice.lines.entries()) {
    const draft = drafts[index];
    if (draft === undefined || isNothing(draft.quantity, locale)) continue;
    const quantity = normaliseDecimal(draft.quantity, locale);
    if (quantity === null || !/^-?\d{1,12}(\.\d{1,6})?$/.test(quantity)) {
      return { flaw: { at: "line", index, field: "quantity" } };
    }
    const price = parseMoney(draft.price, invoice.currency, locale);
    if (price === null) return { flaw: { at: "line", index, field: "price" } };
    const { description, tax_rate, discount_rate } = line;
    const rates = { tax_rate: percentText(tax_rate), discount_rate: percentText(discount_rate) };
    lines.push({ description, quantity, unit_price_minor: price, ...rates });
  }
  if (lines.length === 0) return { flaw: { at: "lines" } };
  return { input: { invoice_id: invoice.id, lines } };
}

function isNothing(quantity: string, locale: Locale): boolean {
  const decimal = quantity.trim() === "" ? "0" : normaliseDecimal(quantity, locale);
  return decimal !== null && /^-?0*(\.0*)?$/.test(decimal);
}
