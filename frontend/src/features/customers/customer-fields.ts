/** The form of a customer as text, and the bodies that come of it. */
import type { Customer, CustomerChange, CustomerInput, Me } from "@/api/models";
import { isEmail } from "@/lib/email";
import { editableAmount, type Locale, parseMoney } from "@/lib/money";
import { fractionOf, percentOf } from "@/lib/rates";

import { type ContactForm, contactFormsOf, contactsOf } from "./contact-fields";

type Discount = NonNullable<Customer["discount"]>;

export interface CustomerFormState {
  type: Customer["type"];
  credit_limit: string;
  discount_rate: string;
  discount_days: string;
  discount_part_payment: Discount["part_payment"];
  discount_tax: Discount["tax"];
  name: string;
  tax_id: string;
  code: string;
  country: string;
  address: string;
  email: string;
  phone: string;
  language: "es" | "en";
  time_zone: string;
  currency: string;
  terms_days: string;
  segment: string;
  region: string;
  policy_id: string;
  owner: string;
  statements: "company" | "always" | "never";
  contacts: readonly ContactForm[];
  notes: string;
}

/** A new customer's form; blank terms mean the company's own. */
export function blankForm(me: Me): CustomerFormState {
  return {
    type: "business",
    credit_limit: "",
    ...NO_DISCOUNT,
    name: "",
    tax_id: "",
    code: "",
    country: "ES",
    address: "",
    email: "",
    phone: "",
    language: me.language,
    time_zone: me.time_zone,
    currency: me.currency,
    terms_days: "",
    segment: "",
    region: "",
    policy_id: "",
    owner: "",
    statements: "company",
    contacts: [],
    notes: "",
  };
}

const NO_DISCOUNT = {
  discount_rate: "",
  discount_days: "",
  discount_part_payment: "strict",
  discount_tax: "included",
} as const;

export function formOf(customer: Customer, locale: Locale): CustomerFormState {
  const { credit_limit_minor: limit, currency, discount } = customer;
  return {
    type: customer.type,
    credit_limit: limit === null ? "" : editableAmount(limit, currency, locale),
    ...(discount === null
      ? NO_DISCOUNT
      : {
          discount_rate: percentOf(discount.rate, locale),
          discount_days: String(discount.days),
          discount_part_payment: discount.part_payment,
          discount_tax: discount.tax,
        }),
    name: customer.name,
    tax_id: customer.tax_id ?? "",
    code: customer.code ?? "",
    country: customer.country,
    address: customer.address ?? "",
    email: customer.email ?? "",
    phone: customer.phone ?? "",
    language: customer.language,
    time_zone: customer.time_zone,
    currency: customer.currency,
    terms_days: String(customer.terms_days),
    segment: customer.segment ?? "",
    region: customer.region ?? "",
    policy_id: customer.policy_id ?? "",
    owner: customer.owner ?? "",
    statements: customer.statements === null ? "company" : customer.statements ? "always" : "never",
    contacts: contactFormsOf(customer),
    notes: customer.notes ?? "",
  };
}

/** The body of a form; what is blank is null. */
export function inputOf(form: CustomerFormState, locale: Locale): CustomerInput {
  const isLimited = form.credit_limit.trim() !== "";
  return {
    type: form.type,
    credit_limit_minor: isLimited ? parseMoney(form.credit_limit, form.currency, locale) : null,
    discount: discountOf(form, locale),
    name: form.name.trim(),
    tax_id: textOrNull(form.tax_id),
    code: textOrNull(form.code),
    country: form.country,
    address: textOrNull(form.address),
    email: textOrNull(form.email),
    phone: textOrNull(form.phone),
    language: form.language,
    time_zone: form.time_zone,
    currency: form.currency,
    terms_days: form.terms_days.trim() === "" ? null : Number(form.terms_days),
    segment: textOrNull(form.segment),
    region: textOrNull(form.region),
    policy_id: textOrNull(form.policy_id),
    owner: textOrNull(form.owner),
    statements: form.statements === "company" ? null : form.statements === "always",
    contacts: contactsOf(form.contacts),
    notes: textOrNull(form.notes),
  };
}

/** Only what differs, so that a field somebody else changed is not set back. */
export function changesOf(
  form: CustomerFormState,
  first: CustomerFormState,
  locale: Locale,
): CustomerChange {
  const [after, before] = [inputOf(form, locale), inputOf(first, locale)];
  const names = Object.keys(after) as (keyof CustomerInput)[];
  const isChanged = (name: keyof CustomerInput) =>
    JSON.stringify(after[name]) !== JSON.stringify(before[name]) ||
    // A limit is in the customer's currency: with another one it is said anew.
    (name === "credit_limit_minor" && after[name] !== null && after.currency !== before.currency);
  return Object.fromEntries(names.filter(isChanged).map((name) => [name, after[name]]));
}

/** Without a rate there is no discount. */
function discountOf(form: CustomerFormState, locale: Locale): CustomerInput["discount"] {
  const rate = fractionOf(form.discount_rate, locale);
  if (form.discount_rate.trim() === "" || rate === null) return null;
  return {
    rate,
    days: Number(form.discount_days),
    part_payment: form.discount_part_payment,
    tax: form.discount_tax,
  };
}

function textOrNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

export type Wrong = Partial<
  Record<keyof CustomerFormState, "badName" | "badEmail" | "days" | "badLimit" | "badRate">
>;

/** What can be told wrong without asking the server. Only a new customer's terms may be blank. */
export function wrongIn(
  form: CustomerFormState,
  first: CustomerFormState,
  locale: Locale,
): Wrong {
  const wrong: Wrong = {};
  if (form.name.trim() === "") wrong.name = "badName";
  if (form.email.trim() !== "" && !isEmail(form.email)) wrong.email = "badEmail";
  if (form.owner.trim() !== "" && !isEmail(form.owner)) wrong.owner = "badEmail";
  const days = form.terms_days.trim();
  const isBlank = days === "" && first.terms_days === "";
  if (!isBlank && (!/^\d{1,3}$/.test(days) || Number(days) > 365)) {
    wrong.terms_days = "days";
  }
  const limit = form.credit_limit.trim();
  if (limit !== "" && (parseMoney(limit, form.currency, locale) ?? -1) < 0) {
    wrong.credit_limit = "badLimit";
  }
  return { ...wrong, ...wrongDiscount(form, locale) };
}

function wrongDiscount(form: CustomerFormState, locale: Locale): Wrong {
  if (form.discount_rate.trim() === "") return {};
  const rate = fractionOf(form.discount_rate, locale);
  const isRate = rate !== null && Number(rate) > 0 && Number(rate) < 1;
  const isDays = /^\d{1,3}$/.test(form.discount_days.trim()) && Number(form.discount_days) <= 365;
  return {
    ...(!isRate && { discount_rate: "badRate" }),
    ...(!isDays && { discount_days: "days" }),
  };
}
