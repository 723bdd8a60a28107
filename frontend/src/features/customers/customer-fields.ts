/** The form of a customer as text, and the bodies that come of it. */
import type { Customer, CustomerChange, CustomerInput, Me } from "@/api/models";
import { isEmail } from "@/lib/email";

export interface CustomerFormState {
  name: string;
  tax_id: string;
  country: string;
  address: string;
  email: string;
  phone: string;
  language: "es" | "en";
  time_zone: string;
  currency: string;
  terms_days: string;
  segment: string;
  notes: string;
}

/** A new customer's form; blank terms mean the company's own. */
export function blankForm(me: Me): CustomerFormState {
  return {
    name: "",
    tax_id: "",
    country: "ES",
    address: "",
    email: "",
    phone: "",
    language: me.language,
    time_zone: me.time_zone,
    currency: me.currency,
    terms_days: "",
    segment: "",
    notes: "",
  };
}

export function formOf(customer: Customer): CustomerFormState {
  return {
    name: customer.name,
    tax_id: customer.tax_id ?? "",
    country: customer.country,
    address: customer.address ?? "",
    email: customer.email ?? "",
    phone: customer.phone ?? "",
    language: customer.language,
    time_zone: customer.time_zone,
    currency: customer.currency,
    terms_days: String(customer.terms_days),
    segment: customer.segment ?? "",
    notes: customer.notes ?? "",
  };
}

/** The body of a form; what is blank is null. */
export function inputOf(form: CustomerFormState): CustomerInput {
  return {
    name: form.name.trim(),
    tax_id: textOrNull(form.tax_id),
    country: form.country,
    address: textOrNull(form.address),
    email: textOrNull(form.email),
    phone: textOrNull(form.phone),
    language: form.language,
    time_zone: form.time_zone,
    currency: form.currency,
    terms_days: form.terms_days.trim() === "" ? null : Number(form.terms_days),
    segment: textOrNull(form.segment),
    notes: textOrNull(form.notes),
  };
}

/** Only what differs, so that a field somebody else changed is not set back. */
export function changesOf(form: CustomerFormState, first: CustomerFormState): CustomerChange {
  const [after, before] = [inputOf(form), inputOf(first)];
  const names = Object.keys(after) as (keyof CustomerInput)[];
  return Object.fromEntries(
    names.filter((name) => after[name] !== before[name]).map((name) => [name, after[name]]),
  );
}

function textOrNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

export type Wrong = Partial<Record<keyof CustomerFormState, "badName" | "badEmail" | "days">>;

/** What can be told wrong without asking the server. Only a new customer's terms may be blank. */
export function wrongIn(form: CustomerFormState, first: CustomerFormState): Wrong {
  const wrong: Wrong = {};
  if (form.name.trim() === "") wrong.name = "badName";
  if (form.email.trim() !== "" && !isEmail(form.email)) wrong.email = "badEmail";
  const days = form.terms_days.trim();
  const isBlank = days === "" && first.terms_days === "";
  if (!isBlank && (!/^\d{1,3}$/.test(days) || Number(days) > 365)) {
    wrong.terms_days = "days";
  }
  return wrong;
}
