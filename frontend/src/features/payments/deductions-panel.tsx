/** What the customer kept back on purpose: each becomes a case, and is not asked for meanwhile. */
import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";

import { Icon } from "@/components/icon";
import { MoneyField } from "@/components/money-field";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import classes from "./payment-form.module.css";
import type { Deduction, Deductions } from "./use-deductions";

interface Props {
  deductions: Deductions;
  currency: string;
  /** Whether to say what is missing. */
  isTried: boolean;
}

export function DeductionsPanel({ deductions, currency, isTried }: Props) {
  const { m } = useLanguage();
  const words = m.payments.new;
  if (deductions.candidates.length === 0 && deductions.list.length === 0) return null;
  return (
    <Panel title={words.deductions}>
      <p className={classes.soft}>{words.deductionsBody}</p>
      {deductions.list.map((one, at) => (
        <Row
          key={at}
          at={at}
          one={one}
          deductions={deductions}
          currency={currency}
          isTried={isTried}
        />
      ))}
      <Button
        mt="sm"
        size="xs"
        variant="default"
        leftSection={<Icon name="plus" size={14} />}
        disabled={!deductions.canAdd}
        onClick={deductions.add}
      >
        {words.addDeduction}
      </Button>
    </Panel>
  );
}

function Row({ at, one, deductions, currency, isTried }: Props & { at: number; one: Deduction }) {
  const { m, locale } = useLanguage();
  const words = m.payments.new;
  const items = new Map(
    [one.item, ...deductions.candidates].map((item) => [item.invoice_id, item.number]),
  );
  return (
    <fieldset className={classes.deduction} aria-label={words.deductionOf(at + 1)}>
      <NativeSelect
        label={words.invoice}
        value={one.item.invoice_id}
        data={[...items].map(([value, label]) => ({ value, label }))}
        onChange={(event) =>
          deductions.change(at, { invoice_id: event.currentTarget.value, text: null })
        }
      />
      <MoneyField
        label={words.deductionAmount}
        currency={currency}
        value={one.text}
        onChange={(text) => deductions.change(at, { text })}
        error={one.isAmount ? null : words.badDeduction(formatMoney(one.most, currency, locale))}
      />
      <TextInput
        className={classes.why}
        label={words.deductionReason}
        placeholder={words.deductionReasonHint}
        value={one.reason}
        maxLength={2000}
        autoComplete="off"
        onChange={(event) => deductions.change(at, { reason: event.currentTarget.value })}
        error={isTried && one.reason.trim() === "" ? words.needsReason : null}
      />
      <ActionIcon
        variant="subtle"
        size={36}
        aria-label={words.removeDeduction(at + 1)}
        onClick={() => deductions.remove(at)}
      >
        <Icon name="trash" size={16} />
      </ActionIcon>
    </fieldset>
  );
}
