/** The rows of approval rules and of small differences. */
import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { customerQuery, useCustomerSearch } from "@/api/customer-search";
import { Icon } from "@/components/icon";
import { MoneyField } from "@/components/money-field";
import { Picker } from "@/components/picker";
import { useLanguage } from "@/i18n";
import { COMMON_CURRENCIES } from "@/lib/currencies";

import { newRule, newTolerance, type RuleRow, type ToleranceRow } from "./rules";
import type { RulesProps } from "./rules-part";
import classes from "./settings.module.css";

export function ApprovalRows(props: RulesProps) {
  const { m } = useLanguage();
  const words = m.settings.rulesPart;
  const { form, company, isLocked, change } = props;
  return (
    <>
      {form.rules.length === 0 ? <p className={classes.intro}>{words.noRules}</p> : null}
      {form.rules.map((rule, at) => (
        <Rule key={rule.key} {...props} rule={rule} at={at} />
      ))}
      {isLocked ? null : (
        <div className={classes.foot}>
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => change({ rules: [...form.rules, newRule(company.currency)] })}
          >
            {words.addRule}
          </Button>
        </div>
      )}
    </>
  );
}

function Rule({ rule, at, form, isLocked, change, errorOf }: RulesProps & { rule: RuleRow; at: number }) {
  const { m } = useLanguage();
  const words = m.settings.rulesPart;
  const edit = (part: Partial<RuleRow>) =>
    change({ rules: form.rules.map((one) => (one.key === rule.key ? { ...one, ...part } : one)) });
  return (
    <fieldset className={classes.rule} aria-label={words.rule(at + 1)} disabled={isLocked}>
      <NativeSelect
        label={words.what}
        value={rule.what}
        data={[
          { value: "issue", label: words.issue },
          { value: "write_off", label: words.writeOff },
        ]}
        onChange={({ currentTarget: { value } }) =>
          edit({ what: value === "write_off" ? "write_off" : "issue" })
        }
      />
      <MoneyField
        label={words.over}
        currency={rule.currency}
        value={rule.over}
        onChange={(over) => edit({ over })}
        error={errorOf(rule.key)}
      />
      <NativeSelect
        label={words.currency}
        value={rule.currency}
        data={[...new Set([rule.currency, ...COMMON_CURRENCIES])]}
        onChange={(event) => edit({ currency: event.currentTarget.value })}
      />
      <TextInput
        label={words.series}
        placeholder={words.any}
        value={rule.series}
        autoComplete="off"
        onChange={(event) => edit({ series: event.currentTarget.value.toUpperCase() })}
        error={errorOf(`${rule.key} series`)}
      />
      <CustomerOf rule={rule} edit={edit} isLocked={isLocked} />
      {isLocked ? null : (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={words.removeRule(at + 1)}
          onClick={() => change({ rules: form.rules.filter((one) => one.key !== rule.key) })}
        >
          <Icon name="trash" size={16} />
        </ActionIcon>
      )}
    </fieldset>
  );
}

interface CustomerProps {
  rule: RuleRow;
  edit: (part: Partial<RuleRow>) => void;
  isLocked: boolean;
}

const ANYBODY = "";

function CustomerOf({ rule, edit, isLocked }: CustomerProps) {
  const { m } = useLanguage();
  const words = m.settings.rulesPart;
  const [text, setText] = useState("");
  const found = useCustomerSearch(text);
  const { customerId } = rule;
  const known = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  return (
    <Picker
      label={words.customer}
      placeholder={words.any}
      chosenLabel={customerId === null ? "" : (known.data?.name ?? "…")}
      options={[
        { value: ANYBODY, label: words.any },
        ...(found.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []),
      ]}
      onSearch={setText}
      onChoose={({ value }) => edit({ customerId: value === ANYBODY ? null : value })}
      disabled={isLocked}
    />
  );
}

export function ToleranceRows({ form, company, isLocked, change, errorOf }: RulesProps) {
  const { m } = useLanguage();
  const words = m.settings.rulesPart;
  const used = new Set(form.tolerances.map(({ currency }) => currency));
  const next = [company.currency, ...COMMON_CURRENCIES].find((currency) => !used.has(currency));
  const edit = (key: string, part: Partial<ToleranceRow>) =>
    change({
      tolerances: form.tolerances.map((one) => (one.key === key ? { ...one, ...part } : one)),
    });
  return (
    <>
      {form.tolerances.length === 0 ? <p className={classes.intro}>{words.noTolerances}</p> : null}
      {form.tolerances.map((one) => (
        <fieldset
          key={one.key}
          className={classes.tolerance}
          aria-label={words.toleranceIn(one.currency)}
          disabled={isLocked}
        >
          <NativeSelect
            label={words.currency}
            value={one.currency}
            data={[...new Set([one.currency, ...COMMON_CURRENCIES])]}
            onChange={(event) => edit(one.key, { currency: event.currentTarget.value })}
          />
          <MoneyField
            label={words.upTo}
            currency={one.currency}
            value={one.amount}
            onChange={(amount) => edit(one.key, { amount })}
            error={errorOf(one.key) ?? errorOf(`/tolerances/${one.currency}`)}
          />
          {isLocked ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={words.removeTolerance(one.currency)}
              onClick={() =>
                change({ tolerances: form.tolerances.filter(({ key }) => key !== one.key) })
              }
            >
              <Icon name="trash" size={16} />
            </ActionIcon>
          )}
        </fieldset>
      ))}
      {isLocked ? null : (
        <div className={classes.foot}>
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            disabled={next === undefined}
            onClick={() =>
              next !== undefined && change({ tolerances: [...form.tolerances, newTolerance(next)] })
            }
          >
            {words.addTolerance}
          </Button>
        </div>
      )}
    </>
  );
}
