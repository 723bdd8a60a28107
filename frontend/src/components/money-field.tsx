/** A field for an amount, as text in the person's own notation; the parent parses it (`parseMoney`). */
import { TextInput, type TextInputProps } from "@mantine/core";

import classes from "./money-field.module.css";

interface Props extends Omit<TextInputProps, "value" | "onChange"> {
  currency: string;
  value: string;
  onChange: (text: string) => void;
}

export function MoneyField({ currency, onChange, ...props }: Props) {
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      classNames={{ input: classes.input ?? "" }}
      rightSection={<span className={classes.currency}>{currency}</span>}
      rightSectionWidth={48}
      rightSectionPointerEvents="none"
      {...props}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
