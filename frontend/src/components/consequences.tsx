/** What a confirmation will bring about, in words and amounts, before it is given. */
import { useLanguage } from "@/i18n";

import classes from "./consequences.module.css";

/** Lines that are null or empty are left out; without any, nothing is drawn. */
export function Consequences({ lines }: { lines: readonly (string | null)[] }) {
  const { m } = useLanguage();
  const shown = lines.filter((line) => line !== null && line !== "");
  if (shown.length === 0) return null;
  return (
    <div className={classes.box} aria-live="polite">
      <p className={classes.title}>{m.common.outcome}</p>
      <ul className={classes.lines}>
        {shown.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
