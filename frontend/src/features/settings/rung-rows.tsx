/** The steps of the ladder as rows of fields. */
import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";

import { Icon } from "@/components/icon";
import { useLanguage, wordFor } from "@/i18n";

import { type Rung, type RungError, TEMPLATES } from "./ladder";
import classes from "./settings.module.css";

interface Props {
  rungs: readonly Rung[];
  wrong: ReadonlyMap<number, RungError>;
  isLocked: boolean;
  setRungs: (rungs: Rung[]) => void;
}

export function RungRows({ rungs, wrong, isLocked, setRungs }: Props) {
  const { m } = useLanguage();
  const change = (id: number, changes: Partial<Rung>) =>
    setRungs(rungs.map((rung) => (rung.id === id ? { ...rung, ...changes } : rung)));
  const without = (id: number) => setRungs(rungs.filter((rung) => rung.id !== id));
  return (
    <ol>
      {rungs.map((rung, at) => {
        const mistake = wrong.get(rung.id);
        return (
          <RungRow
            key={rung.id}
            rung={rung}
            at={at + 1}
            error={mistake ? m.settings.ladder[mistake] : null}
            isLocked={isLocked}
            change={(changes) => change(rung.id, changes)}
            remove={rungs.length > 1 ? () => without(rung.id) : null}
          />
        );
      })}
    </ol>
  );
}

interface RowProps {
  rung: Rung;
  at: number;
  error: string | null;
  isLocked: boolean;
  change: (changes: Partial<Rung>) => void;
  remove: (() => void) | null;
}

function RungRow({ rung, at, error, isLocked, change, remove }: RowProps) {
  const { m } = useLanguage();
  const words = m.settings.ladder;
  const templates = [...new Set<string>([...TEMPLATES, rung.template])];
  return (
    <li className={classes.step}>
      <span className={classes.stepName}>{words.step(at)}</span>
      <TextInput
        className={classes.days}
        aria-label={`${words.step(at)}: ${words.days}`}
        inputMode="numeric"
        value={rung.days}
        disabled={isLocked}
        error={error}
        onChange={(event) => change({ days: event.currentTarget.value })}
      />
      <NativeSelect
        className={classes.when}
        aria-label={`${words.step(at)}: ${words.when}`}
        value={rung.side}
        disabled={isLocked}
        data={[
          { value: "before", label: words.before },
          { value: "after", label: words.after },
        ]}
        onChange={(event) =>
          change({ side: event.currentTarget.value === "before" ? "before" : "after" })
        }
      />
      <NativeSelect
        className={classes.letter}
        aria-label={`${words.step(at)}: ${words.letter}`}
        value={rung.template}
        disabled={isLocked}
        data={templates.map((value) => ({ value, label: wordFor(words.letters, value) }))}
        onChange={(event) => change({ template: event.currentTarget.value })}
      />
      {remove !== null && !isLocked ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={words.remove(at)}
          onClick={remove}
        >
          <Icon name="trash" size={16} />
        </ActionIcon>
      ) : null}
    </li>
  );
}
