/** The rows of a day. j and k move, Enter opens the text, e sends now, s skips the step. */
import { useRef } from "react";

import { useMe } from "@/api/me";
import { useLanguage } from "@/i18n";
import { formatHour } from "@/lib/dates";
import { focusedRow, useKeptPlace, useRowKeys } from "@/lib/row-keys";
import { useShortcuts } from "@/lib/shortcuts";
import { useUrlState } from "@/lib/url-state";

import { keyOf, type OutgoingGroup } from "./outgoing-groups";
import { OutgoingPanel } from "./outgoing-panel";
import { OutgoingRow } from "./outgoing-row";
import classes from "./outgoing.module.css";

interface Props {
  groups: readonly OutgoingGroup[];
  isStale: boolean;
  hasMore: boolean;
}

export function OutgoingList({ groups, isStale, hasMore }: Props) {
  const { m } = useLanguage();
  const { query, change } = useUrlState();
  const frame = useRef<HTMLDivElement>(null);
  useRowKeys(frame);
  useKeptPlace(frame, groups);
  const press = (what: string) => focusedRow()?.querySelector<HTMLElement>(what)?.click();
  useShortcuts({ e: () => press("[data-send]"), s: () => press("[data-skip]") });
  const open = query.get("open");
  const item = groups.flatMap(({ items }) => items).find((one) => keyOf(one) === open);
  return (
    <div ref={frame} data-stale={isStale} className={classes.frame}>
      {groups.map((group) => (
        <section key={group.key} className={classes.group} aria-labelledby={`group-${group.key}`}>
          <h2 id={`group-${group.key}`} className={classes.heading}>
            <Heading group={group} />
            <span className={classes.count}>{group.items.length}</span>
          </h2>
          <ul>
            {group.items.map((one) => (
              <OutgoingRow key={keyOf(one)} item={one} />
            ))}
          </ul>
        </section>
      ))}
      {hasMore ? <p className={classes.more}>{m.chase.more}</p> : null}
      <OutgoingPanel item={item} onClose={() => change({ open: null }, "replace")} />
    </div>
  );
}

function Heading({ group: { kind, at } }: { group: OutgoingGroup }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  if (kind !== "hour" || at === null) return m.chase.groups[kind === "hour" ? "held" : kind];
  return m.chase.groups.hour(formatHour(at, locale, timeZone));
}
