/** The address that the provider must call, to be copied into its dashboard. */
import { Button, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";

import { useLanguage } from "@/i18n";

import classes from "./providers.module.css";

export function WebhookAddress({ address }: { address: string }) {
  const words = useLanguage().m.providers;
  const clipboard = useClipboard();
  return (
    <div className={classes.address}>
      <TextInput
        label={words.webhook}
        description={words.webhookHint}
        value={address}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button variant="default" onClick={() => clipboard.copy(address)}>
        <span aria-live="polite">{clipboard.copied ? words.copied : words.copy}</span>
      </Button>
    </div>
  );
}
