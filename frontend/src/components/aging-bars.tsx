/** The aging of one currency: a bar, an amount and a share for each span of days, each a link. */
import { Link } from "wouter";

import { useLanguage } from "@/i18n";
import { shareOf } from "@/lib/shares";

import classes from "./aging-bars.module.css";
import { Money } from "./money";

export interface AgingSpan {
  key: string;
  label: string;
  minor: number;
  href: string;
}

interface Props {
  label: string;
  currency: string;
  /** From not yet due to the oldest. */
  spans: readonly AgingSpan[];
}

export function AgingBars({ label, currency, spans }: Props) {
  const { m } = useLanguage();
  const total = spans.reduce((sum, span) => sum + span.minor, 0);
  const largest = Math.max(...spans.map((span) => span.minor), 1);
  return (
    <ul className={classes.list} aria-label={label}>
      {spans.map((span, index) => (
        <li key={span.key}>
          <Link href={span.href} className={classes.row}>
            <span className={classes.label}>{span.label}</span>
            <svg className={classes.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
              <rect className={classes.track} width="100" height="10" rx="0" />
              <rect
                width={span.minor > 0 ? Math.max((span.minor / largest) * 100, 0.6) : 0}
                height="10"
                fill={`var(--bar-${index})`}
              />
            </svg>
            <span className={classes.share}>{m.common.chart.share(shareOf(span.minor, total))}</span>
            <span className={classes.amount}>
              <Money minor={span.minor} currency={currency} tone={span.minor === 0 ? "soft" : "normal"} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
