/** The figures of mail by kind of message and by day. */
import type { DeliverabilityReport } from "@/api/models";
import { DataTable } from "@/components/data-table";
import type { Column } from "@/components/list-types";
import { Panel } from "@/components/panel";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";

import classes from "./messages.module.css";

type Figures = DeliverabilityReport["total"];
type Purpose = DeliverabilityReport["by_purpose"][number];
type Day = DeliverabilityReport["by_day"][number];

const COUNTS = ["sent", "delivered", "opened", "delayed", "bounced", "complained"] as const;

function useCounts(): Column<Figures>[] {
  const { m } = useLanguage();
  const words = m.mails.report;
  return COUNTS.map((name) => ({
    key: name,
    header: words[name],
    align: "right",
    phone: "meta",
    render: (row) => row[name],
    renderOnCard: (row) => (row[name] === 0 ? null : `${words[name]}: ${row[name]}`),
    ...(name === "delayed" && { wideOnly: true as const }),
  }));
}

export function ByPurpose({ rows }: { rows: readonly Purpose[] }) {
  const { m } = useLanguage();
  const words = m.mails.report;
  const counts = useCounts();
  return (
    <Panel title={words.byPurpose} padding="flush">
      <DataTable<Purpose>
        label={words.byPurpose}
        columns={[
          {
            key: "purpose",
            header: words.purpose,
            phone: "title",
            render: ({ purpose }) => wordFor(m.words.purpose, purpose),
          },
          ...counts,
        ]}
        rows={rows}
        idOf={({ purpose }) => purpose}
        nameOf={({ purpose }) => wordFor(m.words.purpose, purpose)}
        error={null}
        retry={() => undefined}
        empty={null}
      />
    </Panel>
  );
}

export function ByDay({ rows }: { rows: readonly Day[] }) {
  const { m, locale } = useLanguage();
  const words = m.mails.report;
  const counts = useCounts();
  return (
    <Panel title={words.byDay} padding="flush">
      <DataTable<Day>
        label={words.byDay}
        columns={[
          {
            key: "day",
            header: words.day,
            nowrap: true,
            phone: "title",
            render: ({ day }) => formatDay(day, locale),
          },
          ...counts,
        ]}
        rows={rows.toReversed()}
        idOf={({ day }) => day}
        nameOf={({ day }) => day}
        error={null}
        retry={() => undefined}
        empty={null}
      />
      <p className={classes.quiet}>{words.byDayNote}</p>
    </Panel>
  );
}
