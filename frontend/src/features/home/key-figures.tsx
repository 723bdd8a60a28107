/** The four key figures of a currency. Each leads to the list behind it. */
import { Tooltip } from "@mantine/core";
import { Link } from "wouter";

import type { SummaryRow } from "@/api/models";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { addDays } from "@/lib/dates";
import { formatMoney, formatPlain } from "@/lib/money";
import { shareOf } from "@/lib/shares";

import classes from "./home.module.css";

interface Props {
  summary: SummaryRow;
  today: string;
}

export function KeyFigures({ summary, today }: Props) {
  const { m, locale } = useLanguage();
  const { currency } = summary;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const share = shareOf(summary.overdue_minor, summary.outstanding_minor);
  return (
    <div className={classes.figures}>
      <Figure
        name={m.home.outstanding}
        value={money(summary.outstanding_minor)}
        detail={m.home.openDetail}
        href={withQuery(pages.invoices, { tab: "open", currency })}
      />
      <Figure
        name={m.home.overdue}
        value={money(summary.overdue_minor)}
        detail={m.home.overdueShare(share)}
        href={withQuery(pages.invoices, { tab: "overdue", currency })}
        tone={summary.overdue_minor > 0 ? "bad" : "normal"}
      />
      <Figure
        name={m.home.expected}
        value={money(summary.expected_30_days_minor)}
        detail={m.home.expectedDetail}
        href={withQuery(pages.invoices, {
          tab: "open",
          currency,
          due_after: addDays(today, -1),
          due_before: addDays(today, 31),
        })}
      />
      <DaysToCollect summary={summary} />
    </div>
  );
}

function DaysToCollect({ summary }: { summary: SummaryRow }) {
  const { m, locale } = useLanguage();
  const figure = (text: string | null) =>
    text === null ? m.common.none : formatPlain(text, locale);
  const detail =
    summary.dso_countback_days === null
      ? m.home.undefinedFigure
      : m.home.dsoDetail(
          figure(summary.dso_simple_days),
          figure(summary.dso_best_possible_days),
        );
  return (
    <div className={classes.figure}>
      <Tooltip label={m.home.dsoHelp} events={{ hover: true, focus: true, touch: true }}>
        <button type="button" className={`${classes.name ?? ""} ${classes.help ?? ""}`}>
          {m.home.dso}
        </button>
      </Tooltip>
      <span className={classes.value}>{summary.dso_countback_days === null
          ? m.common.none
          : m.home.days(figure(summary.dso_countback_days))}</span>
      <span className={classes.detail}>{detail}</span>
    </div>
  );
}

const LONG = 14; // characters, after which the largest type leaves its column

interface FigureProps {
  name: string;
  value: string;
  detail: string;
  href: string;
  tone?: "normal" | "bad";
}

function Figure({ name, value, detail, href, tone }: FigureProps) {
  return (
    <Link href={href} className={classes.figure} data-tone={tone}>
      <span className={classes.name}>{name}</span>
      <span className={classes.value} data-long={value.length > LONG}>
        {value}
      </span>
      <span className={classes.detail}>{detail}</span>
    </Link>
  );
}
