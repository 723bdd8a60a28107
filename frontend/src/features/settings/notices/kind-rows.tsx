/** Each kind of news with when it is told. */
import { SegmentedControl } from "@mantine/core";

import { Panel } from "@/components/panel";
import { useLanguage, wordFor } from "@/i18n";

import settings from "../settings.module.css";
import classes from "./notices.module.css";
import type { WishesProps } from "./notices-part";

const TIMES = ["each", "digest", "off"] as const;

export function KindRows({ read, wishes, change }: WishesProps) {
  const { m } = useLanguage();
  const words = m.notices;
  return (
    <Panel title={words.which} padding="flush">
      <p className={settings.intro}>
        {words.body(read.email)}
        {read.is_default ? ` ${words.byRole}` : null}
      </p>
      <ul className={settings.rows}>
        {read.offered.map((kind) => {
          const name = wordFor(words.kinds, kind);
          return (
            <li key={kind} className={classes.kind}>
              <div>
                <div className={settings.name}>{name}</div>
                <div className={settings.soft}>{wordFor(words.about, kind)}</div>
              </div>
              <SegmentedControl
                size="xs"
                aria-label={words.whenOf(name)}
                value={wishes.kinds[kind]}
                onChange={(value) =>
                  change({
                    kinds: { ...wishes.kinds, [kind]: TIMES.find((time) => time === value) ?? "off" },
                  })
                }
                data={TIMES.map((time) => ({ value: time, label: words.when[time] }))}
              />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
