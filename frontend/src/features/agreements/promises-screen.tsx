/** What customers have promised, by day: open, kept and broken. */
import { useQuery } from "@tanstack/react-query";

import { CancelPromiseDialog } from "@/agreements/cancel-dialog";
import type { PromiseToPay } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";

import { useAgreementColumns } from "./agreement-columns";
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
  return useAgreementColumns<PromiseToPay>({
    receivedOf: (row) => row.received_minor,
    cancel: (row, dialog) => <CancelPromiseDialog agreement={row} {...dialog} />,
    day: {
      key: "day",
      header: m.agreements.list.promised,
      phone: "meta",
      render: (row) => <span className={classes.day}>{formatDay(row.promised_on, locale)}</span>,
    },
  });
}
