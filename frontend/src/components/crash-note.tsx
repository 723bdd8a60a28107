/** What stands in place of a screen that failed. */
import { Button } from "@mantine/core";

import { useLanguage } from "@/i18n";

import classes from "./states.module.css";

export function CrashNote({ text }: { text: string }) {
  const { m } = useLanguage();
  return (
    <div className={classes.note} role="alert">
      <h2>{m.common.errors.crashed}</h2>
      <p>{m.common.errors.crashedBody}</p>
      <code className={classes.reference}>{text}</code>
      <Button variant="default" onClick={() => window.location.reload()}>
        {m.common.errors.reload}
      </Button>
    </div>
  );
}
