/** Letters on paper: those that wait are printed in one go and marked as posted, each with its proof. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { MessageRow } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { TabLinks } from "@/components/tab-links";
import { useToast } from "@/components/toasts";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useCursor, useUrlState } from "@/lib/url-state";

import { useColumns } from "./letter-columns";
import { NotPostedDialog, PostedDialog } from "./letter-dialogs";
import { type LetterState, lettersQuery, STATES, stateOf, usePrint } from "./letters-api";

export default function LettersScreen() {
  const { m } = useLanguage();
  const words = m.paper.letters;
  const { query } = useUrlState();
  const { cursor, next, first } = useCursor();
  const state = stateOf(query.get("state"));
  const list = useQuery(lettersQuery(state, cursor));
  const print = usePrint();
  const rows = list.data?.items;
  const tabs = STATES.map((key) => ({
    key,
    label: words.states[key],
    href: withQuery(pages.letters, { state: key === "to_post" ? null : key }),
  }));
  return (
    <>
      <PageHeader
        title={words.title}
        crumb={<Link href={pages.messages}>{m.mails.title}</Link>}
        actions={
          state === "to_post" && rows !== undefined && rows.length > 0 ? (
            <PrintButton rows={rows} print={print} />
          ) : null
        }
      />
      <CommandError error={print.error} />
      <Panel padding="flush">
        <TabLinks label={words.tabs} tabs={tabs} current={state} />
        <LettersTable
          state={state}
          rows={rows}
          error={list.error}
          retry={() => void list.refetch()}
          isStale={list.isPlaceholderData}
          footer={
            <Pager
              count={rows?.length ?? 0}
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

interface TableProps {
  state: LetterState;
  rows: readonly MessageRow[] | undefined;
  error: Error | null;
  retry: () => void;
  isStale: boolean;
  footer: React.ReactNode;
}

type Asked = { what: "posted" | "notPosted"; row: MessageRow };

function LettersTable({ state, ...list }: TableProps) {
  const { m } = useLanguage();
  const words = m.paper.letters;
  const [asked, setAsked] = useState<Asked | null>(null);
  const columns = useColumns(state, (what, row) => setAsked({ what, row }));
  const close = () => setAsked(null);
  return (
    <>
      <DataTable
        {...list}
        label={`${words.title}: ${words.states[state]}`}
        columns={columns}
        idOf={(row) => `${row.customer_id}/${row.id}`}
        nameOf={(row) => row.customer_name}
        empty={
          <EmptyState
            title={words.empty[state]}
            {...(state === "to_post" && { body: words.emptyBody })}
          />
        }
      />
      {asked === null ? null : (
        <>
          <PostedDialog row={asked.row} isOpen={asked.what === "posted"} onClose={close} />
          <NotPostedDialog row={asked.row} isOpen={asked.what === "notPosted"} onClose={close} />
        </>
      )}
    </>
  );
}

interface PrintProps {
  rows: readonly MessageRow[];
  print: ReturnType<typeof usePrint>;
}

function PrintButton({ rows, print }: PrintProps) {
  const { m } = useLanguage();
  const words = m.paper.letters;
  const notify = useToast();
  const canPrint = useCan("collector");
  if (!canPrint) return null;
  const start = () =>
    print.mutate(rows, {
      onSuccess: (file) => {
        download(file, words.fileName);
        notify({ tone: "good", text: words.printed });
      },
    });
  return (
    <Button onClick={start} loading={print.isPending}>
      {words.printAll}
    </Button>
  );
}

/** Hand a file to the browser, under this name. */
function download(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
