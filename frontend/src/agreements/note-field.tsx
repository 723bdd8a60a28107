/** What else was agreed, for the team. */
import { Textarea } from "@mantine/core";

import { useLanguage } from "@/i18n";

interface Props {
  label?: string;
  value: string;
  onChange: (text: string) => void;
}

export function NoteField({ label, value, onChange }: Props) {
  const { m } = useLanguage();
  return (
    <Textarea
      label={label ?? m.agreements.note}
      value={value}
      maxLength={2000}
      autosize
      minRows={1}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
