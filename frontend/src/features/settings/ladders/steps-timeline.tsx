/** The steps of a rule from top to bottom, before and after the day on which an invoice falls due. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { Icon } from "@/components/icon";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";

import { inOrder, MAX_STEPS, newRung, type Notation, offsetOf, type Rung, tooClose } from "./draft";
import classes from "./ladders.module.css";
import { StepItem } from "./step-item";
import type { Editor } from "./use-editor";

interface Props {
  editor: Editor;
  notation: Notation;
  isLocked: boolean;
}

/** The step that is open, and the day that it had then: it moves to its place when it is closed. */
type Open = Pick<Rung, "key" | "days" | "side"> & { isNew: boolean };

export function StepsTimeline({ editor, notation, isLocked }: Props) {
  const { m } = useLanguage();
  const words = m.ladders.editor;
  const { draft, change } = editor;
  const [open, setOpen] = useState<Open | null>(null);
  const setRungs = (rungs: Rung[]) => change({ rungs });
  const rungs = placed(draft.rungs, open);
  const firstAfter = rungs.findIndex((rung) => placeOf(rung, open) >= 0);
  const due = firstAfter < 0 ? rungs.length : firstAfter;
  const close = tooClose(draft.rungs);
  const add = () => {
    const rung = newRung(draft.rungs);
    setRungs([...draft.rungs, rung]);
    setOpen(opened(rung, true));
  };
  const item = (rung: Rung) => (
    <StepItem
      key={rung.key}
      rung={rung}
      notation={notation}
      flawOf={(field) => editor.flawOf(`${rung.key} ${field}`)}
      isClose={close.has(rung.key)}
      isOpen={open?.key === rung.key}
      isLocked={isLocked}
      isNew={open?.key === rung.key && open.isNew}
      toggle={() => setOpen(open?.key === rung.key ? null : opened(rung, false))}
      change={(after) => setRungs(draft.rungs.map((one) => (one.key === rung.key ? after : one)))}
      remove={
        draft.rungs.length > 1
          ? () => setRungs(draft.rungs.filter(({ key }) => key !== rung.key))
          : null
      }
    />
  );
  return (
    <Panel title={m.ladders.steps(draft.rungs.length)}>
      <ol className={classes.timeline}>
        {rungs.slice(0, due).map(item)}
        <li className={classes.due}>
          <span>{words.due}</span>
        </li>
        {rungs.slice(due).map(item)}
      </ol>
      {isLocked || draft.rungs.length >= MAX_STEPS ? null : (
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="plus" size={14} />}
          onClick={add}
          mt="md"
        >
          {words.add}
        </Button>
      )}
    </Panel>
  );
}

function opened({ key, days, side }: Rung, isNew: boolean): Open {
  return { key, days, side, isNew };
}

function placed(rungs: readonly Rung[], open: Open | null): Rung[] {
  const byKey = new Map(rungs.map((rung) => [rung.key, rung]));
  const still = rungs.map((rung) => (rung.key === open?.key ? { ...rung, days: open.days, side: open.side } : rung));
  return inOrder(still).flatMap(({ key }) => byKey.get(key) ?? []);
}

function placeOf(rung: Rung, open: Open | null): number {
  return offsetOf(rung.key === open?.key ? open : rung) ?? 0;
}
