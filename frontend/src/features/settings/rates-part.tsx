/** The legal rate of late interest of each half-year, with the source that says so. */
import { ActionIcon, Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useRef, useState } from "react";

import { useCan, useMe } from "@/api/me";
import type { InterestRates } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { DateField } from "@/components/date-field";
import { Icon } from "@/components/icon";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useFocusFirstError } from "@/lib/first-error";

import { PartStates } from "./part-states";
import { inputOf, nextHalfYear, type RateFlaw, type RateRow, rowsOf, wrongIn } from "./rates";
import { ratesQuery, useSaveRates } from "./settings-api";
import classes from "./settings.module.css";

const SOURCE_COLUMNS = 46; // letters in a line, where the browser does not size the field itself

export default function RatesPart() {
  const rates = useQuery(ratesQuery);
  return <PartStates query={rates}>{(data) => <Table first={data} />}</PartStates>;
}

function Table({ first }: { first: InterestRates }) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.settings.ratesPart;
  const notify = useToast();
  const isLocked = !useCan("admin");
  const [read, setRead] = useState(first);
  const [rows, setRows] = useState(() => rowsOf(first, locale));
  const [dayCount, setDayCount] = useState<360 | 365>(first.day_count === 360 ? 360 : 365);
  const [tried, setTried] = useState(0);
  const save = useSaveRates();
  const refused = useFieldErrors(save.error);
  const frame = useRef<HTMLFormElement>(null);
  useFocusFirstError(frame, tried > 0 ? (save.error ?? tried) : null);
  const wrong = wrongIn(rows, locale);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(tried + 1);
    if (wrong.size > 0) return;
    save.mutate(
      { input: inputOf(rows, dayCount, locale), version: read.version },
      {
        onSuccess: (after) => {
          setRead(after);
          setRows(rowsOf(after, locale));
          notify({ tone: "good", text: m.settings.saved });
        },
      },
    );
  };
  const say = (flaw: RateFlaw | undefined) =>
    tried > 0 && flaw !== undefined ? words[flaw] : undefined;
  const add = () => {
    const from = nextHalfYear(rows, today);
    setRows([...rows, { key: crypto.randomUUID(), from, percent: "", source: "" }]);
  };
  return (
    <form ref={frame} onSubmit={submit} noValidate className={classes.stack} data-locked={isLocked}>
      <Panel padding="flush">
        <p className={classes.lead}>{words.body}</p>
        {rows.map((row, at) => (
          <Row
            key={row.key}
            row={row}
            isLocked={isLocked}
            errorOf={(field) =>
              say(wrong.get(`${row.key} ${field}`)) ?? refused.get(`/rates/${at}/${POINTERS[field]}`)
            }
            edit={(part) =>
              setRows(rows.map((one) => (one.key === row.key ? { ...one, ...part } : one)))
            }
            remove={() => setRows(rows.filter((one) => one.key !== row.key))}
          />
        ))}
        {isLocked ? null : (
          <div className={classes.foot}>
            <Button
              size="xs"
              variant="default"
              leftSection={<Icon name="plus" size={14} />}
              onClick={add}
            >
              {words.add}
            </Button>
          </div>
        )}
      </Panel>
      <DayCount value={dayCount} change={setDayCount} isLocked={isLocked} />
      <CommandError error={save.error} />
      {isLocked ? (
        <p className={classes.soft}>{m.settings.readOnly}</p>
      ) : (
        <div>
          <Button type="submit" loading={save.isPending}>
            {m.settings.save}
          </Button>
        </div>
      )}
    </form>
  );
}

interface DayCountProps {
  value: 360 | 365;
  change: (days: 360 | 365) => void;
  isLocked: boolean;
}

function DayCount({ value, change, isLocked }: DayCountProps) {
  const { m } = useLanguage();
  const words = m.settings.ratesPart;
  return (
    <Panel>
      <NativeSelect
        label={words.dayCount}
        description={words.dayCountHint}
        maw={280}
        value={String(value)}
        disabled={isLocked}
        data={["365", "360"]}
        onChange={(event) => change(event.currentTarget.value === "360" ? 360 : 365)}
      />
    </Panel>
  );
}

type Field = "from" | "percent" | "source";

const POINTERS: Record<Field, string> = {
  from: "from_day",
  percent: "annual_rate",
  source: "source",
};

interface RowProps {
  row: RateRow;
  isLocked: boolean;
  errorOf: (field: Field) => string | undefined;
  edit: (part: Partial<RateRow>) => void;
  remove: () => void;
}

function Row({ row, isLocked, errorOf, edit, remove }: RowProps) {
  const { m } = useLanguage();
  const words = m.settings.ratesPart;
  return (
    <fieldset className={classes.rate} aria-label={words.rateFrom(row.from)} disabled={isLocked}>
      <DateField
        label={words.from}
        value={row.from}
        disabled={isLocked}
        onChange={(from) => edit({ from })}
        error={errorOf("from")}
      />
      <TextInput
        label={words.percent}
        inputMode="decimal"
        autoComplete="off"
        value={row.percent}
        disabled={isLocked}
        onChange={(event) => edit({ percent: event.currentTarget.value })}
        error={errorOf("percent")}
      />
      <Textarea
        label={words.source}
        autoComplete="off"
        rows={Math.min(Math.ceil(row.source.length / SOURCE_COLUMNS), 4) || 1}
        value={row.source}
        disabled={isLocked}
        onChange={(event) => edit({ source: event.currentTarget.value.replaceAll("\n", " ") })}
        error={errorOf("source")}
      />
      {isLocked ? null : (
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={words.remove(row.from)} onClick={remove}>
          <Icon name="trash" size={16} />
        </ActionIcon>
      )}
    </fieldset>
  );
}
