/** What a key may touch: a ready-made choice, or area by area nothing, reading or changing. */
import { Radio, SegmentedControl } from "@mantine/core";

import type { Role } from "@/api/models";
import { useLanguage } from "@/i18n";

import {
  type Area,
  AREAS,
  type Level,
  type Levels,
  LEVELS,
  mayHave,
  presetOf,
  PRESETS,
  within,
} from "./key-scopes";
import classes from "./scopes-grid.module.css";

interface Props {
  role: Role;
  /** Null: no scopes, so all that the role may. */
  levels: Levels | null;
  onChange: (levels: Levels | null) => void;
  error?: string | null | undefined;
}

const LEVEL_NAMES = ["none", "read", "write"] as const;

export function ScopesGrid({ role, levels, onChange, error }: Props) {
  const { m } = useLanguage();
  const words = m.settings.key;
  const preset = levels === null ? "all" : (presetOf(role, within(role, levels)) ?? "own");
  const choose = (value: string) => {
    const chosen = PRESETS.find((one) => one === value) ?? "all";
    onChange(chosen === "all" ? null : chosen === "own" ? (levels ?? LEVELS.read) : LEVELS[chosen]);
  };
  return (
    <Radio.Group label={words.scopes} value={preset} onChange={choose} error={error}>
      <div className={classes.presets}>
        {PRESETS.filter((one) => one !== "own").map((value) => (
          <Radio
            key={value}
            value={value}
            label={words.presets[value]}
            description={words.presetBodies[value]}
          />
        ))}
        <Radio value="own" label={words.presets.own} description={words.presetBodies.own} readOnly />
      </div>
      {levels === null ? null : (
        <ul className={classes.grid}>
          {AREAS.map((area) => (
            <AreaRow
              key={area}
              area={area}
              role={role}
              level={within(role, levels)[area]}
              onChange={(level) => onChange({ ...levels, [area]: level })}
            />
          ))}
        </ul>
      )}
    </Radio.Group>
  );
}

interface AreaProps {
  area: Area;
  role: Role;
  level: Level;
  onChange: (level: Level) => void;
}

function AreaRow({ area, role, level, onChange }: AreaProps) {
  const { m } = useLanguage();
  const words = m.settings.key;
  return (
    <li className={classes.area}>
      <div>
        <div className={classes.name}>{words.areas[area]}</div>
        <div className={classes.about}>{words.areaBodies[area]}</div>
      </div>
      <SegmentedControl
        size="xs"
        aria-label={words.areas[area]}
        value={level}
        onChange={(value) => onChange(LEVEL_NAMES.find((one) => one === value) ?? "none")}
        data={LEVEL_NAMES.map((value) => ({
          value,
          label: words.levels[value],
          disabled: !mayHave(role, area, value),
        }))}
      />
    </li>
  );
}
