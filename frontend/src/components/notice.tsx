/** What a person should know before going on: why something waits, what was odd, what comes by itself. */
import type { ReactNode } from "react";

import { Icon } from "./icon";
import classes from "./notice.module.css";

interface Props {
  /** `wait` for what waits for somebody, `warn` for what is odd, `info` for what comes by itself. */
  tone: "info" | "wait" | "warn";
  title: string;
  actions?: ReactNode;
  children?: ReactNode;
}

export function Notice({ tone, title, actions, children }: Props) {
  return (
    <section className={classes.notice} data-tone={tone} aria-label={title}>
      <Icon name={tone === "warn" ? "warning" : tone === "wait" ? "approvals" : "clock"} />
      <div className={classes.words}>
        <h2 className={classes.title}>{title}</h2>
        {children}
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </section>
  );
}
