/** Facts as pairs: a label and its value. Pairs without a value are left out. */
import type { ReactNode } from "react";

import classes from "./key-value.module.css";

interface Props {
  items: readonly (readonly [label: string, value: ReactNode])[];
}

export function KeyValue({ items }: Props) {
  const shown = items.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <dl className={classes.list}>
      {shown.map(([label, value]) => (
        <div key={label} className={classes.pair}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
