/** Subject, opening and closing, what is wrong with each, and the facts to insert at the cursor. */
import { Textarea, TextInput } from "@mantine/core";
import { useId, useRef, useState } from "react";

import { useCan } from "@/api/me";
import { useLanguage } from "@/i18n";

import { FactPicker } from "./fact-picker";
import { ProblemList } from "./problem-list";
import classes from "./templates.module.css";
import type { Writing } from "./use-writing";

const FIELDS = ["subject", "opening", "closing"] as const;
type Field = (typeof FIELDS)[number];
type Element = HTMLInputElement | HTMLTextAreaElement;

const ROWS = { opening: 9, closing: 5 } as const;

export function TextFields({ writing }: { writing: Writing }) {
  const isLocked = !useCan("admin");
  const frame = useRef<HTMLDivElement>(null);
  const [latest, setLatest] = useState<Field>("opening");
  const elementOf = (field: Field) => frame.current?.querySelector<Element>(`[name="${field}"]`);
  const insert = (name: string) => {
    const element = elementOf(latest);
    const text = writing.text[latest];
    const [from, to] = [element?.selectionStart ?? text.length, element?.selectionEnd ?? text.length];
    writing.change({ [latest]: text.slice(0, from) + name + text.slice(to) });
    // After React has drawn the new text: the cursor stands behind what was inserted.
    setTimeout(() => select(elementOf(latest), from + name.length, from + name.length), 0);
  };
  return (
    <div className={classes.fields} ref={frame}>
      {FIELDS.map((name) => (
        <OneField
          key={name}
          name={name}
          writing={writing}
          isLocked={isLocked}
          onFocus={() => setLatest(name)}
          onGo={(from, to) => select(elementOf(name), from, to)}
        />
      ))}
      {isLocked ? null : (
        <FactPicker
          purpose={writing.read.purpose}
          language={writing.place.language}
          onInsert={insert}
        />
      )}
    </div>
  );
}

function select(element: Element | null | undefined, from: number, to: number) {
  element?.focus();
  element?.setSelectionRange(from, to);
}

interface FieldProps {
  name: Field;
  writing: Writing;
  isLocked: boolean;
  onFocus: () => void;
  onGo: (from: number, to: number) => void;
}

function OneField({ name, writing, isLocked, onFocus, onGo }: FieldProps) {
  const { m } = useLanguage();
  const words = m.templates;
  const listId = useId();
  const problems = writing.problems.filter((one) => one.field === name);
  const shared = {
    name,
    label: words[name],
    value: writing.text[name],
    readOnly: isLocked,
    lang: writing.place.language,
    error: problems.length > 0,
    "aria-describedby": problems.length > 0 ? listId : undefined,
    onFocus,
    onChange: (event: React.ChangeEvent<Element>) =>
      writing.change({ [name]: event.currentTarget.value }),
  };
  return (
    <div>
      {name === "subject" ? (
        <TextInput {...shared} autoComplete="off" />
      ) : (
        <Textarea
          {...shared}
          rows={ROWS[name]}
          {...(name === "opening" && { description: words.paragraphs })}
        />
      )}
      <ProblemList id={listId} problems={problems} text={writing.text[name]} onGo={onGo} />
    </div>
  );
}
