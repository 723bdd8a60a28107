/** Instalment plans, by their next instalment: open, kept and broken. */
import { useQuery } from "@tanstack/react-query";

import { CancelPlanDialog } from "@/agreements/cancel-dialog";
import type { Plan } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";

import { useAgreementColumns } from "./agreement-columns";
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
  return useAgreementColumns<Plan>({
    isPlan: true,
    receivedOf: (row) => row.paid_minor,
    cancel: (row, dialog) => <CancelPlanDialog agreement={row} {...dialog} />,
    day: {
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
  });
}
