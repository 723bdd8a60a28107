/** Make a key: what for, what it may do, until when. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { Role } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { DateField } from "@/components/date-field";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";

import { lastDay, LASTS, type Lasts, type Levels, LEVELS, scopesOf, within } from "./key-scopes";
import { KeySecret } from "./key-secret";
import { RoleSelect } from "./role-select";
import { ScopesGrid } from "./scopes-grid";
import { useCreateKey } from "./settings-api";

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { m } = useLanguage();
  const { today } = useMe();
  const words = m.settings.key;
  const create = useCreateKey();
  const refused = useFieldErrors(create.error);
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("accountant");
  const [levels, setLevels] = useState<Levels | null>(LEVELS.read);
  const [lasts, setLasts] = useState<Lasts>("year");
  const [day, setDay] = useState("");
  const [wasTried, setTried] = useState(false);
  const scopes = levels === null ? null : scopesOf(within(role, levels));
  const wrong = {
    name: name.trim() === "" ? words.badName : null,
    scopes: scopes?.length === 0 ? words.noScopes : null,
    day: lasts === "day" && day === "" ? words.badDay : null,
  };
  const confirm = () => {
    setTried(true);
    if (Object.values(wrong).some((one) => one !== null)) return;
    create.mutate({ name: name.trim(), role, scopes, last_day: lastDay(lasts, today, day) });
  };
  if (create.data) return <KeySecret secret={create.data.key} onClose={onClose} />;
  return (
    <ConfirmDialog
      isOpen
      size="lg"
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
        error={(wasTried ? wrong.name : null) ?? refused.get("/name")}
        autoComplete="off"
        data-autofocus
      />
      <RoleSelect label={words.ceiling} value={role} onChange={setRole} />
      <ScopesGrid
        role={role}
        levels={levels}
        onChange={setLevels}
        error={(wasTried ? wrong.scopes : null) ?? refused.get("/scopes")}
      />
      <NativeSelect
        label={words.lasts}
        value={lasts}
        data={LASTS.map((value) => ({ value, label: words.lastings[value] }))}
        onChange={({ currentTarget: { value } }) =>
          setLasts(LASTS.find((one) => one === value) ?? lasts)
        }
        error={lasts === "day" ? null : refused.get("/last_day")}
      />
      {lasts === "day" ? (
        <DateField
          label={words.lastDay}
          value={day}
          onChange={setDay}
          min={today}
          error={(wasTried ? wrong.day : null) ?? refused.get("/last_day")}
        />
      ) : null}
    </ConfirmDialog>
  );
}
