/** The fields of a customer. What is wrong stands at its field, the server's word for it too. */
import { Button } from "@mantine/core";
import { type SyntheticEvent, useRef, useState } from "react";
import { Link } from "wouter";

import { CommandError } from "@/components/command-error";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useFocusFirstError } from "@/lib/first-error";

import { ContactFields, IdentityFields, TermsFields } from "./customer-form-parts";
import { DiscountFields } from "./discount-fields";
import { type CustomerFormState, type Wrong, wrongIn } from "./customer-fields";
import classes from "./customer-form.module.css";

const POINTERS: Partial<Record<keyof CustomerFormState, string>> = {
  credit_limit: "/credit_limit_minor",
  discount_rate: "/discount/rate",
  discount_days: "/discount/days",
};

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
  const [wrong, setWrong] = useState<Wrong>({});
  const frame = useRef<HTMLFormElement>(null);
  useFocusFirstError(frame, Object.keys(wrong).length > 0 ? wrong : error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const found = wrongIn(form, first, locale);
    setWrong(found);
    if (Object.keys(found).length === 0) onSubmit(form, first, version);
  };
  const words = m.customers.edit;
  const refused = useFieldErrors(error);
  const parts = {
    form,
    change: (changes: Partial<CustomerFormState>) => setForm({ ...form, ...changes }),
    errorOf: (name: keyof CustomerFormState) => {
      const mine = wrong[name];
      return mine ? words[mine] : refused.get(POINTERS[name] ?? `/${name}`);
    },
  };
  return (
    <form ref={frame} onSubmit={submit} noValidate className={classes.form}>
      <Panel title={words.identity}>
        <IdentityFields {...parts} />
      </Panel>
      <Panel title={words.contact}>
        <ContactFields {...parts} />
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
