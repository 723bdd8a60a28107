/** Who is paused and until when: the first to end first. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { Hold } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { StateBadge } from "@/components/state-badge";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { HoldActions } from "@/silence/hold-changes";

import classes from "./agreements.module.css";
import { ListFrame, useFilters } from "./list-frame";
import { holdsQuery } from "./lists-api";

export default function HoldsScreen() {
  const { m } = useLanguage();
  const words = m.silence.list;
  const filters = useFilters();
  return (
    <ListFrame
      tab="holds"
      states={["open", "ended", "lifted"]}
      filters={filters}
      list={useQuery(holdsQuery(filters))}
      columns={useColumns()}
      idOf={(row) => row.id}
      nameOf={(row) => row.customer_name}
      empty={<EmptyState title={words.noHolds} body={words.noHoldsBody} />}
    />
  );
}

function useColumns(): Column<Hold>[] {
  const { m, locale } = useLanguage();
  const words = m.silence.list;
  const reach = ({ invoice_ids: ids }: Hold) =>
    ids.length === 0 ? words.wholeAccount : words.invoices(ids.length);
  return [
    {
      key: "customer",
      header: m.agreements.list.customer,
      phone: "title",
      render: (row) => (
        <span className={classes.stack}>
          <Name of={row} />
          {row.note === null ? null : <span className={classes.soft}>{row.note}</span>}
        </span>
      ),
      renderOnCard: (row) => <Name of={row} />,
    },
    {
      key: "day",
      header: words.until,
      phone: "meta",
      render: (row) => <span className={classes.day}>{formatDay(row.until, locale)}</span>,
    },
    {
      key: "what",
      header: words.what,
      phone: "meta",
      render: (row) => (
        <span className={classes.stack}>
          <span>{reach(row)}</span>
          <span className={classes.soft}>{wordFor(m.silence.reasons, row.reason)}</span>
        </span>
      ),
      renderOnCard: (row) => `${reach(row)} · ${wordFor(m.silence.reasons, row.reason)}`,
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
      render: (row) =>
        row.amount_minor === null ? (
          <strong>{m.silence.hold.allOfIt}</strong>
        ) : (
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
          <span className={classes.actions}>
            <HoldActions hold={row} restingMinor={null} />
          </span>
        ) : (
          <StateBadge tone="idle">{wordFor(m.silence.holdStates, row.state)}</StateBadge>
        ),
    },
  ];
}

function Name({ of: row }: { of: Hold }) {
  return (
    <Link href={pages.customer(row.customer_id)} className={classes.name}>
      {row.customer_name}
    </Link>
  );
}
