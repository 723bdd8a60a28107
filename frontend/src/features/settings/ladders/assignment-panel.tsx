/** Which rule the company has, and which each segment of customers. */
import { ActionIcon, Autocomplete, Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useMemo, useRef, useState } from "react";

import { useCan } from "@/api/me";
import type { Policies } from "@/api/models";
import { Icon } from "@/components/icon";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFocusFirstError } from "@/lib/first-error";
import { policyName } from "@/lib/policy-name";

import settings from "../settings.module.css";
import { type Assignment, assignmentOf, inputOf, isChanged, type SegmentRow, wrongIn } from "./assignment";
import { ChangesDialog } from "./changes-dialog";
import classes from "./ladders.module.css";
import { segmentsQuery, type Simulate, simulationOfAssignment, useAssign } from "./ladders-api";

interface Choice {
  value: string;
  label: string;
}

export function AssignmentPanel({ first }: { first: Policies }) {
  const { m } = useLanguage();
  const words = m.ladders.assigned;
  const isAdmin = useCan("admin");
  // What was read when the form opened: a later reread must not touch what is being written.
  const [read, setRead] = useState(first);
  const [form, setForm] = useState(() => assignmentOf(first));
  const [tried, setTried] = useState(0);
  const frame = useRef<HTMLFormElement>(null);
  useFocusFirstError(frame, tried > 0 ? tried : null);
  const isDirty = isChanged(form, read);
  // Nothing is being written: what others assigned meanwhile is shown.
  if (!isDirty && first.version > read.version) {
    setRead(first);
    setForm(assignmentOf(first));
  }
  const wrong = wrongIn(form);
  const saving = useSaving(read, (after) => {
    setRead(after);
    setForm(assignmentOf(after));
    setTried(0);
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(tried + 1);
    if (wrong.size === 0) saving.ask(form);
  };
  const choices = first.items.map((policy) => ({ value: policy.id, label: policyName(policy, m) }));
  const edit = (key: string, part: Partial<SegmentRow>) =>
    setForm({ ...form, rows: form.rows.map((row) => (row.key === key ? { ...row, ...part } : row)) });
  return (
    <form ref={frame} onSubmit={submit} noValidate data-locked={!isAdmin} className={settings.stack}>
      <Panel title={words.title} padding="flush">
        <p className={settings.intro}>{words.body}</p>
        <div className={classes.companys}>
          <NativeSelect
            label={words.company}
            value={form.defaultId}
            data={choices}
            disabled={!isAdmin}
            onChange={(event) => setForm({ ...form, defaultId: event.currentTarget.value })}
          />
        </div>
        {form.rows.map((row, at) => {
          const flaw = wrong.get(row.key);
          const isTold = flaw !== undefined && (tried > 0 || flaw !== "noName");
          return (
            <Segment
              key={row.key}
              row={row}
              at={at + 1}
              choices={choices}
              isLocked={!isAdmin}
              error={isTold ? words[flaw] : null}
              edit={(part) => edit(row.key, part)}
              remove={() => setForm({ ...form, rows: form.rows.filter(({ key }) => key !== row.key) })}
            />
          );
        })}
        {isAdmin ? <Foot form={form} setForm={setForm} isDirty={isDirty} /> : null}
      </Panel>
      <ChangesDialog {...saving.dialog} title={m.ladders.changes.title} what="assignment" />
    </form>
  );
}

/** Asks what an assignment would change, and stores it when that is confirmed. */
function useSaving(read: Policies, onSaved: (after: Policies) => void) {
  const { m } = useLanguage();
  const notify = useToast();
  const save = useAssign();
  const [asked, setAsked] = useState<Assignment | null>(null);
  const simulate = useMemo<Simulate | null>(
    () => (asked === null ? null : simulationOfAssignment(inputOf(asked))),
    [asked],
  );
  const close = () => {
    setAsked(null);
    save.reset();
  };
  const confirm = () => {
    if (asked === null) return;
    const onSuccess = (after: Policies) => {
      close();
      onSaved(after);
      notify({ tone: "good", text: m.ladders.assigned.saved });
    };
    save.mutate({ input: inputOf(asked), version: read.version }, { onSuccess });
  };
  const confirmation = {
    action: m.ladders.changes.assign,
    isPending: save.isPending,
    error: save.error,
    onConfirm: confirm,
  };
  return { ask: setAsked, dialog: { isOpen: asked !== null, simulate, confirmation, onClose: close } };
}

interface FootProps {
  form: Assignment;
  setForm: (form: Assignment) => void;
  isDirty: boolean;
}

function Foot({ form, setForm, isDirty }: FootProps) {
  const { m } = useLanguage();
  const add = () => {
    const row = { key: crypto.randomUUID(), segment: "", policyId: form.defaultId };
    setForm({ ...form, rows: [...form.rows, row] });
  };
  return (
    <div className={classes.foot}>
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="plus" size={14} />}
        onClick={add}
      >
        {m.ladders.assigned.add}
      </Button>
      <span className={classes.save}>
        {isDirty ? <span className={classes.soft}>{m.ladders.editor.changed}</span> : null}
        <Button type="submit" disabled={!isDirty}>
          {m.ladders.editor.seeChanges}
        </Button>
      </span>
    </div>
  );
}

interface SegmentProps {
  row: SegmentRow;
  at: number;
  choices: readonly Choice[];
  isLocked: boolean;
  error: string | null;
  edit: (part: Partial<SegmentRow>) => void;
  remove: () => void;
}

function Segment({ row, at, choices, isLocked, error, edit, remove }: SegmentProps) {
  const { m } = useLanguage();
  const words = m.ladders.assigned;
  const known = useQuery(segmentsQuery);
  const name = row.segment.trim() === "" ? words.segmentAt(at) : row.segment;
  return (
    <fieldset className={classes.segment} aria-label={name} disabled={isLocked}>
      <Autocomplete
        label={words.segment}
        value={row.segment}
        data={known.data ?? []}
        disabled={isLocked}
        error={error}
        onChange={(segment) => edit({ segment })}
      />
      <NativeSelect
        label={words.rule}
        aria-label={words.ruleOf(name)}
        value={row.policyId}
        data={[...choices]}
        disabled={isLocked}
        onChange={(event) => edit({ policyId: event.currentTarget.value })}
      />
      {isLocked ? null : (
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={words.remove(name)} onClick={remove}>
          <Icon name="trash" size={16} />
        </ActionIcon>
      )}
    </fieldset>
  );
}
