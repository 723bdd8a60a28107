/** The instalments of a plan being written, each with its day and its amount. */
import { TextInput } from "@mantine/core";

import { MoneyField } from "@/components/money-field";
import { useLanguage } from "@/i18n";

import classes from "./agreements.module.css";
import type { PlanDraft } from "./use-plan";

export function PlanRows({ plan, currency }: { plan: PlanDraft; currency: string }) {
  const { m } = useLanguage();
  const words = m.agreements.plan;
  return (
    <ol className={classes.instalments} aria-label={words.instalments}>
      {plan.rows.map((row, at) => (
        <li key={at} className={classes.instalment}>
          <span className={classes.place}>{at + 1}</span>
          <TextInput
            type="date"
            size="xs"
            aria-label={words.dayOf(at + 1)}
            value={row.due_on}
            onChange={(event) => plan.edit(at, { due_on: event.currentTarget.value })}
          />
          <MoneyField
            size="xs"
            currency={currency}
            aria-label={words.amountOf(at + 1)}
            value={row.text}
            error={plan.isWrong(at)}
            onChange={(text) => plan.edit(at, { text })}
          />
        </li>
      ))}
    </ol>
  );
}
