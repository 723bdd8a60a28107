/** The ladder of reminders that every customer gets. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useRef, useState } from "react";

import { useCan } from "@/api/me";
import type { Policy } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Icon } from "@/components/icon";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { useLanguage, wordFor } from "@/i18n";
import { useFocusFirstError } from "@/lib/first-error";

import { type Rung, rungsOf, stepsOf, withNewRung, wrongIn } from "./ladder";
import { PartStates } from "./part-states";
import { RungRows } from "./rung-rows";
import { policyQuery, useSavePolicy } from "./settings-api";
import classes from "./settings.module.css";

export function LadderPart() {
  const policy = useQuery(policyQuery);
  return <PartStates query={policy}>{(data) => <Ladder first={data} />}</PartStates>;
}

function Ladder({ first }: { first: Policy }) {
  const { m } = useLanguage();
  const words = m.settings.ladder;
  const notify = useToast();
  const isAdmin = useCan("admin");
  // What was read when the form opened: a later reread must not touch what is being written.
  const [policy, setPolicy] = useState(first);
  const [rungs, setRungs] = useState(() => rungsOf(first.steps));
  const [tried, setTried] = useState(0);
  const save = useSavePolicy();
  const frame = useRef<HTMLFormElement>(null);
  const wrong = wrongIn(rungs);
  useFocusFirstError(frame, tried > 0 ? tried : null);
  const saved = (after: Policy) => {
    setPolicy(after);
    setRungs(rungsOf(after.steps));
    notify({ tone: "good", text: m.settings.saved });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(tried + 1);
    if (wrong.size > 0) return;
    const input = { name: policy.name, steps: stepsOf(rungs) };
    save.mutate({ input, version: policy.version }, { onSuccess: saved });
  };
  return (
    <form
      ref={frame}
      onSubmit={submit}
      noValidate
      className={classes.stack}
      data-locked={!isAdmin}
    >
      <Panel title={m.settings.reminders} padding="flush">
        <p className={classes.intro}>{words.body}</p>
        <RungRows rungs={rungs} wrong={wrong} isLocked={!isAdmin} setRungs={setRungs} />
        {isAdmin ? (
          <div className={classes.foot}>
            <Button
              variant="default"
              size="xs"
              leftSection={<Icon name="plus" size={14} />}
              onClick={() => setRungs(withNewRung(rungs))}
            >
              {words.add}
            </Button>
          </div>
        ) : null}
      </Panel>
      <Preview rungs={wrong.size > 0 ? [] : rungs} />
      <CommandError error={save.error} />
      {isAdmin ? (
        <div className={classes.sending}>
          <Button type="submit" loading={save.isPending}>
            {m.settings.save}
          </Button>
          <span className={classes.soft}>{words.changing}</span>
        </div>
      ) : (
        <p className={classes.soft}>{m.settings.readOnly}</p>
      )}
    </form>
  );
}

function Preview({ rungs }: { rungs: readonly Rung[] }) {
  const { m } = useLanguage();
  const words = m.settings.ladder;
  return (
    <Panel title={words.preview}>
      <ol className={classes.line}>
        {stepsOf(rungs).map((step) => (
          <li key={step.offset_days} className={classes.rung} data-late={step.offset_days > 0}>
            <div className={classes.name}>{words.sentence(step.offset_days)}</div>
            <div className={classes.soft}>{wordFor(words.letters, step.template)}</div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
