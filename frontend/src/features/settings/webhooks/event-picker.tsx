/** What an endpoint is told of: everything, or chosen types, singly or by what they are about. */
import { Checkbox, Radio } from "@mantine/core";

import { useLanguage, wordFor } from "@/i18n";

import { groupsOf, toggled, type TypeGroup } from "./deliveries";
import classes from "./webhooks.module.css";

interface Props {
  types: readonly string[];
  /** Null: all of them. */
  chosen: string[] | null;
  onChange: (chosen: string[] | null) => void;
  error?: string | null | undefined;
}

export function EventPicker({ types, chosen, onChange, error }: Props) {
  const { m } = useLanguage();
  const words = m.webhooks;
  return (
    <Radio.Group
      label={words.which}
      value={chosen === null ? "all" : "some"}
      onChange={(value) => onChange(value === "all" ? null : (chosen ?? []))}
      error={error}
    >
      <div className={classes.choice}>
        <Radio value="all" label={words.all} />
        <Radio value="some" label={words.some} />
      </div>
      {chosen === null ? null : (
        <div className={classes.groups}>
          {groupsOf(types).map((group) => (
            <Group key={group.key} group={group} chosen={chosen} onChange={onChange} />
          ))}
        </div>
      )}
    </Radio.Group>
  );
}

interface GroupProps {
  group: TypeGroup;
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

function Group({ group, chosen, onChange }: GroupProps) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const name = wordFor(words.groups, group.key);
  const count = group.types.filter((type) => chosen.includes(type)).length;
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{name}</legend>
      {group.types.length < 2 ? null : (
        <Checkbox
          size="xs"
          label={words.chooseAll(name)}
          checked={count === group.types.length}
          indeterminate={count > 0 && count < group.types.length}
          onChange={(event) => onChange(toggled(chosen, group.types, event.currentTarget.checked))}
        />
      )}
      {group.types.map((type) => (
        <Checkbox
          key={type}
          size="xs"
          label={
            <>
              {wordFor(words.types, type)} <code className={classes.type}>{type}</code>
            </>
          }
          checked={chosen.includes(type)}
          onChange={(event) => onChange(toggled(chosen, [type], event.currentTarget.checked))}
        />
      ))}
    </fieldset>
  );
}
