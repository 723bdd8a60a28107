/** Which of a customer's open invoices an agreement is about; a single one is only named. */
import { Checkbox } from "@mantine/core";

import { Money } from "@/components/money";

import type { AgreedInvoice } from "./agreements-api";
import classes from "./agreements.module.css";

interface Props {
  label: string;
  invoices: readonly AgreedInvoice[];
  currency: string;
  chosen: ReadonlySet<string>;
  change: (chosen: ReadonlySet<string>) => void;
}

export function ChosenInvoices(props: Props) {
  const [only] = props.invoices;
  if (only === undefined || props.invoices.length > 1) return <Choice {...props} />;
  return (
    <p className={classes.only}>
      <strong>{only.number}</strong>
      <Money minor={only.open_minor} currency={props.currency} />
    </p>
  );
}

function Choice({ label, invoices, currency, chosen, change }: Props) {
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    change(next);
  };
  return (
    <fieldset className={classes.invoices}>
      <legend>{label}</legend>
      <ul className={classes.scroll}>
        {invoices.map((invoice) => (
          <li key={invoice.id} className={classes.invoice}>
            <Checkbox
              size="sm"
              label={invoice.number}
              checked={chosen.has(invoice.id)}
              onChange={() => toggle(invoice.id)}
            />
            <Money minor={invoice.open_minor} currency={currency} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** What the chosen invoices add up to; of all of them when none is chosen. */
export function sumOfChosen(
  invoices: readonly AgreedInvoice[],
  chosen: ReadonlySet<string>,
): number {
  return invoices
    .filter(({ id }) => chosen.size === 0 || chosen.has(id))
    .reduce((sum, { open_minor }) => sum + open_minor, 0);
}
