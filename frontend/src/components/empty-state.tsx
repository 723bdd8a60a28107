/** What stands in place of a list with nothing in it: what would be here, and how to begin. */
import type { ReactNode } from "react";

import classes from "./states.module.css";

interface Props {
  title: string;
  body?: string;
  action?: ReactNode;
}

export function EmptyState({ title, body, action }: Props) {
  return (
    <div className={classes.centred}>
      <h2>{title}</h2>
      {body ? <p>{body}</p> : null}
      {action}
    </div>
  );
}
