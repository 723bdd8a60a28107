/** When the company writes to its customers: hours, weekdays, days off and public holidays. */
import { Button, Checkbox, Group, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useRef, useState } from "react";

import { useCan } from "@/api/me";
import type { Company } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useFocusFirstError } from "@/lib/first-error";

import { DaysOff } from "./days-off";
import { HolidaysPanel } from "./holidays-panel";
import { formOf, type HoursForm, withHours, wrongIn } from "./hours";
import classes from "./hours.module.css";
import { PartStates } from "./part-states";
import settings from "./settings.module.css";
import { companyQuery, useSaveCompany } from "./settings-api";
import { weekdayName, WEEKDAYS, weekdaysText } from "./weekdays";

export default function HoursPart() {
  const company = useQuery(companyQuery);
  return (
    <PartStates query={company}>
      {(data) => (
        <div className={settings.stack}>
          <Hours first={data} />
          <HolidaysPanel country={data.country} />
        </div>
      )}
    </PartStates>
  );
}

export interface HoursProps {
  form: HoursForm;
  isLocked: boolean;
  change: (part: Partial<HoursForm>) => void;
  errorOf: (name: keyof HoursForm) => string | undefined;
}

function Hours({ first }: { first: Company }) {
  const { m } = useLanguage();
  const words = m.ladders.hours;
  const notify = useToast();
  const isAdmin = useCan("admin");
  // What was read when the form opened: a later reread must not touch what is being written.
  const [read, setRead] = useState(first);
  const [form, setForm] = useState(() => formOf(first));
  const [tried, setTried] = useState(0);
  const save = useSaveCompany();
  const refused = useFieldErrors(save.error);
  const frame = useRef<HTMLFormElement>(null);
  useFocusFirstError(frame, tried > 0 ? (save.error ?? tried) : null);
  const wrong = wrongIn(form);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(tried + 1);
    if (Object.keys(wrong).length > 0) return;
    const onSuccess = (after: Company) => {
      setRead(after);
      setForm(formOf(after));
      notify({ tone: "good", text: m.settings.saved });
    };
    save.mutate({ input: withHours(read, form), version: read.version }, { onSuccess });
  };
  const props: HoursProps = {
    form,
    isLocked: !isAdmin,
    change: (part) => setForm({ ...form, ...part }),
    errorOf: (name) => {
      const flaw = wrong[name];
      return flaw === undefined ? refused.get(POINTERS[name]) : words[flaw];
    },
  };
  return (
    <form ref={frame} onSubmit={submit} noValidate className={settings.stack} data-locked={!isAdmin}>
      <Panel>
        <p className={settings.above}>{words.body}</p>
        <Fields {...props} />
        {Object.keys(wrong).length === 0 ? <Sentence form={form} /> : null}
      </Panel>
      <Panel title={words.daysOff}>
        <DaysOff {...props} />
      </Panel>
      <CommandError error={save.error} />
      {isAdmin ? (
        <div>
          <Button type="submit" loading={save.isPending}>
            {m.settings.save}
          </Button>
        </div>
      ) : (
        <p className={settings.soft}>{m.settings.readOnly}</p>
      )}
    </form>
  );
}

const POINTERS: Record<keyof HoursForm, string> = {
  opens: "/opens",
  closes: "/closes",
  weekdays: "/working_days",
  spread: "/spread_minutes",
  daysOff: "/days_off",
};

function Fields(props: HoursProps) {
  const { m } = useLanguage();
  const words = m.ladders.hours;
  const { form, isLocked, change, errorOf } = props;
  return (
    <div className={classes.fields}>
      <TextInput
        type="time"
        label={words.opens}
        value={form.opens}
        disabled={isLocked}
        error={errorOf("opens")}
        onChange={(event) => change({ opens: event.currentTarget.value })}
      />
      <TextInput
        type="time"
        label={words.closes}
        value={form.closes}
        disabled={isLocked}
        error={errorOf("closes")}
        onChange={(event) => change({ closes: event.currentTarget.value })}
      />
      <Weekdays {...props} />
      <TextInput
        className={classes.wide}
        classNames={{ input: classes.minutes ?? "" }}
        label={words.spread}
        description={words.spreadHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        inputMode="numeric"
        autoComplete="off"
        value={form.spread}
        disabled={isLocked}
        error={errorOf("spread")}
        onChange={(event) => change({ spread: event.currentTarget.value })}
      />
    </div>
  );
}

function Weekdays({ form, isLocked, change, errorOf }: HoursProps) {
  const { m, locale } = useLanguage();
  return (
    <Checkbox.Group
      className={classes.wide}
      label={m.ladders.hours.days}
      error={errorOf("weekdays")}
      value={form.weekdays.map(String)}
      onChange={(days) => change({ weekdays: days.map(Number) })}
    >
      <Group gap={16} mt={6}>
        {WEEKDAYS.map((day) => (
          <Checkbox
            key={day}
            value={String(day)}
            disabled={isLocked}
            label={weekdayName(day, locale, "short")}
            aria-label={weekdayName(day, locale, "long")}
          />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function Sentence({ form }: { form: HoursForm }) {
  const { m, locale } = useLanguage();
  const words = m.ladders.hours;
  const minutes = Number(form.spread);
  return (
    <p className={classes.sentence} aria-live="polite">
      {words.sentence(weekdaysText(form.weekdays, m, locale), form.opens, form.closes)}{" "}
      {minutes > 0 ? words.spreadSentence(minutes) : null}
    </p>
  );
}
