/** A field that searches as one types: the parent fetches the options, this only shows them. */
import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { useLanguage } from "@/i18n";

export interface Option {
  value: string;
  label: string;
  detail?: string;
}

interface Props {
  label: string;
  placeholder?: string;
  /** What is chosen, as text; empty when nothing is. */
  chosenLabel: string;
  options: readonly Option[] | undefined;
  onSearch: (text: string) => void;
  onChoose: (option: Option) => void;
  /** A last choice that makes something new of the text: "Create …". */
  create?: { label: (text: string) => string; onCreate: (text: string) => void };
  error?: ReactNode;
  disabled?: boolean;
  autoFocus?: boolean;
}

const CREATE = "+create";

export function Picker({ chosenLabel, options, onSearch, onChoose, create, ...field }: Props) {
  const { m } = useLanguage();
  const [text, setText] = useState<string | null>(null);
  const combobox = useCombobox({
    onDropdownClose: () => combobox.resetSelectedOption(),
    onDropdownOpen: () => combobox.updateSelectedOptionIndex("active"),
  });
  const typed = text ?? "";
  const submit = (value: string) => {
    const option = options?.find((candidate) => candidate.value === value);
    if (value === CREATE) create?.onCreate(typed.trim());
    else if (option) onChoose(option);
    setText(null);
    combobox.closeDropdown();
  };
  const type = (next: string) => {
    setText(next);
    onSearch(next);
    combobox.openDropdown();
    combobox.resetSelectedOption();
  };
  const open = () => {
    onSearch(typed);
    combobox.openDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={submit} withinPortal>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          {...field}
          role="combobox"
          aria-autocomplete="list"
          value={text ?? chosenLabel}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={(event) => {
            event.currentTarget.select();
            open();
          }}
          onBlur={() => {
            setText(null);
            combobox.closeDropdown();
          }}
          autoComplete="off"
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={field.label} mah={280} style={{ overflowY: "auto" }}>
          {(options ?? []).map((option) => (
            <Combobox.Option key={option.value} value={option.value}>
              <span>{option.label}</span>
              {option.detail ? (
                <span style={{ color: "var(--ink-soft)", marginLeft: 8 }}>{option.detail}</span>
              ) : null}
            </Combobox.Option>
          ))}
          {options === undefined ? <Combobox.Empty>{m.common.list.loading}</Combobox.Empty> : null}
          {options?.length === 0 && !create ? (
            <Combobox.Empty>{m.common.search.none(typed)}</Combobox.Empty>
          ) : null}
          {create && typed.trim() !== "" ? (
            <Combobox.Option value={CREATE}>{create.label(typed.trim())}</Combobox.Option>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
