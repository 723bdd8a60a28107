/** The next dates of a recurring invoice, with what each would ask for. */
import type { Upcoming } from "@/api/models";
import { Money } from "@/components/money";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";

import classes from "./recurring.module.css";

export function UpcomingList({ upcoming }: { upcoming: Upcoming }) {
  const { m, locale } = useLanguage();
  const words = m.recurring.one;
  if (upcoming.items.length === 0) return <p className={classes.quiet}>{words.noUpcoming}</p>;
  return (
    <ol className={classes.rows}>
      {upcoming.items.map((one) => (
        <li key={one.on}>
          <span className={classes.stack}>
            <span className={classes.strong}>{formatDay(one.on, locale)}</span>
            <span className={classes.soft}>
              {one.has_passed ? words.madeUp : words.due(formatDay(one.due_date, locale))}
            </span>
          </span>
          <Money minor={one.total_minor} currency={upcoming.currency} />
        </li>
      ))}
    </ol>
  );
}
