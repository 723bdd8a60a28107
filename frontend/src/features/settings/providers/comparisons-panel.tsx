/** What each night's look at the providers' lists came to. */
import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useCan, useMe } from "@/api/me";
import type { Comparison, Provider } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { DataTable } from "@/components/data-table";
import type { Column } from "@/components/list-types";
import { Panel } from "@/components/panel";
import { StateBadge, type Tone } from "@/components/state-badge";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import settings from "../settings.module.css";
import { comparisonsQuery, useCompare } from "./providers-api";
import classes from "./providers.module.css";

const TONES: Readonly<Record<Comparison["state"], Tone>> = {
  running: "open",
  done: "good",
  failed: "bad",
};

export function ComparisonsPanel({ providers }: { providers: Provider[] }) {
  const { m } = useLanguage();
  const words = m.providers;
  const columns = useColumns(providers);
  const runs = useQuery(comparisonsQuery);
  return (
    <Panel title={words.comparisons} padding="flush">
      <p className={settings.lead}>{words.comparisonsIntro}</p>
      <Buttons providers={providers} />
      <DataTable
        label={words.comparisons}
        columns={columns}
        rows={runs.data}
        error={runs.error}
        retry={() => void runs.refetch()}
        empty={<p className={settings.intro}>{words.noComparisons}</p>}
        idOf={(row) => row.id}
        nameOf={(row) => row.id}
      />
    </Panel>
  );
}

function Buttons({ providers }: { providers: Provider[] }) {
  const { m } = useLanguage();
  const notify = useToast();
  const compare = useCompare();
  const mayCompare = useCan("accountant");
  const listed = providers.filter((one) => one.has_list && one.is_ready);
  if (!mayCompare || listed.length === 0) return null;
  const begun = () => notify({ tone: "good", text: m.providers.comparing });
  return (
    <div className={classes.compare}>
      <Group gap="xs">
        {listed.map((one) => (
          <Button
            key={one.name}
            size="xs"
            variant="default"
            loading={compare.isPending && compare.variables === one.name}
            onClick={() => compare.mutate(one.name, { onSuccess: begun })}
          >
            {m.providers.compareNow(one.title)}
          </Button>
        ))}
      </Group>
      <CommandError error={compare.error} />
    </div>
  );
}

function useColumns(providers: Provider[]): Column<Comparison>[] {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.providers;
  const titles = new Map(providers.map((one) => [one.name, one.title]));
  return [
    {
      key: "provider",
      header: words.provider,
      phone: "title",
      render: (run) => titles.get(run.provider) ?? run.provider,
    },
    {
      key: "until",
      header: words.period,
      phone: "meta",
      render: (run) =>
        `${formatInstant(run.since, locale, timeZone)} – ${formatInstant(run.until, locale, timeZone)}`,
    },
    { key: "seen", header: words.seen, phone: "hidden", align: "right", render: (run) => run.seen },
    {
      key: "missed",
      header: words.missed,
      phone: "meta",
      align: "right",
      render: (run) => run.missed,
      renderOnCard: (run) => `${words.missed}: ${run.missed}`,
    },
    {
      key: "differing",
      header: words.differing,
      phone: "meta",
      align: "right",
      render: (run) =>
        run.differing > 0 ? <Link href={pages.work}>{run.differing}</Link> : run.differing,
      renderOnCard: (run) => `${words.differing}: ${run.differing}`,
    },
    {
      key: "state",
      header: words.state,
      phone: "state",
      render: (run) => (
        <span title={run.error ?? undefined}>
          <StateBadge tone={TONES[run.state]}>{words.runStates[run.state] ?? run.state}</StateBadge>
        </span>
      ),
    },
  ];
}
