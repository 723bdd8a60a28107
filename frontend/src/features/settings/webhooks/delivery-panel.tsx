/** What was sent to an endpoint, or is to be: by state, newest first. */
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useCan, useMe } from "@/api/me";
import type { WebhookDeliveryRow, WebhookEndpoint } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import type { Column } from "@/components/list-types";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { StateBadge } from "@/components/state-badge";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { useCursor, useUrlState } from "@/lib/url-state";

import { STATES, TONES } from "./deliveries";
import { DeliveryDialog } from "./delivery-dialog";
import { ReplayFailed } from "./replay-failed";
import classes from "./webhooks.module.css";
import { deliveriesQuery } from "./webhooks-api";

export function DeliveryPanel({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const isAdmin = useCan("admin");
  const columns = useColumns();
  const { query, change } = useUrlState();
  const { cursor, next, first } = useCursor();
  const state = query.get("state");
  const shown = query.get("delivery");
  const list = useQuery(deliveriesQuery({ endpointId: endpoint.id, state, cursor }));
  return (
    <Panel
      title={words.deliveries}
      padding="flush"
      aside={isAdmin && endpoint.enabled ? <ReplayFailed endpoint={endpoint} /> : null}
    >
      <div className={classes.filter}>
        <SegmentedControl
          size="xs"
          aria-label={words.state}
          data={[
            { value: "all", label: words.anyState },
            ...STATES.map((value) => ({ value, label: wordFor(words.deliveryStates, value) })),
          ]}
          value={state ?? "all"}
          onChange={(value) => change({ state: value === "all" ? null : value })}
        />
      </div>
      <DataTable
        label={words.deliveries}
        columns={columns}
        rows={list.data?.items}
        error={list.error}
        retry={() => void list.refetch()}
        isStale={list.isPlaceholderData}
        idOf={(row) => row.id}
        nameOf={(row) => row.type}
        empty={
          state === null ? (
            <EmptyState title={words.noDeliveries} body={words.noDeliveriesBody} />
          ) : (
            <EmptyState title={words.noneSuch} />
          )
        }
        footer={
          <Pager
            count={list.data?.items.length ?? 0}
            hasEarlier={cursor !== null}
            nextCursor={list.data?.next_cursor ?? null}
            onNext={next}
            onFirst={first}
          />
        }
      />
      <DeliveryDialog
        id={shown}
        endpoint={endpoint}
        onClose={() => change({ delivery: null, cursor }, "replace")}
      />
    </Panel>
  );
}

function useColumns(): Column<WebhookDeliveryRow>[] {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const { query, change } = useUrlState();
  const words = m.webhooks;
  const cursor = query.get("cursor");
  return [
    {
      key: "event",
      header: words.event,
      phone: "title",
      nowrap: true,
      render: (row) => (
        <button
          type="button"
          className={classes.open}
          onClick={() => change({ delivery: row.id, cursor })}
        >
          <code className={classes.type}>{row.type}</code>
        </button>
      ),
    },
    {
      key: "happened",
      header: words.happened,
      phone: "meta",
      nowrap: true,
      render: (row) => formatInstant(row.happened_at, locale, timeZone),
    },
    {
      key: "result",
      header: words.result,
      phone: "meta",
      render: (row) => <Result row={row} />,
    },
    {
      key: "state",
      header: words.state,
      phone: "state",
      render: (row) => (
        <StateBadge tone={TONES[row.state]}>{wordFor(words.deliveryStates, row.state)}</StateBadge>
      ),
    },
  ];
}

function Result({ row }: { row: WebhookDeliveryRow }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.webhooks;
  const parts = [
    row.reason === null ? null : wordFor(words.reasons, row.reason),
    row.status === null ? null : words.answered(row.status),
    row.attempts > 1 ? words.tried(row.attempts) : null,
    row.state === "waiting" && row.attempts > 0 && row.next_attempt_at !== null
      ? words.again(formatInstant(row.next_attempt_at, locale, timeZone))
      : null,
  ];
  return <span className={classes.soft}>{parts.filter((one) => one !== null).join(" · ")}</span>;
}
