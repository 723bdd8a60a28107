/** What needs a second person, what happens at a credit limit, and the small rules of money. */
import { Button, Radio, Stack, TextInput } from "@mantine/core";
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

import { PartStates } from "./part-states";
import { formOf, type RuleFlaw, type RulesForm, withRules, wrongIn } from "./rules";
import { ApprovalRows, ToleranceRows } from "./rules-rows";
import { companyQuery, useSaveCompany } from "./settings-api";
import classes from "./settings.module.css";

export default function RulesPart() {
  const company = useQuery(companyQuery);
  return <PartStates query={company}>{(data) => <Rules first={data} />}</PartStates>;
}

export interface RulesProps {
  form: RulesForm;
  company: Company;
  isLocked: boolean;
  change: (part: Partial<RulesForm>) => void;
  /** The words for what is wrong with a row or a field. */
  errorOf: (key: string) => string | undefined;
}

function Rules({ first }: { first: Company }) {
  const { m, locale } = useLanguage();
  const words = m.settings.rulesPart;
  const notify = useToast();
  const isAdmin = useCan("admin");
  // What was read when the form opened: a later reread must not touch what is being written.
  const [read, setRead] = useState(first);
  const [form, setForm] = useState(() => formOf(first, locale));
  const [tried, setTried] = useState(0);
  const save = useSaveCompany();
  const refused = useFieldErrors(save.error);
  const frame = useRef<HTMLFormElement>(null);
  useFocusFirstError(frame, tried > 0 ? (save.error ?? tried) : null);
  const wrong = wrongIn(form, locale);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(tried + 1);
    if (wrong.size > 0) return;
    save.mutate(
      { input: withRules(read, form, locale), version: read.version },
      {
        onSuccess: (after) => {
          setRead(after);
          setForm(formOf(after, locale));
          notify({ tone: "good", text: m.settings.saved });
        },
      },
    );
  };
  const say = (flaw: RuleFlaw | undefined) =>
    tried > 0 && flaw !== undefined ? words[flaw] : undefined;
  const props: RulesProps = {
    form,
    company: read,
    isLocked: !isAdmin,
    change: (part) => setForm({ ...form, ...part }),
    errorOf: (key) => say(wrong.get(key)) ?? refused.get(POINTERS[key] ?? key),
  };
  return (
    <form ref={frame} onSubmit={submit} noValidate className={classes.stack} data-locked={!isAdmin}>
      <Panel title={words.approvals} padding="flush">
        <p className={classes.intro}>{words.approvalsBody}</p>
        <ApprovalRows {...props} />
      </Panel>
      <Panel title={words.limit}>
        <LimitAction {...props} />
      </Panel>
      <Panel title={words.tolerances} padding="flush">
        <p className={classes.intro}>{words.tolerancesBody}</p>
        <ToleranceRows {...props} />
      </Panel>
      <Panel title={words.others}>
        <Others {...props} />
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

const POINTERS: Readonly<Record<string, string>> = {
  disputeDays: "/dispute_days",
  creditNoteSeries: "/credit_note_series",
};

function LimitAction({ form, change, isLocked }: RulesProps) {
  const { m } = useLanguage();
  const words = m.settings.rulesPart;
  return (
    <Radio.Group
      aria-label={words.limit}
      value={form.action}
      onChange={(value) => change({ action: value === "block" ? "block" : "warn" })}
    >
      <Stack gap={10}>
        <Radio value="warn" label={words.warn} description={words.warnBody} disabled={isLocked} />
        <Radio value="block" label={words.block} description={words.blockBody} disabled={isLocked} />
      </Stack>
    </Radio.Group>
  );
}

function Others({ form, change, isLocked, errorOf }: RulesProps) {
  const { m } = useLanguage();
  const words = m.settings.rulesPart;
  return (
    <div className={classes.fields}>
      <TextInput
        label={words.disputeDays}
        description={words.disputeDaysHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        inputMode="numeric"
        autoComplete="off"
        disabled={isLocked}
        value={form.disputeDays}
        onChange={(event) => change({ disputeDays: event.currentTarget.value })}
        error={errorOf("disputeDays")}
      />
      <TextInput
        label={words.creditNoteSeries}
        description={words.creditNoteSeriesHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        autoComplete="off"
        disabled={isLocked}
        value={form.creditNoteSeries}
        onChange={(event) => change({ creditNoteSeries: event.currentTarget.value.toUpperCase() })}
        error={errorOf("creditNoteSeries")}
      />
    </div>
  );
}
