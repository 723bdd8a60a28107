/** What is owed by age. Each span leads to its invoices, by the same days of due date. */
import { Link } from "wouter";

import type { AgingRow } from "@/api/models";
import { AgingBars } from "@/components/aging-bars";
import { Panel } from "@/components/panel";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { addDays } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import classes from "./home.module.css";

interface Props {
  aging: AgingRow;
  today: string;
}

export function AgingPanel({ aging, today }: Props) {
  const { m, locale } = useLanguage();
  // The list's bounds exclude the day that they name.
  const due = (fewest: number | null, most: number | null) =>
    withQuery(pages.invoices, {
      tab: "open",
      currency: aging.currency,
      due_before: fewest === null ? null : addDays(today, 1 - fewest),
      due_after: most === null ? null : addDays(today, -1 - most),
    });
  const words = m.home.spans;
  const spans = [
    { key: "current", label: words.current, minor: aging.current_minor, href: due(null, 0) },
    { key: "1", label: words.days_1_30, minor: aging.days_1_30_minor, href: due(1, 30) },
    { key: "31", label: words.days_31_60, minor: aging.days_31_60_minor, href: due(31, 60) },
    { key: "61", label: words.days_61_90, minor: aging.days_61_90_minor, href: due(61, 90) },
    { key: "91", label: words.over_90, minor: aging.over_90_minor, href: due(91, null) },
  ];
  return (
    <Panel title={m.home.aging}>
      <AgingBars label={m.home.aging} currency={aging.currency} spans={spans} />
      {aging.unapplied_minor > 0 ? (
        <p className={classes.note}>
          <Link href={withQuery(pages.payments, { tab: "unapplied" })}>
            {m.home.unapplied(formatMoney(aging.unapplied_minor, aging.currency, locale))}
          </Link>
        </p>
      ) : null}
    </Panel>
  );
}
