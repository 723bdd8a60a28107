/** The keys of a provider and how it is used. What is kept is never shown: empty fields keep it. */
import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { type SyntheticEvent, useRef, useState } from "react";

import { useMe } from "@/api/me";
import type { Provider, ProviderInput } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { formatInstant } from "@/lib/dates";
import { useFocusFirstError } from "@/lib/first-error";

import { codesIn, filledIn } from "./provider-input";
import { useSaveProvider, useTestProvider } from "./providers-api";
import classes from "./providers.module.css";
import { WebhookAddress } from "./webhook-address";

export function ProviderForm({ first, isLocked }: { first: Provider; isLocked: boolean }) {
  const { m } = useLanguage();
  const words = m.providers;
  const notify = useToast();
  const [keys, setKeys] = useState<Record<string, string>>({});
  const [isOffered, setOffered] = useState(first.version === 0 || first.is_offered);
  const [mode, setMode] = useState(first.mode);
  const [limited, setLimited] = useState(first.limited_to.join(" "));
  const save = useSaveProvider();
  const test = useTestProvider();
  const refused = useFieldErrors(save.error ?? test.error);
  const frame = useRef<HTMLFormElement>(null);
  useFocusFirstError(frame, save.error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const input: ProviderInput = {
      keys: filledIn(keys),
      is_offered: isOffered,
      mode,
      limited_to: codesIn(limited),
    };
    const done = () => notify({ tone: "good", text: m.settings.saved });
    save.mutate({ name: first.name, input, version: first.version }, { onSuccess: done });
  };
  return (
    <form ref={frame} onSubmit={submit} noValidate className={classes.form}>
      <WebhookAddress address={first.webhook_url} />
      {first.keys.map((key) => (
        <KeyField
          key={key.name}
          field={key}
          value={keys[key.name] ?? ""}
          change={(text) => setKeys({ ...keys, [key.name]: text })}
          error={refused.get(`/keys/${key.name}`)}
          isLocked={isLocked}
        />
      ))}
      <NativeSelect
        label={words.mode}
        value={mode}
        disabled={isLocked}
        data={[
          { value: "live", label: words.live },
          { value: "sandbox", label: words.sandbox },
        ]}
        onChange={(event) => setMode(event.currentTarget.value === "sandbox" ? "sandbox" : "live")}
      />
      <TextInput
        label={words.limited}
        description={words.limitedHint}
        value={limited}
        disabled={isLocked}
        autoComplete="off"
        onChange={(event) => setLimited(event.currentTarget.value)}
        error={refused.get("/currencies/0") ?? refused.get("/limited_to/0")}
      />
      <Switch
        label={words.offered}
        description={words.offeredHint}
        checked={isOffered}
        disabled={isLocked}
        onChange={(event) => setOffered(event.currentTarget.checked)}
      />
      <CommandError error={save.error ?? test.error} />
      <Checked provider={first} />
      {isLocked ? (
        <p className={classes.soft}>{m.settings.readOnly}</p>
      ) : (
        <div className={classes.buttons}>
          <Button type="submit" loading={save.isPending}>
            {m.settings.save}
          </Button>
          <Button
            variant="default"
            loading={test.isPending}
            onClick={() => test.mutate({ name: first.name, keys: filledIn(keys) })}
          >
            {words.test}
          </Button>
        </div>
      )}
    </form>
  );
}

function Checked({ provider }: { provider: Provider }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  if (!provider.checked_at) return null;
  const when = formatInstant(provider.checked_at, locale, timeZone);
  const said = provider.checked_said ?? "";
  return (
    <p role="status" className={provider.checked_ok ? classes.good : classes.warn}>
      {provider.checked_ok ? m.providers.tested(said, when) : m.providers.failed(said, when)}
    </p>
  );
}

interface KeyProps {
  field: Provider["keys"][number];
  value: string;
  change: (text: string) => void;
  error: string | undefined;
  isLocked: boolean;
}

function KeyField({ field, value, change, error, isLocked }: KeyProps) {
  const words = useLanguage().m.providers;
  const needed = { api: words.forApi, webhooks: words.forWebhooks, nothing: words.forNothing };
  return (
    <TextInput
      type={field.is_secret ? "password" : "text"}
      label={words.keys[field.name] ?? field.name}
      description={field.shown ? words.kept(field.shown) : needed[field.needed_for]}
      value={value}
      error={error}
      disabled={isLocked}
      autoComplete={field.is_secret ? "new-password" : "off"}
      spellCheck={false}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
