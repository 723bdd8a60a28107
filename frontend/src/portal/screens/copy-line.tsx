/** A line to be copied: its name, its value, and a button that says that it is done. */
import { useEffect, useState } from "react";

import { useAllWords } from "../words";
import classes from "./pay.module.css";

const SAID_MS = 3000;

interface Props {
  label: string;
  value: string;
  /** What goes to the clipboard, where it is not what is shown. */
  copied?: string;
}

export function CopyLine({ label, value, copied = value }: Props) {
  const { w } = useAllWords();
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    const timer = isDone ? setTimeout(() => setDone(false), SAID_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isDone]);
  const copy = () => {
    // Where the clipboard is forbidden the value can still be selected.
    navigator.clipboard.writeText(copied).then(
      () => setDone(true),
      () => undefined,
    );
  };
  return (
    <div className={classes.line}>
      <div>
        <p className={classes.lineLabel}>{label}</p>
        <p className={classes.lineValue}>{value}</p>
      </div>
      <button type="button" className={classes.copy} aria-label={w.pay.copy(label)} onClick={copy}>
        {isDone ? w.pay.copiedShort : w.pay.copyShort}
      </button>
      <span role="status" className="only-heard">
        {isDone ? w.pay.copied(label) : ""}
      </span>
    </div>
  );
}
