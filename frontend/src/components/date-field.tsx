/** A day, by the browser's own control: it knows the keyboard, the locale and the phone. */
import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  label: string;
  value: string;
  onChange: (day: string) => void;
  error?: ReactNode;
  description?: string;
  required?: boolean;
  disabled?: boolean;
  min?: string;
  max?: string;
  size?: "xs" | "sm";
}

export function DateField({ onChange, ...props }: Props) {
  return (
    <TextInput
      type="date"
      withAsterisk={false}
      {...props}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
