/** Instalment plans, by their next instalment: open, kept and broken. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { AgreementState } from "@/agreements/agreement-state";
import { CancelPlanDialog } from "@/agreements/cancel-dialog";
import { useCan } from "@/api/me";
import type { Plan } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import classes from "./agreements.module.css";
import { ListFrame, useFilters } from "./list-frame";
import { plansQuery } from "./lists-api";

export default function PlansScreen() {
  const { m } = useLanguage();
  const words = m.agreements.list;
  const filters = useFilters();
  return (
    <ListFrame
      tab="plans"
      states={["open", "broken", "kept"]}
      filters={filters}
      list={useQuery(plansQuery(filters))}
      columns={useColumns()}
      idOf={(row) => row.id}
      nameOf={(row) => row.customer_name}
      empty={<EmptyState title={words.noPlans} body={words.noPlansBody} />}
    />
  );
}

function useColumns(): Column<Plan>[] {
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
      header: words.next,
      phone: "meta",
      render: ({ next_due_on: day, instalments }) => (
        <span className={classes.stack}>
          <span className={classes.day}>{day === null ? m.common.none : formatDay(day, locale)}</span>
          <span className={classes.soft}>{words.instalments(instalments.length)}</span>
        </span>
      ),
      renderOnCard: ({ next_due_on: day, instalments }) =>
        [day === null ? null : formatDay(day, locale), words.instalments(instalments.length)]
          .filter(Boolean)
          .join(" · "),
    },
    { key: "owner", header: words.owner, phone: "hidden", render: (row) => row.owner },
    {
      key: "state",
      header: words.stateHeader,
      phone: "meta",
      render: (row) => <AgreementState state={row.state} isPlan />,
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
          {row.paid_minor > 0 ? (
            <span className={classes.soft}>
              {words.received(formatMoney(row.paid_minor, row.currency, locale))}
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
      render: (row) => (row.state === "open" ? <Cancel plan={row} /> : null),
    },
  ];
}

function Cancel({ plan }: { plan: Plan }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  if (!useCan("collector")) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {m.agreements.cancel.action}
      </Button>
      <CancelPlanDialog agreement={plan} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
