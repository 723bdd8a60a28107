/** Choose a period by name or by its days, and the currency where there are several. */
import { NativeSelect } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/api/me";
import { DateField } from "@/components/date-field";
import { useLanguage } from "@/i18n";

import { NAMED, nameOf, type Period, type PeriodFlaw, type PeriodName, periodOf } from "./period";
import classes from "./statement.module.css";

interface Props {
  period: Period;
  flaw: PeriodFlaw | null;
  currency: string;
  currencies: readonly string[];
  onChange: (period: Period) => void;
  onCurrency: (currency: string) => void;
}

export function PeriodPicker({ period, flaw, onChange, ...rest }: Props) {
  const { m } = useLanguage();
  const { today } = useMe();
  const words = m.paper.statement;
  const [isOther, setIsOther] = useState(() => nameOf(period, today) === "other");
  const name: PeriodName = isOther ? "other" : nameOf(period, today);
  const choose = (chosen: string) => {
    const known = NAMED.find((one) => one === chosen);
    setIsOther(known === undefined);
    if (known) onChange(periodOf(known, today));
  };
  const text = flaw === null ? null : flaw === "date" ? m.common.errors.date : words[flaw];
  return (
    <div className={classes.picker}>
      <NativeSelect
        label={words.period}
        value={name}
        data={[...NAMED, "other" as const].map((value) => ({
          value,
          label: words.periods[value],
        }))}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {name === "other" ? (
        <>
          <DateField
            label={words.from}
            value={period.first}
            max={today}
            onChange={(first) => onChange({ ...period, first })}
          />
          <DateField
            label={words.to}
            value={period.last}
            max={today}
            error={text}
            onChange={(last) => onChange({ ...period, last })}
          />
        </>
      ) : null}
      <CurrencyChoice {...rest} />
    </div>
  );
}

function CurrencyChoice({
  currency,
  currencies,
  onCurrency,
}: Pick<Props, "currency" | "currencies" | "onCurrency">) {
  const { m } = useLanguage();
  if (currencies.length < 2) return null;
  return (
    <NativeSelect
      label={m.paper.statement.currency}
      value={currency}
      data={[...currencies]}
      onChange={(event) => onCurrency(event.currentTarget.value)}
    />
  );
}
