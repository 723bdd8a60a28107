/** One line of the form. */
import { ActionIcon, TextInput } from "@mantine/core";

import { Icon, type IconName } from "@/components/icon";
import { MoneyField } from "@/components/money-field";
import { useLanguage } from "@/i18n";

import type { LineDraft, LineField } from "./lines";
import classes from "./lines.module.css";

interface Props {
  line: LineDraft;
  index: number;
  count: number;
  currency: string;
  errorAt: (field: LineField) => string | undefined;
  onEdit: (part: Partial<LineDraft>) => void;
  onKey: (event: React.KeyboardEvent, field: LineField) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

export function LineFields(props: Props) {
  const { m } = useLanguage();
  const { line, index, count, onEdit, onKey, onMove } = props;
  const words = m.invoices.editor;
  const columns = m.invoices.page;
  const field = (name: LineField, label: string) => ({
    label,
    value: line[name],
    error: props.errorAt(name),
    autoComplete: "off",
    "data-field": `${index}-${name}`,
    onKeyDown: (event: React.KeyboardEvent) => onKey(event, name),
  });
  const text = (name: LineField, label: string) => ({
    ...field(name, label),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      onEdit({ [name]: event.currentTarget.value }),
  });
  const number = { inputMode: "decimal", classNames: { input: classes.number ?? "" } } as const;
  return (
    <li className={classes.line} aria-label={words.line(index + 1)}>
      <div className={classes.description}>
        <TextInput {...text("description", columns.description)} maxLength={2000} />
      </div>
      <TextInput {...text("quantity", columns.quantity)} {...number} />
      <MoneyField
        {...field("price", columns.price)}
        currency={props.currency}
        onChange={(price) => onEdit({ price })}
      />
      <TextInput {...text("tax", words.tax)} {...number} />
      <TextInput {...text("discount", words.discount)} {...number} />
      <div className={classes.lineActions}>
        <LineAction icon="up" label={words.moveUp(index + 1)} isOff={index === 0} act={() => onMove(-1)} />
        <LineAction
          icon="down"
          label={words.moveDown(index + 1)}
          isOff={index === count - 1}
          act={() => onMove(1)}
        />
        <LineAction icon="close" label={words.removeLine(index + 1)} isOff={false} act={props.onRemove} />
      </div>
    </li>
  );
}

interface ActionProps {
  icon: IconName;
  label: string;
  isOff: boolean;
  act: () => void;
}

function LineAction({ icon, label, isOff, act }: ActionProps) {
  return (
    <ActionIcon
      variant="transparent"
      className={classes.action}
      size={28}
      aria-label={label}
      disabled={isOff}
      onClick={act}
    >
      <Icon name={icon} size={16} />
    </ActionIcon>
  );
}
