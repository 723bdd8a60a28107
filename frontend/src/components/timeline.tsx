/** What happened, newest first: when, what and by whom. */
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import classes from "./timeline.module.css";

export interface TimelineItem {
  id: string;
  at: string;
  title: React.ReactNode;
  detail?: React.ReactNode;
  by?: string;
}

interface Props {
  items: readonly TimelineItem[];
  timeZone: string;
}

export function Timeline({ items, timeZone }: Props) {
  const { locale } = useLanguage();
  return (
    <ol className={classes.timeline}>
      {items.map((item) => (
        <li key={item.id} className={classes.item}>
          <div className={classes.title}>{item.title}</div>
          {item.detail ? <div className={classes.detail}>{item.detail}</div> : null}
          <div className={classes.when}>
            <time dateTime={item.at}>{formatInstant(item.at, locale, timeZone)}</time>
            {item.by ? <span>{item.by}</span> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
