/** What is wrong in a file, grouped by what puts it right; what is only worth knowing stands apart. */
import { Button } from "@mantine/core";

import type { ImportFile, ImportGroup } from "@/api/models";
import { Icon } from "@/components/icon";
import { Panel } from "@/components/panel";
import { endpoints } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";

import classes from "./imports.module.css";

export function IssueGroups({ file }: { file: ImportFile }) {
  const { m, locale } = useLanguage();
  const words = m.imports.groups;
  const errors = file.groups.filter((group) => group.is_error);
  const warnings = file.groups.filter((group) => !group.is_error);
  const download = (
    <Button
      component="a"
      href={endpoints.importRejected(file.id, locale)}
      download
      variant="default"
      size="xs"
      leftSection={<Icon name="file" size={14} />}
    >
      {words.file}
    </Button>
  );
  return (
    <>
      {errors.length > 0 ? (
        <Panel title={words.title} padding="flush">
          <Groups groups={errors} />
          <p className={classes.outro}>{download}</p>
        </Panel>
      ) : null}
      {warnings.length > 0 ? (
        <Panel title={words.warnings} padding="flush">
          <Groups groups={warnings} />
        </Panel>
      ) : null}
    </>
  );
}

function Groups({ groups }: { groups: readonly ImportGroup[] }) {
  return (
    <ul className={classes.groups}>
      {groups.map((group) => (
        <Group key={`${group.code} ${group.field}`} group={group} />
      ))}
    </ul>
  );
}

function Group({ group }: { group: ImportGroup }) {
  const { m } = useLanguage();
  const words = m.imports.groups;
  const name = group.heading || wordFor(m.imports.fields, group.field);
  const left = group.rows - group.examples.length;
  const isAgain = group.code.startsWith("repeated");
  const said = isAgain ? words.row : words.expected;
  return (
    <li>
      <p className={classes.groupTitle}>
        <strong>{`${name} ${wordFor(m.imports.issues, group.code)}`}</strong>
        <span>{words.rows(group.rows)}</span>
      </p>
      <ul className={classes.examplesOf}>
        {group.examples.map((one) => (
          <li key={one.row}>
            <span>{`${words.row} ${one.row}`}</span>
            {one.found ? <code>{one.found}</code> : null}
            {one.expected ? <span>{`${said}: ${one.expected}`}</span> : null}
          </li>
        ))}
        {left > 0 ? <li>{words.more(left)}</li> : null}
      </ul>
    </li>
  );
}
