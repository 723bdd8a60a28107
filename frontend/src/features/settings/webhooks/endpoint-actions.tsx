/** What an administrator does with an endpoint: try it, change it, switch it, take it away. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";

import type { WebhookEndpoint } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import { EndpointDialog } from "./endpoint-dialog";
import { useChangeEndpoint, useDeleteEndpoint, useSendTest } from "./webhooks-api";

interface Props {
  endpoint: WebhookEndpoint;
  types: readonly string[];
}

export function EndpointActions({ endpoint, types }: Props) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const { change } = useUrlState();
  const test = useSendTest(endpoint.id);
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <CommandError error={test.error} />
      <Button
        variant="default"
        size="xs"
        loading={test.isPending}
        onClick={() =>
          test.mutate(undefined, { onSuccess: ({ id }) => change({ delivery: id }, "replace") })
        }
      >
        {words.test}
      </Button>
      <Button variant="default" size="xs" onClick={() => setEditing(true)}>
        {words.edit}
      </Button>
      {endpoint.enabled ? <SwitchOff endpoint={endpoint} /> : null}
      <Delete endpoint={endpoint} />
      {isEditing ? (
        <EndpointDialog types={types} endpoint={endpoint} onClose={() => setEditing(false)} />
      ) : null}
    </>
  );
}

export function SwitchOn({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { m } = useLanguage();
  const notify = useToast();
  const change = useChangeEndpoint(endpoint);
  const done = () => notify({ tone: "good", text: m.webhooks.enabledNow });
  return (
    <>
      <CommandError error={change.error} />
      <Button
        size="xs"
        loading={change.isPending}
        onClick={() => change.mutate({ enabled: true }, { onSuccess: done })}
      >
        {m.webhooks.enable}
      </Button>
    </>
  );
}

function SwitchOff({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const notify = useToast();
  const change = useChangeEndpoint(endpoint);
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    change.reset();
  };
  const done = () => {
    notify({ tone: "good", text: words.disabledNow });
    close();
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {words.disable}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.disableTitle}
        action={words.disable}
        isPending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ enabled: false }, { onSuccess: done })}
        onClose={close}
      >
        <p>{words.offBody}</p>
      </ConfirmDialog>
    </>
  );
}

function Delete({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const notify = useToast();
  const [, navigate] = useLocation();
  const remove = useDeleteEndpoint();
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    remove.reset();
  };
  const done = () => {
    notify({ tone: "good", text: words.removed });
    navigate(pages.settingsPart("webhooks"));
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {words.remove}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.removeTitle}
        action={words.remove}
        tone="danger"
        isPending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(endpoint.id, { onSuccess: done })}
        onClose={close}
      >
        <p>{words.removeBody}</p>
      </ConfirmDialog>
    </>
  );
}
