/** A recurring invoice as it is being written, and the way to the API's body. */
import type { Customer, Recurring, RecurringInput } from "@/api/models";
import type { Locale } from "@/lib/money";
import { emptyLine, type Flaw, type LineDraft, lineDraftOf, lineInputs } from "@/lines/lines";

export interface RecurringForm {
  customer: Pick<Customer, "id" | "name"> | null;
  currency: string;
  lines: LineDraft[];
  every: RecurringInput["every"];
  onDay: string;
  start: string;
  end: string;
  terms: string;
  order: string;
  notes: string;
  autoSend: boolean;
}

const USUAL_TAX = "21"; // as for a new invoice; each line can differ

export function blankForm(currency: string, start: string, customer: Customer | null): RecurringForm {
  return {
    customer,
    currency: customer?.currency ?? currency,
    lines: [emptyLine(USUAL_TAX)],
    every: "month",
    onDay: "",
    start,
    end: "",
    terms: "",
    order: "",
    notes: "",
    autoSend: true,
  };
}

export function formOf(one: Recurring, locale: Locale): RecurringForm {
  return {
    customer: { id: one.customer_id, name: one.customer_name },
    currency: one.currency,
    lines: one.lines.map((line) => lineDraftOf(line, one.currency, locale)),
    every: one.every,
    onDay: String(one.on_day),
    start: one.start_on,
    end: one.end_on ?? "",
    terms: one.terms_days === null ? "" : String(one.terms_days),
    order: one.purchase_order ?? "",
    notes: one.notes ?? "",
    autoSend: one.auto_send,
  };
}

export type FormFlaw = Flaw | "badDay" | "badEnd" | "badTerms" | "date";

/** The body, or what is wrong by pointer. */
export function inputOf(
  form: RecurringForm,
  locale: Locale,
): { input: RecurringInput } | { flaws: ReadonlyMap<string, FormFlaw> } {
  const { inputs, flaws: ofLines } = lineInputs(form.lines, form.currency, locale);
  const flaws = new Map<string, FormFlaw>([...ofLines, ...flawsOf(form)]);
  if (form.customer === null || flaws.size > 0) return { flaws };
  return {
    input: {
      customer_id: form.customer.id,
      currency: form.currency,
      lines: inputs,
      every: form.every,
      on_day: form.onDay.trim() === "" ? null : Number(form.onDay),
      start_on: form.start,
      end_on: form.end || null,
      terms_days: form.terms.trim() === "" ? null : Number(form.terms),
      purchase_order: form.order.trim() || null,
      notes: form.notes.trim() || null,
      auto_send: form.autoSend,
    },
  };
}

function flawsOf(form: RecurringForm): [string, FormFlaw][] {
  const flaws: [string, FormFlaw][] = [];
  const day = form.onDay.trim();
  const last = form.every === "week" ? 7 : 31;
  if (form.customer === null) flaws.push(["/customer_id", "required"]);
  if (day !== "" && !(/^\d{1,2}$/.test(day) && Number(day) >= 1 && Number(day) <= last)) {
    flaws.push(["/on_day", "badDay"]);
  }
  if (form.start === "") flaws.push(["/start_on", "date"]);
  if (form.end !== "" && form.end < form.start) flaws.push(["/end_on", "badEnd"]);
  if (!/^\d{0,3}$/.test(form.terms.trim()) || Number(form.terms) > 365) {
    flaws.push(["/terms_days", "badTerms"]);
  }
  return flaws;
}

/** Only what differs, so that what somebody else changed is not set back. */
export function changesOf(after: RecurringInput, before: RecurringInput): Partial<RecurringInput> {
  const names = Object.keys(after) as (keyof RecurringInput)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]))
      .map((name) => [name, after[name]]),
  );
}
