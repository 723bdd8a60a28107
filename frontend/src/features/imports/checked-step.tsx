/** What will happen, or has happened: numbers first, then what is wrong, then the rows. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";

import type { ImportFile } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Consequences } from "@/components/consequences";
import { Panel } from "@/components/panel";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";

import { StartAnother } from "./import-actions";
import { useCommit } from "./imports-api";
import classes from "./imports.module.css";
import { IssueGroups } from "./issue-groups";
import { chaseOf, detailsOf, isNothing, resultOf } from "./result";
import { RowsPanel } from "./rows-panel";

export function CheckedStep({ file }: { file: ImportFile }) {
  const { m, locale } = useLanguage();
  const words = m.imports.result;
  const isOver = file.state !== "checked";
  const lines = [...resultOf(file, m), ...detailsOf(file, m, locale)];
  const after = isOver ? [] : chaseOf(file, m, locale);
  return (
    <div className={classes.stack}>
      <Panel title={isOver ? words.title.done : words.title.checked}>
        <div className={classes.result}>
          <ul className={classes.lines}>
            {lines.map((line, at) => (
              <li key={line} data-first={at === 0}>
                {line}
              </li>
            ))}
          </ul>
          {isNothing(file) ? <p>{words.nothing}</p> : null}
          {after.length > 0 ? (
            <ul className={classes.chase}>
              {after.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          ) : null}
          <div className={classes.actions}>
            {isOver ? <AfterActions file={file} /> : <BeforeActions file={file} />}
          </div>
        </div>
      </Panel>
      <IssueGroups file={file} />
      {file.chunks_done > 0 ? <RowsPanel file={file} /> : null}
    </div>
  );
}

function BeforeActions({ file }: { file: ImportFile }) {
  const { m, locale } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const commit = useCommit(file.id);
  const words = m.imports.confirm;
  const isInvoices = file.what === "invoices";
  return (
    <>
      <Button onClick={() => setOpen(true)} disabled={isNothing(file)}>
        {m.imports.act.import}
      </Button>
      <Button
        component={Link}
        href={withQuery(pages.importOne(file.id), { columns: "1" })}
        variant="default"
      >
        {m.imports.act.columns}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={words.title[file.what]}
        action={words.action}
        isPending={commit.isPending}
        error={commit.error}
        onConfirm={() => commit.mutate(file.version, { onSuccess: () => setOpen(false) })}
        onClose={() => setOpen(false)}
      >
        <Consequences
          lines={[
            ...resultOf(file, m),
            ...detailsOf(file, m, locale),
            ...chaseOf(file, m, locale),
            isInvoices ? m.imports.result.elsewhere : null,
          ]}
        />
      </ConfirmDialog>
    </>
  );
}

function AfterActions({ file }: { file: ImportFile }) {
  const { m } = useLanguage();
  const isInvoices = file.what === "invoices";
  return (
    <>
      <Button component={Link} href={isInvoices ? pages.invoices : pages.customers}>
        {isInvoices ? m.imports.act.toInvoices : m.imports.act.toCustomers}
      </Button>
      <StartAnother what={file.what} />
    </>
  );
}
