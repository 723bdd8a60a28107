/** What the file does not say, and how imported debt is chased. */
import { Checkbox, NativeSelect, Radio, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { companyQuery } from "@/api/company";
import { useMe } from "@/api/me";
import { DateField } from "@/components/date-field";
import { useLanguage } from "@/i18n";
import { addDays } from "@/lib/dates";

import type { Options, What } from "./choices";
import classes from "./imports.module.css";

const LONGEST_DAYS = 365;

interface Props {
  what: What;
  options: Options;
  onChange: (options: Options) => void;
}

export function OptionFields({ what, options, onChange }: Props) {
  const { m } = useLanguage();
  const words = m.imports.options;
  const set = (changes: Partial<Options>) => onChange({ ...options, ...changes });
  return (
    <div className={classes.stack}>
      <Defaults options={options} set={set} />
      {what === "invoices" ? (
        <>
          <Checkbox
            label={words.create}
            checked={options.create_customers}
            onChange={(event) => set({ create_customers: event.currentTarget.checked })}
          />
          <Chase options={options} set={set} />
        </>
      ) : (
        <Radio.Group
          label={words.existing}
          value={options.existing}
          onChange={(value) => set({ existing: value === "skip" ? "skip" : "update" })}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="update" label={words.existingChoices.update} />
            <Radio value="skip" label={words.existingChoices.skip} />
          </Stack>
        </Radio.Group>
      )}
    </div>
  );
}

interface PartProps {
  options: Options;
  set: (changes: Partial<Options>) => void;
}

function Defaults({ options, set }: PartProps) {
  const { m } = useLanguage();
  const words = m.imports.options;
  const company = useQuery(companyQuery);
  const own = company.data;
  const upper = (text: string) => text.trim().toUpperCase() || null;
  return (
    <div className={classes.fields}>
      <TextInput
        label={words.currency}
        maxLength={3}
        placeholder={own?.currency ?? ""}
        value={options.currency ?? ""}
        onChange={(event) => set({ currency: upper(event.currentTarget.value) })}
      />
      <TextInput
        label={words.country}
        maxLength={2}
        placeholder={own?.country ?? ""}
        value={options.country ?? ""}
        onChange={(event) => set({ country: upper(event.currentTarget.value) })}
      />
      <NativeSelect
        label={words.language}
        value={options.language ?? ""}
        onChange={(event) => set({ language: event.currentTarget.value || null })}
        data={[
          { value: "", label: words.company },
          { value: "es", label: words.languages.es },
          { value: "en", label: words.languages.en },
        ]}
      />
      <TextInput
        label={words.terms}
        inputMode="numeric"
        maxLength={3}
        placeholder={own === undefined ? "" : String(own.terms_days)}
        value={options.terms_days ?? ""}
        onChange={(event) => {
          const digits = event.currentTarget.value.replace(/\D/gu, "");
          set({ terms_days: digits === "" ? null : Number(digits) });
        }}
      />
    </div>
  );
}

function Chase({ options, set }: PartProps) {
  const { m } = useLanguage();
  const { today } = useMe();
  const words = m.imports.options;
  return (
    <fieldset className={classes.group}>
      <legend>{words.chase}</legend>
      <Radio.Group
        label={words.passed}
        value={options.passed_steps}
        onChange={(value) => set({ passed_steps: value === "due" ? "due" : "done" })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="done" label={words.passedChoices.done} />
          <Radio value="due" label={words.passedChoices.due} />
        </Stack>
      </Radio.Group>
      <div className={classes.rest}>
        <DateField
          label={words.rest}
          description={words.restBody}
          min={today}
          max={addDays(today, LONGEST_DAYS)}
          value={options.rest_until ?? ""}
          disabled={options.rest_until === null}
          onChange={(day) => {
            if (day !== "") set({ rest_until: day });
          }}
        />
        <Checkbox
          label={words.restOff}
          checked={options.rest_until === null}
          onChange={(event) =>
            set({ rest_until: event.currentTarget.checked ? null : addDays(today, 14) })
          }
        />
      </div>
    </fieldset>
  );
}
