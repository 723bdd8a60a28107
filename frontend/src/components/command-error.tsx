/** Why a command was refused, beside the button that asked for it. Stays until the next try. */
import { useLanguage } from "@/i18n";
import { type Failure, refusalText } from "@/lib/failures";

import classes from "./states.module.css";

export function CommandError({ error }: { error: Error | null }) {
  const { m } = useLanguage();
  if (error === null) return null;
  const failure: Failure = error;
  return (
    <div className={classes.alert} role="alert">
      {refusalText(failure, m.common.errors)}
      {failure.requestId ? (
        <div className={classes.reference}>
          {m.common.errors.reference}: {failure.requestId}
        </div>
      ) : null}
    </div>
  );
}
