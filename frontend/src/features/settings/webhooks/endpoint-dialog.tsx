/** Enter an endpoint or change one: where to, and what it is told of. */
import { TextInput } from "@mantine/core";
import { useState } from "react";

import type { WebhookEndpoint } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";

import { EventPicker } from "./event-picker";
import { SecretShown } from "./secret-shown";
import { useChangeEndpoint, useCreateEndpoint } from "./webhooks-api";

interface Props {
  types: readonly string[];
  endpoint?: WebhookEndpoint;
  onClose: () => void;
}

const NEW = { id: "", version: 0 };

export function EndpointDialog({ types, endpoint, onClose }: Props) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const notify = useToast();
  const create = useCreateEndpoint();
  const change = useChangeEndpoint(endpoint ?? NEW);
  const command = endpoint === undefined ? create : change;
  const refused = useFieldErrors(command.error);
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [description, setDescription] = useState(endpoint?.description ?? "");
  const [chosen, setChosen] = useState<string[] | null>(endpoint?.types ?? null);
  const [wasTried, setTried] = useState(false);
  const wrong = {
    url: url.trim() === "" ? words.badUrl : null,
    types: chosen?.length === 0 ? words.noneChosen : null,
  };
  const confirm = () => {
    setTried(true);
    if (wrong.url !== null || wrong.types !== null) return;
    const input = { url: url.trim(), description: description.trim() || null, types: chosen };
    if (endpoint === undefined) {
      create.mutate(input);
      return;
    }
    const changed = () => {
      notify({ tone: "good", text: words.changedNow });
      onClose();
    };
    change.mutate(input, { onSuccess: changed });
  };
  if (create.data) return <SecretShown secret={create.data.secret} onClose={onClose} />;
  return (
    <ConfirmDialog
      isOpen
      size="lg"
      title={endpoint === undefined ? words.create : words.editTitle}
      action={endpoint === undefined ? words.createAction : m.settings.save}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextInput
        label={words.url}
        description={words.urlHint}
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={(wasTried ? wrong.url : null) ?? refused.get("/url")}
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
        data-autofocus
      />
      <TextInput
        label={words.description}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={refused.get("/description")}
        autoComplete="off"
      />
      <EventPicker
        types={types}
        chosen={chosen}
        onChange={setChosen}
        error={(wasTried ? wrong.types : null) ?? refused.get("/types")}
      />
    </ConfirmDialog>
  );
}
