/** One import, at whatever step it stands. It can be left and taken up again at any time. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { ImportFile } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { PageSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { codeText } from "@/lib/failures";
import { useUrlState } from "@/lib/url-state";

import { CheckedStep } from "./checked-step";
import { ColumnsStep } from "./columns-step";
import { FileStep } from "./file-step";
import { CancelImport, StartAnother } from "./import-actions";
import { ImportState, Steps } from "./import-state";
import { importQuery } from "./imports-api";
import classes from "./imports.module.css";
import { Progress } from "./progress";

export default function ImportScreen({ id }: { id: string }) {
  const { m, locale } = useLanguage();
  const { time_zone: zone } = useMe();
  const one = useQuery(importQuery(id));
  if (one.isLoadingError) {
    return <ErrorState error={one.error} retry={() => void one.refetch()} />;
  }
  if (one.data === undefined) return <PageSkeleton />;
  const file = one.data;
  return (
    <>
      <PageHeader
        title={file.file_name}
        crumb={<Link href={pages.imports}>{m.imports.title}</Link>}
        detail={
          <span className={classes.detail}>
            <ImportState state={file.state} />
            <span>{m.imports.what[file.what]}</span>
            {file.rows ? <span>{m.imports.rows(file.rows)}</span> : null}
            <span>{m.imports.by(file.by, formatInstant(file.created_at, locale, zone))}</span>
          </span>
        }
        actions={<CancelImport file={file} />}
      />
      <Steps state={file.state} />
      <Step file={file} />
    </>
  );
}

function Step({ file }: { file: ImportFile }) {
  const { m } = useLanguage();
  const { query, change } = useUrlState();
  const words = m.imports;
  const progress = words.progress(file.chunks_done, file.chunks);
  switch (file.state) {
    case "uploading":
      return (
        <div className={classes.narrow}>
          <Panel>
            <FileStep what={file.what} begun={file} onDone={() => undefined} />
          </Panel>
        </div>
      );
    case "reading":
      return <Working label={words.reading} />;
    case "checking":
      return <Working label={`${words.checking} ${progress}`} file={file} />;
    case "importing":
      return <Working label={`${words.importing} ${progress}`} file={file} />;
    case "failed":
      return (
        <Notice tone="warn" title={words.failed} actions={<StartAnother what={file.what} />}>
          <p>{codeText(file.failure ?? "", file.failure ?? "", m.common.errors)}</p>
        </Notice>
      );
    case "columns":
      return <ColumnsStep file={file} />;
    case "checked":
      // What was chosen may still be changed; then all is checked anew.
      return query.has("columns") ? (
        <ColumnsStep file={file} onChecked={() => change({ columns: null }, "replace")} />
      ) : (
        <CheckedStep file={file} />
      );
    default:
      return <CheckedStep file={file} />;
  }
}

function Working({ label, file }: { label: string; file?: ImportFile }) {
  return (
    <div className={classes.narrow}>
      <Panel>
        <Progress label={label} value={file?.chunks_done ?? 0} max={file?.chunks ?? 1} />
      </Panel>
    </div>
  );
}
