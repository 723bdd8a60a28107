/** All imports: what came in from which file, and which of them waits for somebody. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useCan, useMe } from "@/api/me";
import type { ImportListRow } from "@/api/models";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Icon } from "@/components/icon";
import type { Column } from "@/components/list-types";
import { PageHeader } from "@/components/page-header";
import { Pager } from "@/components/pager";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { useCursor } from "@/lib/url-state";

import { ImportState } from "./import-state";
import { importsQuery } from "./imports-api";
import classes from "./imports.module.css";
import { resultOf } from "./result";

export default function ImportsScreen() {
  const { m } = useLanguage();
  const mayImport = useCan("accountant");
  const start = (
    <Button component={Link} href={pages.importNew()} leftSection={<Icon name="plus" size={16} />}>
      {m.imports.start}
    </Button>
  );
  return (
    <>
      <PageHeader title={m.imports.title} actions={mayImport ? start : null} />
      <Panel padding="flush">
        {mayImport ? <List start={start} /> : <EmptyState title={m.common.errors.forbidden} />}
      </Panel>
    </>
  );
}

function List({ start }: { start: React.ReactNode }) {
  const { m } = useLanguage();
  const { cursor, next, first } = useCursor();
  const list = useQuery(importsQuery(cursor));
  const columns = useColumns();
  return (
    <DataTable
      label={m.imports.title}
      columns={columns}
      rows={list.data?.items}
      error={list.error}
      retry={() => void list.refetch()}
      isStale={list.isPlaceholderData}
      idOf={(row) => row.id}
      nameOf={(row) => row.file_name}
      empty={<EmptyState title={m.imports.empty} body={m.imports.emptyBody} action={start} />}
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
  );
}

function useColumns(): Column<ImportListRow>[] {
  const { m, locale } = useLanguage();
  const { time_zone: zone } = useMe();
  const words = m.imports.columns;
  return [
    {
      key: "file",
      header: words.file,
      phone: "title",
      render: (row) => (
        <Link href={pages.importOne(row.id)} className={classes.name}>
          {row.file_name}
        </Link>
      ),
    },
    { key: "what", header: words.what, phone: "meta", render: (row) => m.imports.what[row.what] },
    {
      key: "when",
      header: words.when,
      phone: "hidden",
      wideOnly: true,
      render: (row) => m.imports.by(row.by, formatInstant(row.created_at, locale, zone)),
    },
    {
      key: "state",
      header: words.state,
      phone: "state",
      render: (row) => <ImportState state={row.state} />,
    },
    {
      key: "result",
      header: words.result,
      phone: "meta",
      render: (row) => resultOf(row, m).join(" · ") || m.imports.rows(row.rows),
    },
  ];
}
