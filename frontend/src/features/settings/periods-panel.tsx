/** The months of the books: each can be downloaded, the oldest open one can be closed. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useCan, useMe } from "@/api/me";
import type { Period } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Panel } from "@/components/panel";
import { StateBadge } from "@/components/state-badge";
import { useToast } from "@/components/toasts";
import { endpoints } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { dayOf, formatDay, formatMonthLong } from "@/lib/dates";

import { periodsQuery, useClosePeriod } from "./books-api";
import classes from "./settings.module.css";

const TONES = { closed: "good", open: "idle", running: "open" } as const;

export function PeriodsPanel() {
  const { m, locale } = useLanguage();
  const words = m.books.periods;
  const periods = useQuery(periodsQuery);
  const [closing, setClosing] = useState<string | null>(null);
  const columns = useColumns(periods.data?.next_month ?? null, setClosing);
  return (
    <Panel title={words.title} padding="flush">
      <p className={classes.intro}>{words.body}</p>
      <DataTable
        label={words.title}
        columns={columns}
        rows={periods.data?.items}
        error={periods.error}
        retry={() => void periods.refetch()}
        idOf={(row) => row.month}
        nameOf={(row) => formatMonthLong(row.month, locale)}
        empty={<EmptyState title={words.none} />}
      />
      {closing === null ? null : <Closing month={closing} onClose={() => setClosing(null)} />}
    </Panel>
  );
}

function useColumns(next: string | null, close: (month: string) => void): Column<Period>[] {
  const { m, locale } = useLanguage();
  const words = m.books.periods;
  const mayClose = useCan("accountant");
  return [
    {
      key: "month",
      header: words.month,
      phone: "title",
      render: ({ month }) => <span className={classes.month}>{formatMonthLong(month, locale)}</span>,
    },
    {
      key: "state",
      header: words.state,
      phone: "state",
      render: ({ state }) => <StateBadge tone={TONES[state]}>{words.states[state]}</StateBadge>,
    },
    {
      key: "closed",
      header: words.states.closed,
      phone: "meta",
      render: (period) => <Closed period={period} />,
    },
    {
      key: "actions",
      header: "",
      align: "right",
      phone: "amount",
      render: ({ month }) => (
        <span className={classes.monthActions}>
          {mayClose && month === next ? (
            <Button
              size="xs"
              variant="default"
              aria-label={words.closeOf(formatMonthLong(month, locale))}
              onClick={() => close(month)}
            >
              {words.close}
            </Button>
          ) : null}
          <Button
            component="a"
            size="xs"
            variant="subtle"
            href={endpoints.journal(month)}
            download
            aria-label={words.downloadOf(formatMonthLong(month, locale))}
          >
            {words.download}
          </Button>
        </span>
      ),
    },
  ];
}

function Closed({ period }: { period: Period }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.books.periods;
  if (period.closed_at === null) return null;
  const day = formatDay(dayOf(period.closed_at, timeZone), locale);
  return (
    <span className={classes.soft}>
      {words.closedBy(day, period.closed_by ?? "")} · {words.entries(period.entries ?? 0)}
    </span>
  );
}

function Closing({ month, onClose }: { month: string; onClose: () => void }) {
  const { m, locale } = useLanguage();
  const words = m.books.periods;
  const notify = useToast();
  const close = useClosePeriod();
  const name = formatMonthLong(month, locale);
  const confirm = () =>
    close.mutate(month, {
      onSuccess: () => {
        notify({ tone: "good", text: words.closed(name) });
        onClose();
      },
    });
  return (
    <ConfirmDialog
      isOpen
      title={words.closeTitle(name)}
      action={words.closeOf(name)}
      isPending={close.isPending}
      error={close.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{words.closeBody}</p>
      <p>{words.closeFile}</p>
      <p>
        <strong>{words.closeForGood}</strong>
      </p>
    </ConfirmDialog>
  );
}
