/** The second step: what each column is, and what the file does not say. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { ImportFile } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { addDays } from "@/lib/dates";

import { type Choices, choicesOf, mappingOf, type Options, unanswered } from "./choices";
import { ColumnTable } from "./column-table";
import { useCheck } from "./imports-api";
import classes from "./imports.module.css";
import { OptionFields } from "./option-fields";

const REST_DAYS = 14; // to look at what came in before anybody is written to

interface Props {
  file: ImportFile;
  onChecked?: () => void;
}

export function ColumnsStep({ file, onChecked }: Props) {
  const { m } = useLanguage();
  const words = m.imports.map;
  const [choices, setChoices] = useState<Choices>(() => choicesOf(file));
  const [options, setOptions] = useState<Options>(useFirstOptions(file));
  const check = useCheck(file.id);
  const open = unanswered(file.columns, choices);
  const ignored = file.columns.filter(({ place }) => choices[place] === undefined);
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        check.mutate(mappingOf(choices, options), { onSuccess: () => onChecked?.() });
      }}
    >
      <Panel title={words.title} aside={<Read file={file} />} padding="flush">
        <p className={classes.intro}>{file.is_remembered ? words.remembered : words.guessed}</p>
        <ColumnTable file={file} choices={choices} onChange={setChoices} />
        {ignored.length > 0 ? (
          <p className={classes.outro}>
            {words.ignoredList(ignored.map(({ heading }) => heading).join(", "))}
          </p>
        ) : null}
      </Panel>
      <Panel title={m.imports.options.title}>
        <OptionFields what={file.what} options={options} onChange={setOptions} />
      </Panel>
      {open.length > 0 ? (
        <p className={classes.wrong} role="alert">
          {`${words.ask}: ${open.map(({ heading }) => heading).join(", ")}`}
        </p>
      ) : null}
      <CommandError error={check.error} />
      <div className={classes.actions}>
        <Button type="submit" loading={check.isPending} disabled={open.length > 0}>
          {words.check}
        </Button>
      </div>
    </form>
  );
}

/** Invoices rest for some days unless somebody says otherwise: no one is written to by surprise. */
function useFirstOptions(file: ImportFile): Options {
  const { today } = useMe();
  const isUntouched = file.state === "columns" && file.options.rest_until === null;
  if (file.what !== "invoices" || !isUntouched) return file.options;
  return { ...file.options, rest_until: addDays(today, REST_DAYS) };
}

function Read({ file }: { file: ImportFile }) {
  const { m } = useLanguage();
  const names: Readonly<Record<string, string>> = m.imports.map.delimiters;
  const { encoding, delimiter } = file;
  if (encoding === null || delimiter === null) return null;
  return (
    <span className={classes.soft}>
      {m.imports.map.read(encoding.toUpperCase(), names[delimiter] ?? delimiter)}
    </span>
  );
}
