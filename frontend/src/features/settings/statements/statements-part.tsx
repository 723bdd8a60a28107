/** Monthly statements of account: who gets them, on which day, and how the last ones went. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { Link } from "wouter";

import { get } from "@/api/client";
import { useCan, useMe } from "@/api/me";
import type { Company, MonthlyStatements } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { KeyValue } from "@/components/key-value";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { endpoints, pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { addMonths, formatDay, formatMonthLong } from "@/lib/dates";

import { withFrozen } from "../company-fields";
import { PartStates } from "../part-states";
import { companyQuery, useSaveCompany } from "../settings-api";
import classes from "../settings.module.css";
import own from "./statements.module.css";

const monthlyQuery = queryOptions({
  queryKey: ["statements", "monthly"],
  queryFn: ({ signal }) => get<MonthlyStatements>(endpoints.statements, signal),
});

const SETTINGS = ["off", "open", "moved"] as const;

export default function StatementsPart() {
  const company = useQuery(companyQuery);
  const monthly = useQuery(monthlyQuery);
  return (
    <PartStates query={company}>
      {(data) => (
        <div className={classes.stack}>
          <Form first={data} known={monthly.data} />
          <Latest monthly={monthly.data} />
          <CommandError error={monthly.error} />
        </div>
      )}
    </PartStates>
  );
}

function isDay(text: string): boolean {
  return /^\d{1,2}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 28;
}

/** The next time that a day of the month comes after today. */
export function nextOf(day: number, today: string): string {
  const here = `${today.slice(0, 8)}${String(day).padStart(2, "0")}`;
  return here > today ? here : addMonths(here, 1);
}

function Form({ first, known }: { first: Company; known: MonthlyStatements | undefined }) {
  const { m } = useLanguage();
  const words = m.paper.monthly;
  const notify = useToast();
  const isAdmin = useCan("admin");
  const save = useSaveCompany();
  const refused = useFieldErrors(save.error);
  // What was read when the form opened: a later reread must not touch what is being written.
  const [read, setRead] = useState(first);
  const [setting, setSetting] = useState(first.statements);
  const [day, setDay] = useState(String(first.statements_day));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isDay(day)) return;
    const input = {
      ...withFrozen(read, read.sending_frozen),
      statements: setting,
      statements_day: Number(day),
    };
    save.mutate(
      { input, version: read.version },
      {
        onSuccess: (after) => {
          setRead(after);
          notify({ tone: "good", text: m.settings.saved });
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate className={classes.stack} data-locked={!isAdmin}>
      <Panel>
        <p className={classes.above}>{words.body}</p>
        <div className={own.fields}>
          <NativeSelect
            label={words.who}
            value={setting}
            disabled={!isAdmin}
            data={SETTINGS.map((value) => ({ value, label: words.settings[value] }))}
            onChange={(event) =>
              setSetting(SETTINGS.find((one) => one === event.currentTarget.value) ?? setting)
            }
          />
          <TextInput
            label={words.day}
            description={words.dayHint}
            inputWrapperOrder={["label", "input", "description", "error"]}
            inputMode="numeric"
            autoComplete="off"
            value={day}
            disabled={!isAdmin}
            error={isDay(day) ? refused.get("/statements_day") : words.badDay}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        </div>
        <Outlook
          setting={setting}
          day={day}
          isChanged={setting !== read.statements || day !== String(read.statements_day)}
          known={known}
        />
        <p className={classes.soft}>{words.exceptions}</p>
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

interface OutlookProps {
  setting: Company["statements"];
  day: string;
  isChanged: boolean;
  known: MonthlyStatements | undefined;
}

/** When the next go out, as it is or as it would be once saved. */
function Outlook({ setting, day, isChanged, known }: OutlookProps) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.paper.monthly;
  const text = () => {
    if (setting === "off") return words.none;
    if (!isChanged) return known ? words.next(formatDay(known.next_on, locale)) : "";
    return isDay(day) ? words.ifSaved(formatDay(nextOf(Number(day), today), locale)) : "";
  };
  return (
    <p className={own.outlook} aria-live="polite">
      {text()}
    </p>
  );
}

function Latest({ monthly }: { monthly: MonthlyStatements | undefined }) {
  const { m, locale } = useLanguage();
  const words = m.paper.monthly;
  const latest = monthly?.latest;
  if (!latest || latest.accounts === 0) return null;
  const count = (value: number) => value.toLocaleString(locale);
  return (
    <Panel
      title={words.latest}
      aside={latest.unreachable > 0 ? <Link href={pages.work}>{words.seeWork}</Link> : null}
    >
      <KeyValue
        items={[
          [words.month, formatMonthLong(latest.month, locale)],
          [words.accounts, count(latest.accounts)],
          [words.made, count(latest.made)],
          [words.unreachable, latest.unreachable > 0 ? count(latest.unreachable) : null],
          [words.waiting, latest.waiting > 0 ? count(latest.waiting) : null],
        ]}
      />
    </Panel>
  );
}
