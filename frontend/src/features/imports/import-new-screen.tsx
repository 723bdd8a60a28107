/** The first step of an import: which file, and what is in it. */
import { Link, useLocation } from "wouter";

import { useCan } from "@/api/me";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import { FileStep } from "./file-step";
import { Steps } from "./import-state";
import classes from "./imports.module.css";

export default function ImportNewScreen() {
  const { m } = useLanguage();
  const [, navigate] = useLocation();
  const { query, change } = useUrlState();
  const what = query.get("what") === "customers" ? "customers" : "invoices";
  const mayImport = useCan("accountant");
  return (
    <>
      <PageHeader
        title={m.imports.upload.title}
        crumb={<Link href={pages.imports}>{m.imports.title}</Link>}
      />
      <div className={classes.narrow}>
        <Steps state="uploading" />
        <Panel>
          {mayImport ? (
            <FileStep
              what={what}
              onWhat={(next) => change({ what: next }, "replace")}
              onDone={(id) => navigate(pages.importOne(id))}
            />
          ) : (
            <EmptyState title={m.common.errors.forbidden} />
          )}
        </Panel>
      </div>
    </>
  );
}
