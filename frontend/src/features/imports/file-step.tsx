/** Choose a file or drop it, and bring it to the server. An upload that stopped goes on here. */
import { Button, SegmentedControl } from "@mantine/core";
import { useRef, useState } from "react";

import type { ImportFile, ImportInput } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Icon } from "@/components/icon";
import { endpoints } from "@/config/paths";
import { useLanguage } from "@/i18n";

import classes from "./imports.module.css";
import { Progress } from "./progress";
import { MAX_BYTES, percentOf, useUpload } from "./upload";

type What = ImportInput["what"];

interface Props {
  what: What;
  /** Not given where it has been said already. */
  onWhat?: (what: What) => void;
  begun?: ImportFile;
  onDone: (id: string) => void;
}

export function FileStep({ what, onWhat, begun, onDone }: Props) {
  const { m } = useLanguage();
  const words = m.imports.upload;
  const [file, setFile] = useState<File | null>(null);
  const upload = useUpload();
  const problem = useProblem(file, begun);
  const send = () => {
    if (file === null) return;
    upload.mutate({ file, what, ...(begun && { begun }) }, { onSuccess: ({ id }) => onDone(id) });
  };
  return (
    <div className={classes.stack}>
      {onWhat ? (
        <SegmentedControl
          aria-label={words.what}
          value={what}
          onChange={(next) => onWhat(next === "customers" ? "customers" : "invoices")}
          data={[
            { value: "invoices", label: m.imports.what.invoices },
            { value: "customers", label: m.imports.what.customers },
          ]}
        />
      ) : null}
      {begun ? <p>{words.again}</p> : null}
      <DropField file={file} onFile={setFile} />
      {problem ? <p role="alert" className={classes.wrong}>{problem}</p> : null}
      {upload.isPending && file ? (
        <Progress
          label={words.sending(percentOf(upload.sent, file.size))}
          value={upload.sent}
          max={file.size}
        />
      ) : null}
      <CommandError error={upload.error} />
      <div className={classes.actions}>
        <Button disabled={file === null || problem !== null} loading={upload.isPending} onClick={send}>
          {words.send}
        </Button>
      </div>
      {begun ? null : <Examples />}
    </div>
  );
}

function useProblem(file: File | null, begun: ImportFile | undefined): string | null {
  const { m } = useLanguage();
  const words = m.imports.upload;
  if (file === null) return null;
  if (file.size === 0) return words.emptyFile;
  if (file.size > MAX_BYTES) return words.tooLarge;
  return begun && begun.size_bytes !== file.size ? words.other : null;
}

function DropField({ file, onFile }: { file: File | null; onFile: (file: File) => void }) {
  const { m } = useLanguage();
  const words = m.imports.upload;
  const field = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const [first] = files ?? [];
    if (first) onFile(first);
  };
  return (
    <div
      className={classes.drop}
      data-over={isOver}
      role="presentation"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <input
        ref={field}
        type="file"
        hidden
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        aria-label={words.choose}
        onChange={(event) => take(event.currentTarget.files)}
      />
      {file ? <strong className={classes.fileName}>{file.name}</strong> : null}
      <div className={classes.choose}>
        <Button
          variant="default"
          leftSection={<Icon name="file" size={16} />}
          onClick={() => field.current?.click()}
        >
          {file ? words.change : words.choose}
        </Button>
        <span className={classes.soft}>{words.drop}</span>
      </div>
      <p className={classes.soft}>{words.limits}</p>
    </div>
  );
}

function Examples() {
  const { m, locale } = useLanguage();
  const words = m.imports.upload;
  return (
    <p className={classes.examples}>
      <span>{words.examples}</span>
      {(["invoices", "customers"] as const).map((what) => (
        <a key={what} href={endpoints.importExample(what, locale)} download>
          {words.example[what]}
        </a>
      ))}
    </p>
  );
}
