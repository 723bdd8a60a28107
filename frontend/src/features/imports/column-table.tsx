/** The columns of a file with some of their cells, and for each what it is and how it is written. */
import { NativeSelect } from "@mantine/core";

import type { ImportColumn, ImportFile } from "@/api/models";
import { useLanguage, wordFor } from "@/i18n";

import { type Choices, fieldsFor, stylesOf, withField, withStyle } from "./choices";
import classes from "./imports.module.css";

interface Props {
  file: ImportFile;
  choices: Choices;
  onChange: (choices: Choices) => void;
}

export function ColumnTable({ file, choices, onChange }: Props) {
  const { m } = useLanguage();
  const words = m.imports.map;
  return (
    <table className={classes.table} aria-label={words.title}>
      <thead>
        <tr>
          <th scope="col">{words.heading}</th>
          <th scope="col">{words.samples}</th>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.style}</th>
        </tr>
      </thead>
      <tbody>
        {file.columns.map((column) => (
          <tr key={column.place} data-ignored={choices[column.place] === undefined}>
            <th scope="row">{column.heading}</th>
            <td className={classes.samples}>
              {column.samples.length > 0 ? column.samples.slice(0, 3).join(" · ") : words.noCells}
            </td>
            <td>
              <FieldSelect file={file} column={column} choices={choices} onChange={onChange} />
            </td>
            <td>
              <StyleSelect column={column} choices={choices} onChange={onChange} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  column: ImportColumn;
  choices: Choices;
  onChange: (choices: Choices) => void;
}

function FieldSelect({ file, column, choices, onChange }: CellProps & { file: ImportFile }) {
  const { m } = useLanguage();
  const { place, heading } = column;
  return (
    <NativeSelect
      size="xs"
      aria-label={m.imports.map.fieldOf(heading)}
      value={choices[place]?.field ?? ""}
      onChange={(event) => onChange(withField(choices, place, event.currentTarget.value))}
      data={[
        { value: "", label: m.imports.map.ignored },
        ...fieldsFor(file.what, choices, place).map((field) => ({
          value: field,
          label: wordFor(m.imports.fields, field),
        })),
      ]}
    />
  );
}

function StyleSelect({ column, choices, onChange }: CellProps) {
  const { m } = useLanguage();
  const words = m.imports.map;
  const { place, heading } = column;
  const choice = choices[place];
  const found = choice === undefined ? null : stylesOf(column, choice.field);
  if (choice === undefined || found === null) return null;
  const isOpen = found.mustChoose && choice.style === "";
  return (
    <NativeSelect
      size="xs"
      aria-label={words.styleOf(heading)}
      error={isOpen ? words.ask : null}
      value={choice.style === "" && !found.mustChoose ? found.guess : choice.style}
      onChange={(event) => onChange(withStyle(choices, place, event.currentTarget.value))}
      data={[
        ...(isOpen ? [{ value: "", label: m.common.none }] : []),
        ...found.styles.map((style) => ({ value: style, label: words.styles[style] })),
      ]}
    />
  );
}
