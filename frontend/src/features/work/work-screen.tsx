/** Everything failed, uncertain or odd, most urgent first, with what can be done about it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

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

import { type WorkState, workQuery } from "./work-api";
import { WorkList } from "./work-list";
import classes from "./work.module.css";

export default function WorkScreen() {
  const { m } = useLanguage();
  const { query } = useUrlState();
  const { cursor, next, first } = useCursor();
  const state: WorkState = query.get("state") === "done" ? "done" : "open";
  const list = useQuery(workQuery(state, cursor));
  const tabs = [
    { key: "open", label: m.work.open, href: pages.work },
    { key: "done", label: m.work.done, href: withQuery(pages.work, { state: "done" }) },
  ];
  const count = list.data?.items.length ?? 0;
  const isCounted = state === "open" && count > 0 && !list.isPlaceholderData;
  return (
    <>
      <PageHeader
        title={m.work.title}
        actions={
          <Button component={Link} href={pages.outgoing} variant="default" size="xs">
            {m.common.nav.outgoing}
          </Button>
        }
        detail={
          isCounted ? (
            <>
              <span>{m.work.count(count, list.data?.next_cursor !== null)}</span>
              <span className={classes.keys}>{m.work.keys}</span>
            </>
          ) : null
        }
      />
      <Panel padding="flush">
        <TabLinks label={m.work.tabs} tabs={tabs} current={state} />
        {list.error ? (
          <div className={classes.inset}>
            <ErrorState error={list.error} retry={() => void list.refetch()} />
          </div>
        ) : list.data === undefined ? (
          <ListSkeleton />
        ) : count === 0 ? (
          <Nothing state={state} />
        ) : (
          <WorkList items={list.data.items} isStale={list.isPlaceholderData} />
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

function Nothing({ state }: { state: WorkState }) {
  const { m } = useLanguage();
  if (state === "done") return <EmptyState title={m.work.emptyDone} />;
  return <EmptyState title={m.work.empty} body={m.work.emptyBody} />;
}
