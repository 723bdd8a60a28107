/** Code that one copies: it scrolls by itself, with the keyboard too. */
import { Button, CopyButton } from "@mantine/core";

import { useLanguage } from "@/i18n";

import classes from "./developers.module.css";

export function CodeBlock({ code, label }: { code: string; label: string }) {
  const { m } = useLanguage();
  const words = m.developers;
  return (
    <div className={classes.code}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls */}
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{code}</code>
      </pre>
      <CopyButton value={code}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" className={classes.copy} onClick={copy}>
            {copied ? words.copied : words.copy}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
