/** The filters in force, each with its way out. */
import { useLanguage } from "@/i18n";

import classes from "./filter-chips.module.css";
import { Icon } from "./icon";

export interface Chip {
  key: string;
  label: string;
  onRemove: () => void;
}

export function FilterChips({ chips }: { chips: readonly Chip[] }) {
  const { m } = useLanguage();
  if (chips.length === 0) return null;
  return (
    <ul className={classes.chips}>
      {chips.map((chip) => (
        <li key={chip.key} className={classes.chip}>
          {chip.label}
          <button type="button" onClick={chip.onRemove} aria-label={m.common.list.remove(chip.label)}>
            <Icon name="close" size={13} />
          </button>
        </li>
      ))}
    </ul>
  );
}
