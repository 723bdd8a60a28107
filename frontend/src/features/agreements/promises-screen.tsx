/** What customers have promised, by day: open, kept and broken. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { AgreementState } from "@/agreements/agreement-state";
import { CancelPromiseDialog } from "@/agreements/cancel-dialog";
import { useCan } from "@/api/me";
import type { PromiseToPay } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import classes from "./agreements.module.css";
import { ListFrame, useFilters } from "./list-frame";
import { promisesQuery } from "./lists-api";

export default function PromisesScreen() {
  const { m } = useLanguage();
  const words = m.agreements.list;
  const filters = useFilters();
  return (
    <ListFrame
      tab="promises"
      states={["open", "broken", "kept"]}
      filters={filters}
      list={useQuery(promisesQuery(filters))}
      columns={useColumns()}
      idOf={(row) => row.id}
      nameOf={(row) => row.customer_name}
      empty={<EmptyState title={words.noPromises} body={words.noPromisesBody} />}
    />
  );
}

function useColumns(): Column<PromiseToPay>[] {
  const { m, locale } = useLanguage();
  const words = m.agreements.list;
  return [
    {
      key: "customer",
      header: words.customer,
      phone: "title",
      render: (row) => (
        <span className={classes.stack}>
          <Link href={pages.customer(row.customer_id)} className={classes.name}>
            {row.customer_name}
          </Link>
          {row.note === null ? null : <span className={classes.soft}>{row.note}</span>}
        </span>
      ),
      renderOnCard: (row) => (
        <Link href={pages.customer(row.customer_id)} className={classes.name}>
          {row.customer_name}
        </Link>
      ),
    },
    {
      key: "day",
      header: words.promised,
      phone: "meta",
      render: (row) => <span className={classes.day}>{formatDay(row.promised_on, locale)}</span>,
    },
    { key: "owner", header: words.owner, phone: "hidden", render: (row) => row.owner },
    {
      key: "state",
      header: words.stateHeader,
      phone: "meta",
      render: (row) => <AgreementState state={row.state} />,
    },
    {
      key: "amount",
      header: words.amount,
      align: "right",
      phone: "amount",
      render: (row) => (
        <span className={classes.stack}>
          <strong>
            <Money minor={row.amount_minor} currency={row.currency} />
          </strong>
          {row.received_minor > 0 ? (
            <span className={classes.soft}>
              {words.received(formatMoney(row.received_minor, row.currency, locale))}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      key: "actions",
      header: "",
      align: "right",
      phone: "state",
      render: (row) => (row.state === "open" ? <Cancel promise={row} /> : null),
    },
  ];
}

function Cancel({ promise }: { promise: PromiseToPay }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  if (!useCan("collector")) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {m.agreements.cancel.action}
      </Button>
      <CancelPromiseDialog agreement={promise} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
