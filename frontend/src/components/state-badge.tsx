/** A state as a word with a mark of its own, so that colour is never the only sign. */
import classes from "./state-badge.module.css";

export type Tone = "good" | "warn" | "bad" | "idle" | "open";

export function StateBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}
