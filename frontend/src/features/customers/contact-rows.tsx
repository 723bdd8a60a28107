/** The people at the customer: who gets invoices, reminders and statements, and who is copied. */
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useRef } from "react";

import { Icon } from "@/components/icon";
import { useLanguage, wordFor } from "@/i18n";

import { blankContact, type ContactForm, ROLES } from "./contact-fields";
import classes from "./customer-form.module.css";

const MOST = 20; // as many as the server takes

interface Props {
  contacts: readonly ContactForm[];
  change: (contacts: readonly ContactForm[]) => void;
  /** By the pointer of the body: "/contacts/0/email". */
  errorAt: (pointer: string) => string | undefined;
}

export function ContactRows({ contacts, change, errorAt }: Props) {
  const { m } = useLanguage();
  const words = m.customers.edit.contacts;
  const next = useRef(0);
  const frame = useRef<HTMLDivElement>(null);
  const add = () => {
    next.current += 1;
    change([...contacts, blankContact(`new-${next.current}`)]);
    requestAnimationFrame(() => {
      frame.current?.querySelector<HTMLElement>("fieldset:last-of-type input")?.focus();
    });
  };
  const replace = (key: string, changes: Partial<ContactForm>) =>
    change(contacts.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  const remove = (key: string) => {
    change(contacts.filter((one) => one.key !== key));
    frame.current?.querySelector<HTMLElement>("[data-add]")?.focus();
  };
  return (
    <div ref={frame} className={classes.contacts}>
      <p className={classes.soft}>{contacts.length === 0 ? words.none : words.hint}</p>
      {contacts.map((contact, at) => (
        <ContactRow
          key={contact.key}
          contact={contact}
          at={at}
          change={(changes) => replace(contact.key, changes)}
          remove={() => remove(contact.key)}
          errorOf={(name) => errorAt(`/contacts/${at}/${name}`)}
        />
      ))}
      <Button
        variant="default"
        size="xs"
        data-add
        disabled={contacts.length >= MOST}
        leftSection={<Icon name="plus" size={14} />}
        onClick={add}
      >
        {words.add}
      </Button>
    </div>
  );
}

interface RowProps {
  contact: ContactForm;
  at: number;
  change: (changes: Partial<ContactForm>) => void;
  remove: () => void;
  errorOf: (name: "id" | "name" | "email" | "phone") => string | undefined;
}

function ContactRow({ contact, at, change, remove, errorOf }: RowProps) {
  const { m } = useLanguage();
  const words = m.customers.edit.contacts;
  const text = (name: "name" | "email" | "phone") => ({
    value: contact[name],
    error: errorOf(name) ?? (name === "name" ? errorOf("id") : undefined),
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [name]: event.currentTarget.value }),
  });
  return (
    <fieldset className={classes.contact}>
      <legend className={classes.legend}>{contact.name.trim() || words.nth(at + 1)}</legend>
      <div className={classes.fields}>
        <TextInput {...text("name")} label={words.name} />
        <NativeSelect
          label={words.language}
          value={contact.language}
          data={[
            { value: "", label: words.ofCustomer },
            { value: "es", label: m.common.user.spanish },
            { value: "en", label: m.common.user.english },
          ]}
          onChange={({ currentTarget: { value } }) =>
            change({ language: value === "es" || value === "en" ? value : "" })
          }
        />
        <TextInput {...text("email")} type="email" label={words.email} />
        <TextInput {...text("phone")} type="tel" label={words.phone} />
      </div>
      <Roles contact={contact} change={change} />
      <Button variant="subtle" size="xs" className={classes.remove} onClick={remove}>
        {words.remove(contact.name.trim() || words.nth(at + 1))}
      </Button>
    </fieldset>
  );
}

function Roles({ contact, change }: Pick<RowProps, "contact" | "change">) {
  const { m } = useLanguage();
  const words = m.customers.edit.contacts;
  const toggle = (role: ContactForm["roles"][number], isOn: boolean) =>
    change({
      roles: isOn ? [...contact.roles, role] : contact.roles.filter((one) => one !== role),
    });
  return (
    <div role="group" aria-label={words.gets} className={classes.roles}>
      <span aria-hidden>{words.gets}</span>
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          label={wordFor(words.roles, role)}
          checked={contact.roles.includes(role)}
          onChange={(event) => toggle(role, event.currentTarget.checked)}
        />
      ))}
      <Checkbox
        label={words.isCopy}
        disabled={contact.roles.length === 0}
        checked={contact.is_copy}
        onChange={(event) => change({ is_copy: event.currentTarget.checked })}
      />
    </div>
  );
}
