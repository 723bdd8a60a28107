/** The first screen: who owes what and since when, what came in, and what needs a person. */
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { homeQuery } from "@/api/home";
import { useMe } from "@/api/me";
import type { AgingRow, Home, SummaryRow } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { MonthBars } from "@/components/month-bars";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { PageSkeleton } from "@/components/skeletons";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatPlain } from "@/lib/money";
import { useUrlState } from "@/lib/url-state";

import { AgingPanel } from "./aging-panel";
import { AttentionPanel } from "./attention-panel";
import { DebtorsPanel } from "./debtors-panel";
import { FirstSteps } from "./first-steps";
import classes from "./home.module.css";
import { KeyFigures } from "./key-figures";

export default function HomeScreen() {
  const home = useQuery(homeQuery);
  if (home.isLoadingError) return <ErrorState error={home.error} retry={() => void home.refetch()} />;
  if (home.data === undefined) return <PageSkeleton />;
  return home.data.summary.length === 0 ? <FirstSteps /> : <FullHome home={home.data} />;
}

/** The currency of the URL, else the company's, else the first with figures. Currencies never mix. */
function useCurrency(home: Home): [string, (currency: string) => void] {
  const me = useMe();
  const { query, change } = useUrlState();
  const all = home.summary.map((row) => row.currency);
  const wanted = [query.get("currency"), me.currency, all[0]];
  const currency = wanted.find((code) => code && all.includes(code)) ?? me.currency;
  return [currency, (code) => change({ currency: code }, "replace")];
}

function FullHome({ home }: { home: Home }) {
  const { m, locale } = useLanguage();
  const [currency, choose] = useCurrency(home);
  const summary = home.summary.find((row) => row.currency === currency);
  const aging = home.aging.find((row) => row.currency === currency);
  const currencies = home.summary.map((row) => row.currency);
  return (
    <>
      <PageHeader
        title={m.home.title}
        detail={m.home.asOf(formatDay(home.as_of, locale))}
        actions={
          currencies.length > 1 ? (
            <SegmentedControl
              aria-label={m.home.currency}
              data={currencies}
              value={currency}
              onChange={choose}
            />
          ) : null
        }
      />
      {summary ? <Figures home={home} summary={summary} aging={aging} /> : null}
    </>
  );
}

interface FiguresProps {
  home: Home;
  summary: SummaryRow;
  aging: AgingRow | undefined;
}

function Figures({ home, summary, aging }: FiguresProps) {
  const { m } = useLanguage();
  const points = summary.months.map((month) => ({
    month: month.month,
    first: month.billed_minor,
    second: month.collected_minor,
  }));
  return (
    <div className={classes.page}>
      <KeyFigures summary={summary} today={home.as_of} />
      <div className={classes.columns}>
        <div className={classes.column}>
          {aging ? <AgingPanel aging={aging} today={home.as_of} /> : null}
          <Panel title={m.home.months}>
            <MonthBars
              title={m.home.months}
              currency={summary.currency}
              names={[m.home.billed, m.home.collected]}
              points={points.slice(-12)}
            />
            <BadDebt percent={summary.bad_debt_percent} />
          </Panel>
        </div>
        <div className={classes.column}>
          <AttentionPanel
            count={home.work_open}
            hasMore={home.work_more}
            approvals={home.approvals_waiting}
          />
          <DebtorsPanel currency={summary.currency} today={home.as_of} />
        </div>
      </div>
    </div>
  );
}

/** What was given up of a year's sales; nothing to say while it is nothing. */
function BadDebt({ percent }: { percent: string | null }) {
  const { m, locale } = useLanguage();
  if (percent === null || Number(percent) === 0) return null;
  return <p className={classes.badDebt}>{m.books.badDebt(formatPlain(percent, locale))}</p>;
}
