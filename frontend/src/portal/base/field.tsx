/** A field with its label, a hint, and what is wrong with it. */
import { type ReactNode, useId } from "react";

import { useWords } from "../words";
import classes from "./field.module.css";

interface Worn {
  id: string;
  className: string | undefined;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface Props {
  label: string;
  hint?: string | undefined;
  error?: string | null | undefined;
  isOptional?: boolean;
  children: (worn: Worn) => ReactNode;
}

/** `<Field label="…">{(worn) => <input {...worn} value={…} />}</Field>` */
export function Field({ label, hint, error, isOptional = false, children }: Props) {
  const { w } = useWords();
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label}
        {isOptional ? <span className={classes.optional}> ({w.shell.optional})</span> : null}
      </label>
      {children({
        id,
        className: classes.input,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className={classes.error} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
