/** The fields of a customer. What is wrong stands at its field, the server's word for it too. */
import { Button } from "@mantine/core";
import { type SyntheticEvent, useRef, useState } from "react";
import { Link } from "wouter";

import { CommandError } from "@/components/command-error";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useFocusFirstError } from "@/lib/first-error";

import { ChaseFields } from "./chase-fields";
import { type WrongContacts, wrongContacts } from "./contact-fields";
import { ContactRows } from "./contact-rows";
import { ContactFields, IdentityFields, TermsFields } from "./customer-form-parts";
import { DiscountFields } from "./discount-fields";
import { type CustomerFormState, type Wrong, wrongIn } from "./customer-fields";
import classes from "./customer-form.module.css";

const POINTERS: Partial<Record<keyof CustomerFormState, string>> = {
  credit_limit: "/credit_limit_minor",
  discount_rate: "/discount/rate",
  discount_days: "/discount/days",
};

/** What can be told wrong without asking the server. */
interface Flaws {
  fields: Wrong;
  rows: WrongContacts;
}

interface Props {
  first: CustomerFormState;
  version?: number;
  action: string;
  back: string;
  isPending: boolean;
  error: Error | null;
  onSubmit: (form: CustomerFormState, first: CustomerFormState, version: number | undefined) => void;
}

export function CustomerForm({ action, back, isPending, error, onSubmit, ...read }: Props) {
  const { m, locale } = useLanguage();
  // What was read when the form opened: a later reread must not touch what is being written.
  const [{ first, version }] = useState(read);
  const [form, setForm] = useState(first);
  const [flaws, setFlaws] = useState<Flaws | null>(null);
  const frame = useRef<HTMLFormElement>(null);
  useFocusFirstError(frame, flaws ?? error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const found = { fields: wrongIn(form, first, locale), rows: wrongContacts(form.contacts) };
    const isSound = Object.keys(found.fields).length + found.rows.size === 0;
    setFlaws(isSound ? null : found);
    if (isSound) onSubmit(form, first, version);
  };
  const words = m.customers.edit;
  const refused = useFieldErrors(error);
  const parts = {
    form,
    change: (changes: Partial<CustomerFormState>) => setForm({ ...form, ...changes }),
    errorOf: (name: keyof CustomerFormState) => {
      const mine = flaws?.fields[name];
      return mine ? words[mine] : refused.get(POINTERS[name] ?? `/${name}`);
    },
  };
  const errorAt = (pointer: string) => {
    const mine = flaws?.rows.get(pointer);
    return mine ? words[mine] : refused.get(pointer);
  };
  return (
    <form ref={frame} onSubmit={submit} noValidate className={classes.form}>
      <Panel title={words.identity}>
        <IdentityFields {...parts} />
      </Panel>
      <Panel title={words.contact}>
        <ContactFields {...parts} />
      </Panel>
      <Panel title={words.contacts.title}>
        <ContactRows
          contacts={form.contacts}
          change={(contacts) => setForm({ ...form, contacts })}
          errorAt={errorAt}
        />
      </Panel>
      <Panel title={words.chase}>
        <ChaseFields {...parts} />
      </Panel>
      <Panel title={words.terms}>
        <TermsFields {...parts} />
      </Panel>
      <Panel title={words.discount}>
        <DiscountFields {...parts} />
      </Panel>
      <CommandError error={error} />
      <div className={classes.actions}>
        <Button type="submit" loading={isPending}>
          {action}
        </Button>
        <Button component={Link} href={back} variant="default">
          {m.common.actions.cancel}
        </Button>
      </div>
    </form>
  );
}
