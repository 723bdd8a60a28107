/** The settings, part by part; each part is a place of its own, loaded when it is first asked for. */
import { useMediaQuery } from "@mantine/hooks";
import { type ComponentType, lazy, Suspense } from "react";
import { Link, Redirect } from "wouter";

import { useCan } from "@/api/me";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import { ListPage, SideList } from "./part-navigation";
import { isForAdmins, partNamed, type PartName } from "./parts";
import classes from "./settings-screen.module.css";

const PARTS: Readonly<Record<PartName, ComponentType>> = {
  company: lazy(() => import("./company-part")),
  series: lazy(() => import("./series-part")),
  rules: lazy(() => import("./rules-part")),
  providers: lazy(() => import("./providers/providers-part")),
  portal: lazy(() => import("./portal/portal-part")),
  reminders: lazy(() => import("./ladders/ladders-part")),
  templates: lazy(() => import("./templates/templates-part")),
  statements: lazy(() => import("./statements/statements-part")),
  hours: lazy(() => import("./hours-part")),
  accounting: lazy(() => import("./accounting-part")),
  rates: lazy(() => import("./rates-part")),
  proof: lazy(() => import("./proof-part")),
  people: lazy(() => import("./people-part")),
  keys: lazy(() => import("./keys-part")),
  webhooks: lazy(() => import("./webhooks/webhooks-part")),
  notices: lazy(() => import("./notices/notices-part")),
};

const WIDE = "(min-width: 62.5em)"; // as in the style sheet beside this

/** Without a part: the list of them where it does not fit beside, else the first. */
export default function SettingsScreen({ part = null }: { part?: string | null }) {
  const { query } = useUrlState();
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  if (part === null) {
    return isWide ? <Redirect to={pages.settingsPart("company")} replace /> : <ListPage />;
  }
  // A text that is being written needs the width: it is a page of its own, as a reminder rule is.
  if (part === "templates" && query.has("template")) return <Drawn part="templates" />;
  return <Framed name={part} isWide={isWide} />;
}

function Framed({ name, isWide }: { name: string; isWide: boolean }) {
  const { m } = useLanguage();
  const part = partNamed(name);
  const mayRead = useCan("admin") || part === null || !isForAdmins(part);
  return (
    <div className={classes.frame}>
      {isWide ? <SideList current={name} /> : null}
      <div className={classes.part} tabIndex={-1} data-landing="">
        <PageHeader
          title={part === null ? m.common.errors.notFoundPage : m.settings[part]}
          crumb={isWide ? null : <Link href={pages.settings}>{m.settings.title}</Link>}
        />
        {part === null ? null : mayRead ? (
          <Drawn part={part} />
        ) : (
          <EmptyState title={m.settings.adminsOnly} />
        )}
      </div>
    </div>
  );
}

function Drawn({ part }: { part: PartName }) {
  const Part = PARTS[part];
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Part />
    </Suspense>
  );
}
