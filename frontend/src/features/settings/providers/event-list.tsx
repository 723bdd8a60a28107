/** The last notifications of a provider, and what became of each. */
import { useQuery } from "@tanstack/react-query";

import { useCan, useMe } from "@/api/me";
import type { Provider, ProviderEventRow } from "@/api/models";
import { DataTable } from "@/components/data-table";
import type { Column } from "@/components/list-types";
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import { eventsQuery } from "./providers-api";
import classes from "./providers.module.css";

export function EventList({ provider }: { provider: Provider }) {
  const { m } = useLanguage();
  const columns = useColumns();
  const mayRead = useCan("accountant");
  const events = useQuery({ ...eventsQuery(provider.name), enabled: mayRead });
  if (!mayRead) return null;
  return (
    <div className={classes.events}>
      <h3 className={classes.title}>{m.providers.events}</h3>
      <DataTable
        label={m.providers.events}
        columns={columns}
        rows={events.data}
        error={events.error}
        retry={() => void events.refetch()}
        empty={<p className={classes.soft}>{m.providers.noEvents}</p>}
        idOf={(row) => row.event_id}
        nameOf={(row) => row.event_type}
      />
    </div>
  );
}

function useColumns(): Column<ProviderEventRow>[] {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.providers;
  return [
    {
      key: "type",
      header: words.event,
      phone: "title",
      render: (row) => <span className={classes.code}>{row.event_type}</span>,
    },
    {
      key: "received",
      header: words.arrived,
      phone: "meta",
      nowrap: true,
      render: (row) => formatInstant(row.received_at, locale, timeZone),
    },
    {
      key: "outcome",
      header: words.outcome,
      phone: "meta",
      render: (row) => words.eventStates[row.state] ?? row.state,
    },
  ];
}
