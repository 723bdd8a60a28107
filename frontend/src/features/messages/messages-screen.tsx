/** All messages to customers by what became of them, latest first. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { TabLinks } from "@/components/tab-links";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useCursor, useUrlState } from "@/lib/url-state";

import { useColumns } from "./message-columns";
import { GROUPS, groupOf, messagesQuery } from "./messages-api";

export default function MessagesScreen() {
  const { m } = useLanguage();
  const words = m.mails;
  const { query } = useUrlState();
  const { cursor, next, first } = useCursor();
  const group = groupOf(query.get("group"));
  const list = useQuery(messagesQuery(group, cursor));
  const tabs = GROUPS.map((key) => ({
    key,
    label: words.groups[key],
    href: withQuery(pages.messages, { group: key === "all" ? null : key }),
  }));
  return (
    <>
      <PageHeader
        title={words.title}
        actions={
          <>
            <Button component={Link} href={pages.letters} variant="default">
              {m.paper.letters.title}
            </Button>
            <Button component={Link} href={pages.deliverability} variant="default">
              {words.howWell}
            </Button>
          </>
        }
      />
      <Panel padding="flush">
        <TabLinks label={words.tabs} tabs={tabs} current={group} />
        <DataTable
          label={`${words.title}: ${words.groups[group]}`}
          columns={useColumns()}
          rows={list.data?.items}
          idOf={(row) => `${row.customer_id}/${row.id}`}
          nameOf={(row) => `${row.customer_name} ${row.subject}`}
          error={list.error}
          retry={() => void list.refetch()}
          isStale={list.isPlaceholderData}
          empty={
            <EmptyState
              title={words.empty[group]}
              {...(group === "all" && { body: words.emptyAll })}
            />
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
      </Panel>
    </>
  );
}
