/** The series of numbers: the next of each, and the date it cannot go back from. */
import { useQuery } from "@tanstack/react-query";

import type { SeriesRow } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Panel } from "@/components/panel";
import { StateBadge } from "@/components/state-badge";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";

import { companyQuery, seriesQuery } from "./settings-api";
import classes from "./settings.module.css";

export default function SeriesPart() {
  const { m } = useLanguage();
  const words = m.settings.seriesPart;
  const series = useQuery(seriesQuery);
  return (
    <div className={classes.stack}>
      <Panel padding="flush">
        <p className={classes.lead}>{words.body}</p>
        <DataTable
          label={m.settings.series}
          columns={useColumns()}
          rows={series.data}
          error={series.error}
          retry={() => void series.refetch()}
          idOf={(row) => row.code}
          nameOf={(row) => row.code}
          empty={<EmptyState title={words.none} body={words.noneBody} />}
        />
      </Panel>
    </div>
  );
}

function useColumns(): Column<SeriesRow>[] {
  const { m, locale } = useLanguage();
  const words = m.settings.seriesPart;
  const company = useQuery(companyQuery);
  return [
    {
      key: "code",
      header: words.code,
      phone: "title",
      render: ({ code }) => (
        <>
          <span className={classes.name}>{code}</span>{" "}
          {company.data?.default_series === code ? (
            <StateBadge tone="open">{words.standard}</StateBadge>
          ) : null}
        </>
      ),
    },
    {
      key: "last",
      header: words.last,
      phone: "meta",
      render: ({ last_date: day }) => (day === null ? m.common.none : formatDay(day, locale)),
      renderOnCard: ({ last_date: day }) => (day === null ? null : formatDay(day, locale)),
    },
    {
      key: "next",
      header: words.next,
      align: "right",
      phone: "amount",
      render: (row) => row.next_number_text,
    },
  ];
}
