/** The form of the company's settings as text, and the body that comes of it. */
import type { Company, CompanyInput } from "@/api/models";
import { isColour } from "@/lib/colour";
import { isEmail } from "@/lib/email";

export interface CompanyForm {
  name: string;
  tax_id: string;
  address: string;
  country: string;
  iban: string;
  invoice_footer: string;
  email: string;
  phone: string;
  website: string;
  reply_to: string;
  language: "es" | "en";
  currency: string;
  time_zone: string;
  terms_days: string;
  default_series: string;
  accent: string;
}

export function formOf(company: Company): CompanyForm {
  return {
    name: company.name,
    tax_id: company.tax_id ?? "",
    address: company.address ?? "",
    country: company.country,
    iban: groupedIban(company.iban ?? ""),
    invoice_footer: company.invoice_footer ?? "",
    email: company.email ?? "",
    phone: company.phone ?? "",
    website: company.website ?? "",
    reply_to: company.reply_to ?? "",
    language: company.language,
    currency: company.currency,
    time_zone: company.time_zone,
    terms_days: String(company.terms_days),
    default_series: company.default_series,
    accent: company.accent,
  };
}

export function isSameForm(one: CompanyForm, other: CompanyForm): boolean {
  return (Object.keys(one) as (keyof CompanyForm)[]).every((name) => one[name] === other[name]);
}

/** All settings as PUT replaces them: those of the form, and whether sending is frozen as it was. */
export function inputOf(form: CompanyForm, isFrozen: boolean): CompanyInput {
  return {
    name: form.name.trim(),
    tax_id: textOrNull(form.tax_id),
    address: textOrNull(form.address),
    country: form.country,
    iban: textOrNull(bareIban(form.iban)),
    invoice_footer: textOrNull(form.invoice_footer),
    email: textOrNull(form.email),
    phone: textOrNull(form.phone),
    website: textOrNull(form.website),
    reply_to: textOrNull(form.reply_to),
    language: form.language,
    currency: form.currency,
    time_zone: form.time_zone,
    terms_days: Number(form.terms_days),
    default_series: form.default_series.trim(),
    accent: form.accent,
    sending_frozen: isFrozen,
  };
}

/** The settings as they are, with sending frozen or not: what is half written stays in the form. */
export function withFrozen(company: Company, isFrozen: boolean): CompanyInput {
  // The version goes as If-Match, not in the body.
  const settings = Object.entries(company).filter(([name]) => name !== "version");
  return { ...(Object.fromEntries(settings) as unknown as CompanyInput), sending_frozen: isFrozen };
}

function textOrNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

function bareIban(text: string): string {
  return text.replace(/\s/g, "").toUpperCase();
}

/** "ES91 2100 0418 …", as people read and check it. */
export function groupedIban(text: string): string {
  return bareIban(text).replace(/(.{4})(?=.)/g, "$1 ");
}

/** The check digits of ISO 13616: moved to the end and letters as numbers, the rest by 97 is 1. */
export function isIban(text: string): boolean {
  const bare = bareIban(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(bare)) return false;
  const turned = bare.slice(4) + bare.slice(0, 4);
  const digits = turned.replace(/[A-Z]/g, (letter) => Number.parseInt(letter, 36).toString());
  return BigInt(digits) % 97n === 1n;
}

export type CompanyError =
  | "badName"
  | "badIban"
  | "badEmail"
  | "badDays"
  | "badSeries"
  | "badAccent";

export function wrongIn(form: CompanyForm): Partial<Record<keyof CompanyForm, CompanyError>> {
  const wrong: Partial<Record<keyof CompanyForm, CompanyError>> = {};
  if (form.name.trim() === "") wrong.name = "badName";
  if (form.iban.trim() !== "" && !isIban(form.iban)) wrong.iban = "badIban";
  for (const field of ["email", "reply_to"] as const) {
    const text = form[field].trim();
    if (text !== "" && !isEmail(text)) wrong[field] = "badEmail";
  }
  if (!/^\d{1,3}$/.test(form.terms_days.trim()) || Number(form.terms_days) > 365) {
    wrong.terms_days = "badDays";
  }
  if (!/^[A-Z0-9]{1,10}$/.test(form.default_series.trim())) wrong.default_series = "badSeries";
  if (!isColour(form.accent)) wrong.accent = "badAccent";
  return wrong;
}
