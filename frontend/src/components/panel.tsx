/** A sheet of the ledger: a surface with an optional heading and a link or action beside it. */
import { type ReactNode, useId } from "react";

import classes from "./panel.module.css";

interface Props {
  title?: string;
  aside?: ReactNode;
  /** `flush` lets a table reach the edges. */
  padding?: "normal" | "flush";
  children: ReactNode;
}

export function Panel({ title, aside, padding = "normal", children }: Props) {
  const headingId = useId();
  return (
    <section
      className={classes.panel}
      data-padding={padding}
      aria-labelledby={title ? headingId : undefined}
    >
      {title ? (
        <div className={classes.head}>
          <h2 id={headingId}>{title}</h2>
          {aside}
        </div>
      ) : null}
      {children}
    </section>
  );
}
