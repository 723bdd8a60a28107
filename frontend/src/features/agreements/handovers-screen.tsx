/** What lawyers and collection agencies have, newest first. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { accountQuery } from "@/agreements/agreements-api";
import type { Handover } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { StateBadge } from "@/components/state-badge";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { HandoverActions } from "@/silence/handover-end";

import classes from "./agreements.module.css";
import { ListFrame, useFilters } from "./list-frame";
import { handoversQuery } from "./lists-api";

export default function HandoversScreen() {
  const { m } = useLanguage();
  const words = m.silence.list;
  const filters = useFilters();
  return (
    <ListFrame
      tab="handovers"
      states={["open", "taken_back", "closed"]}
      filters={filters}
      list={useQuery(handoversQuery(filters))}
      columns={useColumns()}
      idOf={(row) => row.id}
      nameOf={(row) => row.customer_name}
      empty={<EmptyState title={words.noHandovers} body={words.noHandoversBody} />}
    />
  );
}

function useColumns(): Column<Handover>[] {
  const { m, locale } = useLanguage();
  const words = m.silence.list;
  const numbers = ({ items }: Handover) =>
    items.slice(0, 3).map(({ number }) => number).join(", ") +
    (items.length > 3 ? ` +${items.length - 3}` : "");
  return [
    {
      key: "customer",
      header: m.agreements.list.customer,
      phone: "title",
      render: (row) => (
        <span className={classes.stack}>
          <Name of={row} />
          <span className={classes.soft}>{numbers(row)}</span>
        </span>
      ),
      renderOnCard: (row) => <Name of={row} />,
    },
    {
      key: "to",
      header: words.to,
      phone: "meta",
      render: (row) => (
        <span className={classes.stack}>
          <span>{row.to_name}</span>
          {row.to_email === null ? null : <span className={classes.soft}>{row.to_email}</span>}
        </span>
      ),
      renderOnCard: (row) => row.to_name,
    },
    {
      key: "since",
      header: words.since,
      phone: "meta",
      render: (row) => (
        <span className={classes.day}>{formatDay(row.created_at.slice(0, 10), locale)}</span>
      ),
    },
    {
      key: "owner",
      header: m.agreements.list.owner,
      phone: "hidden",
      render: (row) => row.created_by,
    },
    {
      key: "amount",
      header: m.agreements.list.amount,
      align: "right",
      phone: "amount",
      render: (row) => (
        <strong>
          <Money minor={row.amount_minor} currency={row.currency} />
        </strong>
      ),
    },
    {
      key: "actions",
      header: "",
      align: "right",
      phone: "state",
      render: (row) =>
        row.state === "open" ? (
          <Ending of={row} />
        ) : (
          <StateBadge tone={row.state === "closed" ? "good" : "idle"}>
            {wordFor(m.silence.handoverStates, row.state)}
          </StateBadge>
        ),
    },
  ];
}

/** What is open of it now decides whether it is taken back or closed. */
function Ending({ of: row }: { of: Handover }) {
  const account = useQuery(accountQuery(row.customer_id, row.currency));
  const ids = new Set(row.items.map(({ invoice_id: id }) => id));
  const open = account.data?.open_items
    .filter(({ invoice_id: id }) => ids.has(id))
    .reduce((sum, { open_minor: minor }) => sum + minor, 0);
  return (
    <span className={classes.actions}>
      <HandoverActions handover={row} openMinor={open ?? null} />
    </span>
  );
}

function Name({ of: row }: { of: Handover }) {
  return (
    <Link href={pages.customer(row.customer_id)} className={classes.name}>
      {row.customer_name}
    </Link>
  );
}
