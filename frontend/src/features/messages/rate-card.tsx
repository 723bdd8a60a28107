/** A rate against its limit: as a number, as a bar whose middle is the limit, and in words. */
import type { DeliverabilityReport } from "@/api/models";
import { StateBadge } from "@/components/state-badge";
import { useLanguage } from "@/i18n";

import classes from "./messages.module.css";
import { sharePercent, widthOf } from "./shares";

interface Props {
  name: string;
  meaning: string;
  part: number;
  whole: number;
  rate: string | null;
  limit: string;
  verdict: DeliverabilityReport["bounces"];
}

const TONES = { within: "good", too_few: "warn", beyond: "bad" } as const;

export function RateCard({ name, meaning, part, whole, rate, limit, verdict }: Props) {
  const { m, locale } = useLanguage();
  const words = m.mails.report;
  return (
    <section className={classes.rate} data-beyond={verdict === "beyond"} aria-label={name}>
      <h2 className={classes.rateName}>{name}</h2>
      <p className={classes.rateLine}>
        <span className={classes.rateValue}>
          {rate === null ? m.common.none : sharePercent(rate, locale)}
        </span>
        <span className={classes.soft}>{words.of(part, whole)}</span>
      </p>
      <div className={classes.meter} aria-hidden="true">
        <span className={classes.filled} style={{ width: `${widthOf(rate, limit)}%` }} />
        <span className={classes.limit} />
      </div>
      <p className={classes.rateLine}>
        {rate === null ? null : (
          <StateBadge tone={TONES[verdict]}>{words.verdicts[verdict]}</StateBadge>
        )}
        <span className={classes.soft}>{words.limit(sharePercent(limit, locale))}</span>
      </p>
      <p className={classes.soft}>{meaning}</p>
    </section>
  );
}
