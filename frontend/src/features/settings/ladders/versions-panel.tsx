/** The versions of a rule: who changed what and when, and the way back to each. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useCan, useMe } from "@/api/me";
import type { Policy, PolicyVersion } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { type Messages, useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { policyName } from "@/lib/policy-name";

import { type Difference, differences } from "./differences";
import type { Notation } from "./draft";
import { stepName, whatOf } from "./ladder-words";
import classes from "./ladders.module.css";
import { versionsQuery } from "./ladders-api";

interface Props {
  id: string;
  current: Policy;
  notation: Notation;
  restore: (policy: Policy) => void;
}

export function VersionsPanel({ id, ...props }: Props) {
  const { m } = useLanguage();
  const versions = useQuery(versionsQuery(id));
  return (
    <Panel title={m.ladders.versions.title}>
      {versions.data === undefined ? (
        versions.error ? (
          <ErrorState error={versions.error} retry={() => void versions.refetch()} />
        ) : (
          <ListSkeleton rows={3} />
        )
      ) : versions.data.length === 0 ? (
        <p className={classes.soft}>{m.ladders.versions.none}</p>
      ) : (
        <ol className={classes.versions}>
          {versions.data.map((version, at) => (
            <Version
              key={version.number}
              version={version}
              earlier={versions.data[at + 1] ?? null}
              {...props}
            />
          ))}
        </ol>
      )}
    </Panel>
  );
}

interface VersionProps extends Omit<Props, "id"> {
  version: PolicyVersion;
  earlier: PolicyVersion | null;
}

function Version({ version, earlier, current, restore, notation }: VersionProps) {
  const { m } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const isAdmin = useCan("admin");
  const words = m.ladders.versions;
  const isCurrent = version.number === current.version;
  const name = version.number === 0 ? m.ladders.editor.asShipped : m.ladders.editor.version(version.number);
  const changes = earlier === null ? [] : differences(earlier.policy, version.policy);
  return (
    <li className={classes.version}>
      <div className={classes.versionHead}>
        <strong>{name}</strong>
        {isCurrent ? <span className={classes.soft}>{words.current}</span> : null}
        {isAdmin && !isCurrent ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={words.restoreOf(name)}
            onClick={() => restore(version.policy)}
          >
            {words.restore}
          </Button>
        ) : null}
      </div>
      {version.changed_at === null ? null : (
        <p className={classes.soft}>
          {words.by(version.changed_by ?? "", formatInstant(version.changed_at, notation.locale, timeZone))}
        </p>
      )}
      {earlier === null ? null : (
        <ul className={classes.differences}>
          {changes.length === 0 ? <li>{words.same}</li> : null}
          {changes.map((one) => {
            const text = textOf(one, m, version.policy.id);
            return <li key={text}>{text}</li>;
          })}
        </ul>
      )}
    </li>
  );
}

function textOf(one: Difference, m: Messages, id: string): string {
  const words = m.ladders.versions;
  switch (one.what) {
    case "renamed":
      return words.renamed(policyName({ id, name: one.name }, m));
    case "minimum":
      return words.minimum;
    case "moved":
      return words.moved(
        whatOf(one.step, m),
        m.ladders.offset(one.from).toLowerCase(),
        m.ladders.offset(one.step.offset_days).toLowerCase(),
      );
    default:
      return words[one.what](stepName(one.step, m));
  }
}
