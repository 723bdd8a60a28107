/** What stands in place of what could not be loaded: why, the reference, and a retry. */
import { Button } from "@mantine/core";

import { useLanguage } from "@/i18n";
import { type Failure, failureText } from "@/lib/failures";

import classes from "./states.module.css";

export function ErrorState({ error, retry }: { error: Error; retry?: () => void }) {
  const { m } = useLanguage();
  const failure: Failure = error;
  return (
    <div className={classes.note} role="alert">
      <h2>{m.common.errors.title}</h2>
      <p>{failureText(failure, m.common.errors)}</p>
      {failure.requestId ? (
        <p className={classes.reference}>
          {m.common.errors.reference}: {failure.requestId}
        </p>
      ) : null}
      {retry ? (
        <Button variant="default" onClick={retry}>
          {m.common.actions.retry}
        </Button>
      ) : null}
    </div>
  );
}
