/** The people at a customer as rows of a form, and the body that comes of them. */
import type { Contact, Customer } from "@/api/models";
import { isEmail } from "@/lib/email";

export type ContactRole = Contact["roles"][number];

export const ROLES: readonly ContactRole[] = ["invoices", "reminders", "statements"];

export interface ContactForm {
  /** Of the row, for as long as it is edited; a new contact gets its id from the server. */
  key: string;
  id: string;
  name: string;
  email: string;
  phone: string;
  roles: readonly ContactRole[];
  /** Blank is the customer's. */
  language: "" | "es" | "en";
  is_copy: boolean;
}

export function blankContact(key: string): ContactForm {
  return { key, id: "", name: "", email: "", phone: "", roles: [], language: "", is_copy: false };
}

export function contactFormsOf({ contacts }: Pick<Customer, "contacts">): ContactForm[] {
  return contacts.map((one, at) => ({
    key: one.id ?? `at-${at}`,
    id: one.id ?? "",
    name: one.name,
    email: one.email ?? "",
    phone: one.phone ?? "",
    roles: one.roles ?? [],
    language: one.language ?? "",
    is_copy: one.is_copy ?? false,
  }));
}

export function contactsOf(forms: readonly ContactForm[]): Contact[] {
  return forms.map((form) => ({
    id: form.id,
    name: form.name.trim(),
    email: form.email.trim() === "" ? null : form.email.trim(),
    phone: form.phone.trim() === "" ? null : form.phone.trim(),
    roles: ROLES.filter((role) => form.roles.includes(role)),
    language: form.language === "" ? null : form.language,
    is_copy: form.is_copy,
  }));
}

export type WrongContacts = ReadonlyMap<string, "badName" | "badEmail" | "emailNeeded">;

/** What is wrong by the pointer of the body: "/contacts/0/email". */
export function wrongContacts(forms: readonly ContactForm[]): WrongContacts {
  const wrong = new Map<string, "badName" | "badEmail" | "emailNeeded">();
  forms.forEach(({ name, email, roles }, at) => {
    if (name.trim() === "") wrong.set(`/contacts/${at}/name`, "badName");
    if (email.trim() === "" && roles.length > 0) wrong.set(`/contacts/${at}/email`, "emailNeeded");
    if (email.trim() !== "" && !isEmail(email)) wrong.set(`/contacts/${at}/email`, "badEmail");
  });
  return wrong;
}
