/** What somebody or something may do, with what each role means. */
import { NativeSelect } from "@mantine/core";

import type { Role } from "@/api/models";
import { useLanguage } from "@/i18n";

const ROLES = ["viewer", "collector", "accountant", "admin"] as const;

interface Props {
  label: string;
  value: Role;
  onChange: (role: Role) => void;
  error?: string | undefined;
}

export function RoleSelect({ label, value, onChange, error }: Props) {
  const { m } = useLanguage();
  return (
    <NativeSelect
      label={label}
      value={value}
      description={m.settings.person.roles[value]}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={ROLES.map((role) => ({ value: role, label: m.common.user.role[role] }))}
      onChange={(event) => {
        const { value: chosen } = event.currentTarget;
        onChange(ROLES.find((role) => role === chosen) ?? value);
      }}
      error={error}
    />
  );
}
