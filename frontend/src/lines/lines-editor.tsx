/** The lines, by keyboard: Enter or Tab at the end adds one, Alt with the arrows moves one. */
import { Button } from "@mantine/core";
import { useRef } from "react";

import { Icon } from "@/components/icon";
import { useLanguage } from "@/i18n";

import { emptyLine, isBlank, type LineDraft, type LineField, moved, pointerOf } from "./lines";
import { LineFields } from "./line-fields";
import classes from "./lines.module.css";

const MAX_LINES = 500; // what the API takes

interface Props {
  lines: readonly LineDraft[];
  currency: string;
  errorAt: (pointer: string) => string | undefined;
  change: (lines: LineDraft[]) => void;
}

export function LinesEditor({ lines, currency, errorAt, change }: Props) {
  const { m } = useLanguage();
  const frame = useRef<HTMLOListElement>(null);

  const focus = (index: number, field: LineField = "description") =>
    setTimeout(
      () => frame.current?.querySelector<HTMLElement>(`[data-field="${index}-${field}"]`)?.focus(),
      0,
    );
  const edit = (index: number, part: Partial<LineDraft>) =>
    change(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  const add = () => {
    if (lines.length >= MAX_LINES) return;
    change([...lines, emptyLine(lines.at(-1)?.tax ?? "")]);
    focus(lines.length);
  };
  const remove = (index: number) => {
    const rest = lines.toSpliced(index, 1);
    change(rest.length === 0 ? [emptyLine(lines[0]?.tax ?? "")] : rest);
    focus(Math.min(index, Math.max(rest.length - 1, 0)));
  };
  const move = (index: number, step: 1 | -1, field?: LineField) => {
    change(moved(lines, index, step));
    const to = Math.min(Math.max(index + step, 0), lines.length - 1);
    if (field) focus(to, field);
  };
  const onKey = (event: React.KeyboardEvent, index: number, field: LineField) => {
    const isLast = index === lines.length - 1;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    if (event.altKey && step !== undefined) {
      event.preventDefault();
      move(index, step, field);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!isLast) focus(index + 1);
      else if (!isBlank(lines[index] ?? emptyLine(""))) add();
    } else if (event.key === "Tab" && !event.shiftKey && field === "discount" && isLast) {
      // A blank last line lets Tab go on, so that the keyboard can leave the lines.
      if (isBlank(lines[index] ?? emptyLine(""))) return;
      event.preventDefault();
      add();
    }
  };
  return (
    <section className={classes.lines} aria-label={m.invoices.editor.lines}>
      <ol ref={frame}>
        {lines.map((line, index) => (
          <LineFields
            key={line.key}
            line={line}
            index={index}
            count={lines.length}
            currency={currency}
            errorAt={(field) => errorAt(pointerOf(index, field))}
            onEdit={(part) => edit(index, part)}
            onKey={(event, field) => onKey(event, index, field)}
            onMove={(step) => move(index, step)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      <div className={classes.linesFoot}>
        <Button variant="default" size="xs" leftSection={<Icon name="plus" size={14} />} onClick={add}>
          {m.invoices.editor.addLine}
        </Button>
        <span className={classes.keys}>{m.invoices.editor.keys}</span>
      </div>
    </section>
  );
}
