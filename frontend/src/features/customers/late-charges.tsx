/** Interest, compensation and fees claimed of a customer and not decided yet. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { LateChargeRow } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { lateChargesQuery } from "./customers-api";
import classes from "./customer.module.css";

export function LateCharges({ id }: { id: string }) {
  const { m } = useLanguage();
  const charges = useQuery(lateChargesQuery(id));
  if (charges.error) {
    return (
      <Panel title={m.customers.one.lateCharges}>
        <ErrorState error={charges.error} retry={() => void charges.refetch()} />
      </Panel>
    );
  }
  // Most customers have none: nothing is drawn until there is something to say.
  const { data } = charges;
  if (data === undefined || data.length === 0) return null;
  return (
    <Panel title={m.customers.one.lateCharges} padding="flush">
      <ul className={classes.rows}>
        {data.map((charge) => (
          <Row key={charge.id} charge={charge} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({ charge }: { charge: LateChargeRow }) {
  const { m, locale } = useLanguage();
  const words = m.customers.one;
  const { currency, compensation_minor: compensation, fee_minor: fee } = charge;
  const isFeeAlone = charge.interest_minor === 0 && compensation === 0;
  const [from = "", until = ""] = [charge.from_day, charge.until_day].map((day) => formatDay(day, locale));
  const parts = [
    compensation > 0 ? words.compensation(formatMoney(compensation, currency, locale)) : null,
    fee > 0 ? words.fee(formatMoney(fee, currency, locale)) : null,
  ].filter((part) => part !== null);
  return (
    <li>
      <Link href={pages.invoice(charge.invoice_id)} className={classes.row}>
        <span className={classes.rowTitle}>{charge.number}</span>
        <Money minor={charge.total_minor} currency={currency} />
        <span className={classes.rowDetail}>
          {isFeeAlone ? words.lateOn(until) : words.lateBetween(from, until)}
        </span>
        <span className={classes.rowDetail}>
          {parts.length > 0 ? words.with(new Intl.ListFormat(locale).format(parts)) : null}
        </span>
      </Link>
    </li>
  );
}
