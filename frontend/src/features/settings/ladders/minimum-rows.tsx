/** The least that must be owed in a currency for somebody to be written to. */
import { ActionIcon, Button, NativeSelect } from "@mantine/core";

import { Icon } from "@/components/icon";
import { MoneyField } from "@/components/money-field";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { COMMON_CURRENCIES } from "@/lib/currencies";

import settings from "../settings.module.css";
import type { Minimum, Notation } from "./draft";
import type { Editor } from "./use-editor";

interface Props {
  editor: Editor;
  notation: Notation;
  isLocked: boolean;
}

export function MinimumRows({ editor, notation, isLocked }: Props) {
  const { m } = useLanguage();
  const words = m.ladders.editor;
  const { minimums } = editor.draft;
  const used = new Set(minimums.map(({ currency }) => currency));
  const next = [notation.currency, ...COMMON_CURRENCIES].find((currency) => !used.has(currency));
  const set = (after: Minimum[]) => editor.change({ minimums: after });
  const edit = (key: string, part: Partial<Minimum>) =>
    set(minimums.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <Panel title={words.minimum} padding="flush">
      <p className={settings.intro}>{words.minimumBody}</p>
      {minimums.map((one) => (
        <fieldset
          key={one.key}
          className={settings.tolerance}
          aria-label={words.minimumIn(one.currency)}
          disabled={isLocked}
        >
          <NativeSelect
            label={words.currency}
            value={one.currency}
            data={[...new Set([one.currency, ...COMMON_CURRENCIES])]}
            onChange={(event) => edit(one.key, { currency: event.currentTarget.value })}
          />
          <MoneyField
            label={words.amount}
            currency={one.currency}
            value={one.amount}
            error={editor.flawOf(one.key)}
            onChange={(amount) => edit(one.key, { amount })}
          />
          {isLocked ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={words.removeMinimum(one.currency)}
              onClick={() => set(minimums.filter(({ key }) => key !== one.key))}
            >
              <Icon name="trash" size={16} />
            </ActionIcon>
          )}
        </fieldset>
      ))}
      {isLocked || next === undefined ? null : (
        <div className={settings.foot}>
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => set([...minimums, { key: crypto.randomUUID(), currency: next, amount: "" }])}
          >
            {words.addMinimum}
          </Button>
        </div>
      )}
    </Panel>
  );
}
