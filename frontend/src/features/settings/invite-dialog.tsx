/** Invite somebody by their address. */
import { TextInput } from "@mantine/core";
import { useState } from "react";

import type { Role } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { isEmail } from "@/lib/email";

import { RoleSelect } from "./role-select";
import { useInvite } from "./settings-api";

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { m } = useLanguage();
  const words = m.settings.person;
  const notify = useToast();
  const invite = useInvite();
  const refused = useFieldErrors(invite.error);
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("collector");
  const [wasTried, setTried] = useState(false);
  const wrong = {
    email: isEmail(email) ? undefined : words.badEmail,
    name: name.trim() === "" ? words.badName : undefined,
  };
  const errorOf = (field: "email" | "name") =>
    (wasTried ? wrong[field] : undefined) ?? refused.get(`/${field}`);
  const confirm = () => {
    setTried(true);
    if (wrong.email !== undefined || wrong.name !== undefined) return;
    invite.mutate(
      { email: email.trim(), name: name.trim(), role },
      {
        onSuccess: (person) => {
          notify({ tone: "good", text: words.invited(person.name) });
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog
      isOpen
      title={words.inviteTitle}
      action={words.inviteAction}
      isPending={invite.isPending}
      error={invite.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextInput
        label={words.email}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={errorOf("email")}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        label={words.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={errorOf("name")}
        autoComplete="off"
      />
      <RoleSelect label={words.role} value={role} onChange={setRole} />
    </ConfirmDialog>
  );
}
