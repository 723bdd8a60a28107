/** The two places of recurring invoices, and the states by which each can be narrowed. */
import { SegmentedControl } from "@mantine/core";

import { TabLinks } from "@/components/tab-links";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import classes from "./recurring.module.css";

interface Props {
  current: "list" | "runs";
  states: readonly string[];
  words: Readonly<Record<string, string>>;
  state: string | null;
}

export function RecurringTabs({ current, states, words, state }: Props) {
  const { m } = useLanguage();
  const { change } = useUrlState();
  const tabs = [
    { key: "list", label: m.recurring.list, href: pages.recurring },
    { key: "runs", label: m.recurring.runs, href: pages.recurringRuns },
  ];
  const data = [
    { value: "all", label: m.recurring.all },
    ...states.map((value) => ({ value, label: wordFor(words, value) })),
  ];
  return (
    <>
      <TabLinks label={m.recurring.tabs} tabs={tabs} current={current} />
      <div className={classes.filters}>
        <SegmentedControl
          size="xs"
          aria-label={m.recurring.state}
          data={data}
          value={state ?? "all"}
          onChange={(value) => change({ state: value === "all" ? null : value })}
        />
      </div>
    </>
  );
}
