/** What waits for a second person, longest first; and what was decided. */
import { useQuery } from "@tanstack/react-query";

import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { TabLinks } from "@/components/tab-links";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useCursor, useUrlState } from "@/lib/url-state";

import { ApprovalList } from "./approval-list";
import { type ApprovalState, approvalsQuery } from "./approvals-api";
import classes from "./approvals.module.css";

const STATES = ["waiting", "approved", "rejected", "withdrawn"] as const;

export default function ApprovalsScreen() {
  const { m } = useLanguage();
  const { query } = useUrlState();
  const { cursor, next, first } = useCursor();
  const state = STATES.find((one) => one === query.get("state")) ?? "waiting";
  const list = useQuery(approvalsQuery(state, cursor));
  const tabs = STATES.map((key) => ({
    key,
    label: m.approvals.tabs[key],
    href: withQuery(pages.approvals, { state: key === "waiting" ? null : key }),
  }));
  const count = list.data?.items.length ?? 0;
  const isCounted = state === "waiting" && count > 0 && !list.isPlaceholderData;
  return (
    <>
      <PageHeader
        title={m.approvals.title}
        detail={isCounted ? m.approvals.count(count, list.data?.next_cursor !== null) : null}
      />
      <Panel padding="flush">
        <TabLinks label={m.approvals.tabs.label} tabs={tabs} current={state} />
        {list.error ? (
          <div className={classes.inset}>
            <ErrorState error={list.error} retry={() => void list.refetch()} />
          </div>
        ) : list.data === undefined ? (
          <ListSkeleton />
        ) : count === 0 ? (
          <Nothing state={state} />
        ) : (
          <ApprovalList items={list.data.items} isStale={list.isPlaceholderData} />
        )}
        <Pager
          count={count}
          hasEarlier={cursor !== null}
          nextCursor={list.data?.next_cursor ?? null}
          onNext={next}
          onFirst={first}
        />
      </Panel>
    </>
  );
}

function Nothing({ state }: { state: ApprovalState }) {
  const { m } = useLanguage();
  if (state !== "waiting") return <EmptyState title={m.approvals.emptyTab} />;
  return <EmptyState title={m.approvals.empty} body={m.approvals.emptyBody} />;
}
