/** The page before, or without, an answer that says whose it is. */
import type { ReactNode } from "react";

import classes from "../base/shell.module.css";

export function Alone({ corner, children }: { corner?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <div className={`${classes.inside} ${classes.head}`}>
          <span />
          {corner}
        </div>
      </header>
      <main className={`${classes.inside} ${classes.main}`}>
        <div className={classes.narrow}>{children}</div>
      </main>
    </div>
  );
}
