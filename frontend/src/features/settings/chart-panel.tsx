/** The numbers of the accounts in the journal. */
import { Button, TextInput } from "@mantine/core";
import { type SyntheticEvent, useRef, useState } from "react";

import { useCan } from "@/api/me";
import type { Company } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFocusFirstError } from "@/lib/first-error";

import { useSaveChart } from "./books-api";
import { type Chart, chartOf, isAccountNumber, namesOf, withChart } from "./chart";
import classes from "./settings.module.css";

export function ChartPanel({ first }: { first: Company }) {
  const { m } = useLanguage();
  const words = m.books.chart;
  const notify = useToast();
  const isAdmin = useCan("admin");
  // What was read when the form opened: a later reread must not touch what is being written.
  const [read, setRead] = useState(first);
  const [chart, setChart] = useState<Chart>(() => chartOf(first));
  const [tried, setTried] = useState(0);
  const save = useSaveChart();
  const frame = useRef<HTMLFormElement>(null);
  const names = namesOf(chart);
  useFocusFirstError(frame, tried > 0 ? tried : null);
  const saved = (after: Company) => {
    setRead(after);
    setChart(chartOf(after));
    notify({ tone: "good", text: m.settings.saved });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(tried + 1);
    if (!names.every((name) => isAccountNumber(chart[name]))) return;
    save.mutate({ input: withChart(read, chart), version: read.version }, { onSuccess: saved });
  };
  return (
    <form
      ref={frame}
      onSubmit={submit}
      noValidate
      className={classes.stack}
      data-locked={!isAdmin}
    >
      <Panel title={words.title}>
        <p className={classes.above}>{words.body}</p>
        <div className={classes.chart}>
          {names.map((name) => (
            <TextInput
              key={name}
              name={name}
              label={words.accounts[name]}
              value={chart[name]}
              disabled={!isAdmin}
              autoComplete="off"
              error={tried > 0 && !isAccountNumber(chart[name]) ? words.bad : undefined}
              onChange={(event) => setChart({ ...chart, [name]: event.currentTarget.value })}
            />
          ))}
        </div>
      </Panel>
      <CommandError error={save.error} />
      {isAdmin ? (
        <div>
          <Button type="submit" loading={save.isPending}>
            {m.settings.save}
          </Button>
        </div>
      ) : (
        <p className={classes.soft}>{m.settings.readOnly}</p>
      )}
    </form>
  );
}
