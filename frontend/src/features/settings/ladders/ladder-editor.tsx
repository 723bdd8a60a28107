/** The form of a rule. Nothing is stored before it has been seen what it changes. */
import { Button, TextInput } from "@mantine/core";
import { type SyntheticEvent, useId, useRef } from "react";

import { useCan } from "@/api/me";
import type { Policies, Policy } from "@/api/models";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { useFocusFirstError } from "@/lib/first-error";
import { policyName } from "@/lib/policy-name";

import settings from "../settings.module.css";
import { ChangesDialog } from "./changes-dialog";
import type { Notation } from "./draft";
import classes from "./ladders.module.css";
import { MinimumRows } from "./minimum-rows";
import { StepsTimeline } from "./steps-timeline";
import { type Editor, useEditor } from "./use-editor";
import { VersionsPanel } from "./versions-panel";

interface Props {
  policies: Policies;
  first: Policy;
  isNew: boolean;
  notation: Notation;
}

export function LadderEditor({ policies, first, isNew, notation }: Props) {
  const { m } = useLanguage();
  const words = m.ladders.editor;
  const isAdmin = useCan("admin");
  const editor = useEditor({ policies, first, isNew, notation });
  const { draft, change, flawOf, tried } = editor;
  const formId = useId();
  const frame = useRef<HTMLFormElement>(null);
  useFocusFirstError(frame, tried > 0 ? tried : null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    editor.ask();
  };
  return (
    <div className={classes.editor}>
      <form id={formId} ref={frame} onSubmit={submit} noValidate className={settings.stack} data-locked={!isAdmin}>
        <Panel>
          <TextInput
            label={words.name}
            value={draft.name}
            disabled={!isAdmin}
            autoComplete="off"
            error={flawOf("name")}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </Panel>
        <StepsTimeline editor={editor} notation={notation} isLocked={!isAdmin} />
        <MinimumRows editor={editor} notation={notation} isLocked={!isAdmin} />
      </form>
      <div className={classes.aside}>
        <Actions editor={editor} formId={formId} isNew={isNew} />
        {isNew ? null : (
          <VersionsPanel id={first.id} current={editor.read} notation={notation} restore={editor.restore} />
        )}
      </div>
      <ChangesDialog {...editor.dialog} what="rule" title={m.ladders.changes.title} />
      <ChangesDialog
        {...editor.trial}
        what="trial"
        title={m.ladders.changes.simulateTitle(policyName(editor.read, m))}
      />
    </div>
  );
}

interface ActionsProps {
  editor: Editor;
  formId: string;
  isNew: boolean;
}

function Actions({ editor, formId, isNew }: ActionsProps) {
  const { m } = useLanguage();
  const words = m.ladders.editor;
  const isAdmin = useCan("admin");
  const canTry = useCan("collector") && !isNew;
  return (
    <Panel>
      <div className={classes.actions}>
        <p className={classes.soft}>
          {isAdmin ? (editor.isDirty ? words.changed : words.kept) : m.settings.readOnly}
        </p>
        {isAdmin ? (
          <Button type="submit" form={formId} disabled={!editor.isDirty}>
            {words.seeChanges}
          </Button>
        ) : null}
        {canTry ? (
          <Button variant="default" disabled={editor.isDirty} onClick={editor.tryOut}>
            {words.simulate}
          </Button>
        ) : null}
        {editor.isDirty && !isNew ? (
          <Button variant="subtle" onClick={editor.undo}>
            {words.undo}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}
