/** A step that no mail carries: a letter on paper, or a call with the numbers to dial. */
import { useQuery } from "@tanstack/react-query";

import { customerQuery } from "@/api/customer-search";
import type { Customer, NextMessage } from "@/api/models";
import { useLanguage } from "@/i18n";

import classes from "./chase.module.css";

interface Props {
  channel: NextMessage["channel"];
  customerId: string;
}

export function OtherWay({ channel, customerId }: Props) {
  const { m } = useLanguage();
  if (channel === "letter") return <p className={classes.soft}>{m.chase.byPost}</p>;
  if (channel !== "call") return null;
  return (
    <div className={classes.calls}>
      <p className={classes.soft}>{m.chase.byPhone}</p>
      <Phones customerId={customerId} />
    </div>
  );
}

/** Whom to call, each number a link that a telephone dials. */
export function Phones({ customerId }: { customerId: string }) {
  const { m } = useLanguage();
  const customer = useQuery(customerQuery(customerId));
  if (customer.data === undefined) return null;
  const numbers = phonesOf(customer.data);
  if (numbers.length === 0) return <p className={classes.soft}>{m.chase.noPhone}</p>;
  return (
    <ul className={classes.phones} aria-label={m.chase.callThem}>
      {numbers.map(({ name, phone }) => (
        <li key={`${name} ${phone}`}>
          <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>
          <span className={classes.soft}>{name}</span>
        </li>
      ))}
    </ul>
  );
}

/** The numbers of the contacts, then the customer's own; none twice. */
export function phonesOf({ name, phone, contacts }: Pick<Customer, "name" | "phone" | "contacts">) {
  const all = [
    ...contacts.map((one) => ({ name: one.name, phone: one.phone ?? "" })),
    { name, phone: phone ?? "" },
  ].filter((one) => one.phone !== "");
  return all.filter((one, at) => all.findIndex((other) => other.phone === one.phone) === at);
}
