/** The people at the customer, each with what they are sent and how to reach them. */
import type { Customer } from "@/api/models";
import { Panel } from "@/components/panel";
import { useLanguage, wordFor } from "@/i18n";

import classes from "./customer.module.css";

type Contact = Customer["contacts"][number];

export function CustomerContacts({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  if (customer.contacts.length === 0) return null;
  return (
    <Panel title={m.chase.contacts.title} padding="flush">
      <ul className={classes.rows}>
        {customer.contacts.map((contact) => (
          <Row key={contact.id} contact={contact} customer={customer} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({ contact, customer }: { contact: Contact; customer: Customer }) {
  const { m } = useLanguage();
  const words = m.chase.contacts;
  const { name, email, phone, roles = [], language, is_copy: isCopy } = contact;
  const gets = roles.map((role) => wordFor(words.roles, role)).join(", ");
  const other = language && language !== customer.language ? m.customers.one.languages[language] : null;
  const details = [gets === "" ? words.nothing : gets, isCopy ? words.copy : null, other];
  return (
    <li className={classes.contact}>
      <span className={classes.rowTitle}>{name}</span>
      <span className={classes.reach}>
        {email ? <a href={`mailto:${email}`}>{email}</a> : null}
        {phone ? <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a> : null}
      </span>
      <span className={classes.rowDetail}>{details.filter(Boolean).join(" · ")}</span>
    </li>
  );
}
