/** The settings, part by part; each part is a place of its own. */
import { lazy, type ReactNode, Suspense } from "react";

import { useCan } from "@/api/me";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { TabLinks } from "@/components/tab-links";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import { AccountingPart } from "./accounting-part";
import { CompanyPart } from "./company-part";
import { KeysPart } from "./keys-part";
import { HoursPart } from "./hours-part";
import { LaddersPart } from "./ladders/ladders-part";
import { NoticesPart } from "./notices/notices-part";
import { PeoplePart } from "./people-part";
import { ProofPart } from "./proof-part";
import { RatesPart } from "./rates-part";
import { RulesPart } from "./rules-part";
import { SeriesPart } from "./series-part";
import classes from "./settings.module.css";

const StatementsPart = lazy(() => import("./statements/statements-part"));
const TemplatesPart = lazy(() => import("./templates/templates-part"));

const PARTS = ["company", "series", "rules", "rates", "reminders", "templates", "statements", "hours", "accounting", "proof", "keys", "people", "notices"] as const;

export default function SettingsScreen({ part }: { part: string }) {
  const { m } = useLanguage();
  const tabs = PARTS.map((key) => ({
    key,
    label: m.settings[key],
    href: key === "company" ? pages.settings : pages.settingsPart(key),
  }));
  return (
    <>
      <PageHeader title={m.settings.title} />
      <div className={classes.tabs}>
        <TabLinks label={m.settings.parts} tabs={tabs} current={part} />
      </div>
      <Part part={part} />
    </>
  );
}

function Part({ part }: { part: string }) {
  const { m } = useLanguage();
  switch (part) {
    case "company":
      return <CompanyPart />;
    case "series":
      return <SeriesPart />;
    case "rules":
      return <RulesPart />;
    case "rates":
      return <RatesPart />;
    case "reminders":
      return <LaddersPart />;
    case "templates":
      return (
        <Suspense fallback={<PageSkeleton />}>
          <TemplatesPart />
        </Suspense>
      );
    case "statements":
      return (
        <Suspense fallback={<PageSkeleton />}>
          <StatementsPart />
        </Suspense>
      );
    case "hours":
      return <HoursPart />;
    case "accounting":
      return <AccountingPart />;
    case "proof":
      return <ProofPart />;
    case "keys":
      return (
        <ForAdmins>
          <KeysPart />
        </ForAdmins>
      );
    case "people":
      return (
        <ForAdmins>
          <PeoplePart />
        </ForAdmins>
      );
    case "notices":
      return <NoticesPart />;
    default:
      return <EmptyState title={m.common.errors.notFoundPage} />;
  }
}

function ForAdmins({ children }: { children: ReactNode }) {
  const { m } = useLanguage();
  return useCan("admin") ? children : <EmptyState title={m.settings.adminsOnly} />;
}
