/** Who we write to, and in which language. A new address is asked for, not set. */
import { useState } from "react";

import { patch } from "@/api/client";
import { isEmail } from "@/lib/email";
import { fieldTexts } from "@/lib/failures";

import { Button } from "../base/button";
import { Field } from "../base/field";
import { useHome } from "../base/home";
import { Card, Notice, Refused, Soft } from "../base/parts";
import { Screen } from "../base/screen";
import { useSend } from "../base/send";
import type { Contact, ContactChange } from "../model";
import { endpoints } from "../paths";
import { useAllWords } from "../words";

export default function DetailsScreen() {
  const { w } = useAllWords();
  const { customer, has_contact: hasContact } = useHome();
  return (
    <Screen title={w.details.title}>
      {hasContact ? <ContactForm contact={customer.contact} /> : null}
      <Card>
        <div>
          <Soft>{w.details.customer}</Soft>
          <p>{customer.name}</p>
          {customer.tax_id === null ? null : (
            <p>
              {w.details.taxId} {customer.tax_id}
            </p>
          )}
        </div>
        <Soft>{w.details.fixed}</Soft>
      </Card>
    </Screen>
  );
}

type Form = Record<"name" | "email" | "phone", string> & Pick<Contact, "language">;

function formOf({ name, email, phone, language }: Contact): Form {
  return { name, email: email ?? "", phone: phone ?? "", language };
}

/** Only what was changed: what somebody else changed meanwhile is left alone. */
function changesOf(form: Form, contact: Contact): ContactChange {
  const before = formOf(contact);
  const changed = Object.entries(form)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => value !== before[name as keyof Form]);
  return Object.fromEntries(changed);
}

function ContactForm({ contact }: { contact: Contact }) {
  const { w } = useAllWords();
  const { read_only: isReadOnly } = useHome();
  const [form, setForm] = useState(formOf(contact));
  const [saved, setSaved] = useState<string | null>(null);
  const save = useSend((change: ContactChange) => patch(endpoints.contact, change, undefined));
  const refused = fieldTexts(save.error, w.errors);
  const changes = changesOf(form, contact);
  const wrong = {
    name: form.name.trim() === "" ? w.errors.required : null,
    email: form.email.trim() !== "" && !isEmail(form.email.trim()) ? w.details.invalidEmail : null,
  };
  const put = (change: Partial<Form>) => {
    setSaved(null);
    setForm({ ...form, ...change });
  };
  const isReady = Object.keys(changes).length > 0 && wrong.name === null && wrong.email === null;
  const confirm = () => {
    save.send(changes, () => {
      setSaved("email" in changes ? w.details.savedEmail : w.details.saved);
      setForm({ ...form, email: contact.email ?? "" });
    });
  };
  const asked = contact.requested_email;
  return (
    <Card>
      {contact.id === null ? null : (
        <Field label={w.details.name} error={wrong.name ?? refused.get("/name")}>
          {(worn) => (
            <input {...worn} autoComplete="name" value={form.name} onChange={(event) => put({ name: event.target.value })} />
          )}
        </Field>
      )}
      <Field label={w.details.phone} error={refused.get("/phone")} isOptional>
        {(worn) => (
          <input {...worn} type="tel" autoComplete="tel" value={form.phone} onChange={(event) => put({ phone: event.target.value })} />
        )}
      </Field>
      <Field label={w.details.email} hint={w.details.emailHint} error={wrong.email ?? refused.get("/email")}>
        {(worn) => (
          <input {...worn} type="email" autoComplete="email" value={form.email} onChange={(event) => put({ email: event.target.value })} />
        )}
      </Field>
      {asked === null ? null : <Notice>{w.details.emailWaiting(asked)}</Notice>}
      <Field label={w.details.language} error={refused.get("/language")}>
        {(worn) => (
          <select {...worn} value={form.language} onChange={(event) => put({ language: event.target.value === "en" ? "en" : "es" })}>
            <option value="es">{w.details.spanish}</option>
            <option value="en">{w.details.english}</option>
          </select>
        )}
      </Field>
      <Refused error={save.error} />
      {saved === null ? null : <Notice tone="good">{saved}</Notice>}
      <Button kind="main" isWide isPending={save.isPending} disabled={!isReady || isReadOnly} onClick={confirm}>
        {w.details.save}
      </Button>
    </Card>
  );
}
