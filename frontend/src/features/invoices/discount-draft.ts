/** The early-payment discount of a draft as it is being written. */
import type { DiscountTerms, DiscountTermsInput } from "@/api/models";
import type { Locale } from "@/lib/money";
import { fractionOf, percentOf } from "@/lib/rates";
import { type Flaw, percentText } from "@/lines/lines";

export interface DiscountDraft {
  /** `customer`: whatever the customer is offered when the draft is first saved. */
  kind: "customer" | "none" | "own";
  rate: string;
  days: string;
  partPayment: DiscountTerms["part_payment"];
  tax: DiscountTerms["tax"];
}

const BLANK = { rate: "", days: "", partPayment: "strict", tax: "included" } as const;

export const AS_CUSTOMER: DiscountDraft = { kind: "customer", ...BLANK };

export function discountDraftOf(terms: DiscountTerms | null, locale: Locale): DiscountDraft {
  if (terms === null) return { kind: "none", ...BLANK };
  return {
    kind: "own",
    rate: percentOf(terms.rate, locale),
    days: String(terms.days),
    partPayment: terms.part_payment,
    tax: terms.tax,
  };
}

/** The terms for the API: null for none, undefined to leave them to the customer's. */
export function discountInput(
  draft: DiscountDraft,
  locale: Locale,
): { terms: DiscountTermsInput | null | undefined } | { flaws: [string, Flaw][] } {
  if (draft.kind === "customer") return { terms: undefined };
  if (draft.kind === "none") return { terms: null };
  const rate = fractionOf(draft.rate, locale);
  const isRate = rate !== null && rate !== "0" && draft.rate.trim() !== "";
  const isDays = /^\d{1,3}$/.test(draft.days.trim()) && Number(draft.days) <= 365;
  const flaws: [string, Flaw][] = [];
  if (!isRate) flaws.push(["/discount/rate", "rate"]);
  if (!isDays) flaws.push(["/discount/days", "number"]);
  if (!isRate || !isDays) return { flaws };
  const days = Number(draft.days);
  return {
    terms: { rate: percentText(rate), days, part_payment: draft.partPayment, tax: draft.tax },
  };
}
