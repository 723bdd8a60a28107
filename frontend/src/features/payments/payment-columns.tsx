/** The columns of a list of payments. */
import { Link } from "wouter";

import type { PaymentRow } from "@/api/models";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { StateBadge } from "@/components/state-badge";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { customerName } from "@/lib/customer-name";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import classes from "./payments.module.css";

export function usePaymentColumns(): Column<PaymentRow>[] {
  const { m, locale } = useLanguage();
  const words = m.payments;
  return [
    {
      key: "customer",
      header: words.customer,
      phone: "title",
      render: (row) => (
        <Link href={pages.payment(row.id)} className={classes.name}>
          {customerName(row.customer_id, row.customer_name, m)}
        </Link>
      ),
    },
    {
      key: "received",
      header: words.receivedOn,
      phone: "meta",
      render: (row) => <span className={classes.day}>{formatDay(row.received_on, locale)}</span>,
    },
    {
      key: "method",
      header: words.method,
      phone: "meta",
      render: (row) =>
        row.origin === "credit_note" ? (
          <StateBadge tone="idle">{words.credit}</StateBadge>
        ) : (
          wordFor(m.words.method, row.method)
        ),
    },
    {
      key: "reference",
      header: words.reference,
      phone: "hidden",
      render: (row) => <span className={classes.reference}>{row.reference ?? m.common.none}</span>,
    },
    {
      key: "unapplied",
      header: words.unappliedPart,
      phone: "state",
      render: ({ unapplied_minor: minor, currency }) =>
        minor > 0 ? (
          <StateBadge tone="warn">{words.one.unapplied(formatMoney(minor, currency, locale))}</StateBadge>
        ) : null,
    },
    {
      key: "amount",
      header: words.amount,
      align: "right",
      phone: "amount",
      render: ({ amount_minor: minor, currency }) => (
        <strong>
          <Money minor={minor} currency={currency} />
        </strong>
      ),
    },
  ];
}
