/** Make a key; then show its secret, once. */
import { Button, CopyButton, Group, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

import type { Role } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Icon } from "@/components/icon";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";

import { RoleSelect } from "./role-select";
import { useCreateKey } from "./settings-api";
import classes from "./settings.module.css";

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { m } = useLanguage();
  const words = m.settings.key;
  const create = useCreateKey();
  const refused = useFieldErrors(create.error);
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("accountant");
  const [wasTried, setTried] = useState(false);
  const confirm = () => {
    setTried(true);
    if (name.trim() !== "") create.mutate({ name: name.trim(), role });
  };
  if (create.data) return <ShownOnce secret={create.data.key} onClose={onClose} />;
  const missing = wasTried && name.trim() === "" ? words.badName : null;
  return (
    <ConfirmDialog
      isOpen
      title={words.create}
      action={words.createAction}
      isPending={create.isPending}
      error={create.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextInput
        label={words.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={missing ?? refused.get("/name")}
        autoComplete="off"
        data-autofocus
      />
      <RoleSelect label={words.role} value={role} onChange={setRole} />
    </ConfirmDialog>
  );
}

/** Closed only on purpose: neither a click beside it nor Escape loses the secret. */
function ShownOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { m } = useLanguage();
  const words = m.settings.key;
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.shownOnce}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <p>{words.shownBody}</p>
      <code className={classes.secret}>{secret}</code>
      <Group justify="flex-end" gap="xs" mt="md">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <Icon name="check" size={16} /> : null}
              data-autofocus
            >
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{words.done}</Button>
      </Group>
    </Modal>
  );
}
