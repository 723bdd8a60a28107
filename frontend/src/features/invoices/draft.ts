/** A draft as it is being written: texts of fields, the lines' order, and the way to the API's body. */
import type { Customer, CustomerRow, Invoice, InvoiceInput } from "@/api/models";
import type { Locale } from "@/lib/money";
import { emptyLine, type Flaws, type LineDraft, lineDraftOf, lineInputs } from "@/lines/lines";

import { AS_CUSTOMER, type DiscountDraft, discountDraftOf, discountInput } from "./discount-draft";

export interface ChosenCustomer {
  id: string;
  name: string;
  termsDays: number;
}

export interface Draft {
  customer: ChosenCustomer | null;
  currency: string;
  issueDate: string;
  dueDate: string;
  series: string;
  purchaseOrder: string;
  notes: string;
  discount: DiscountDraft;
  lines: LineDraft[];
}

export function emptyDraft(currency: string, tax: string): Draft {
  return {
    customer: null,
    currency,
    issueDate: "",
    dueDate: "",
    series: "",
    purchaseOrder: "",
    notes: "",
    discount: AS_CUSTOMER,
    lines: [emptyLine(tax)],
  };
}

export function chosen(customer: Customer | CustomerRow): ChosenCustomer {
  return { id: customer.id, name: customer.name, termsDays: customer.terms_days };
}

/** The draft to go on writing. */
export function draftOf(invoice: Invoice, customer: Customer, locale: Locale): Draft {
  return {
    customer: chosen(customer),
    currency: invoice.currency,
    issueDate: invoice.issue_date ?? "",
    dueDate: invoice.due_date ?? "",
    series: invoice.series,
    purchaseOrder: invoice.purchase_order ?? "",
    notes: invoice.notes ?? "",
    discount: discountDraftOf(invoice.discount, locale),
    lines: invoice.lines.map((line) => lineDraftOf(line, invoice.currency, locale)),
  };
}

/** The same lines for the same customer, with new dates. */
export function copyOf(invoice: Invoice, customer: Customer, locale: Locale): Draft {
  const draft = draftOf(invoice, customer, locale);
  return { ...draft, issueDate: "", dueDate: "", purchaseOrder: "" };
}

/** The whole body, or what is wrong by pointer. */
export function invoiceInput(
  draft: Draft,
  locale: Locale,
): { input: InvoiceInput } | { flaws: Flaws } {
  const { inputs: lines, flaws } = lineInputs(draft.lines, draft.currency, locale);
  const discount = discountInput(draft.discount, locale);
  if (draft.customer === null) flaws.set("/customer_id", "required");
  if ("flaws" in discount) for (const [pointer, flaw] of discount.flaws) flaws.set(pointer, flaw);
  if (draft.customer === null || "flaws" in discount || flaws.size > 0) return { flaws };
  return {
    input: {
      customer_id: draft.customer.id,
      currency: draft.currency,
      lines,
      issue_date: draft.issueDate || null,
      due_date: draft.dueDate || null,
      series: draft.series || null,
      purchase_order: draft.purchaseOrder.trim() || null,
      notes: draft.notes.trim() || null,
      ...(discount.terms !== undefined && { discount: discount.terms }),
    },
  };
}
