/** How well mail arrives: the two rates against their limits, and who causes them. */
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { DeliverabilityReport } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import { Bounced } from "./bounced";
import { ByDay, ByPurpose } from "./figure-tables";
import { deliverabilityQuery } from "./messages-api";
import classes from "./messages.module.css";
import { RateCard } from "./rate-card";

const PERIODS = [7, 30, 90];

export default function DeliverabilityScreen() {
  const { m } = useLanguage();
  const words = m.mails.report;
  const { query, change } = useUrlState();
  const days = PERIODS.find((each) => String(each) === query.get("days")) ?? 30;
  const report = useQuery(deliverabilityQuery(days));
  return (
    <>
      <PageHeader
        title={words.title}
        crumb={<Link href={pages.messages}>{m.mails.title}</Link>}
      />
      <div className={classes.filters}>
        <SegmentedControl
          aria-label={words.days}
          data={PERIODS.map((each) => ({ value: String(each), label: words.lastDays(each) }))}
          value={String(days)}
          onChange={(value) => change({ days: value })}
        />
      </div>
      {report.data ? (
        <Report report={report.data} />
      ) : report.error ? (
        <ErrorState error={report.error} retry={() => void report.refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

function Report({ report }: { report: DeliverabilityReport }) {
  const { m } = useLanguage();
  const words = m.mails.report;
  const { total } = report;
  if (total.sent === 0 && total.refused === 0) return <Notice tone="info" title={words.nothing} />;
  return (
    <div className={classes.page}>
      <div className={classes.rates}>
        <RateCard
          name={words.bounces}
          meaning={words.bouncesMean}
          part={total.bounced}
          whole={total.sent}
          rate={total.bounce_rate}
          limit={report.bounce_limit}
          verdict={report.bounces}
        />
        <RateCard
          name={words.complaints}
          meaning={words.complaintsMean}
          part={total.complained}
          whole={total.sent}
          rate={total.complaint_rate}
          limit={report.complaint_limit}
          verdict={report.complaints}
        />
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          <ByPurpose rows={report.by_purpose} />
          <ByDay rows={report.by_day} />
        </div>
        <Bounced addresses={report.addresses} domains={report.domains} />
      </div>
    </div>
  );
}
