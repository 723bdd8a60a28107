/** The state of a plan being written: equal parts until a person changes a row. */
import { useState } from "react";

import { useLanguage } from "@/i18n";
import { editableAmount, parseMoney } from "@/lib/money";

import { areInOrder, type Instalment, instalmentsOf, MAX_INSTALMENTS, type Rhythm } from "./instalments";

export interface Row {
  due_on: string;
  text: string;
}

interface Given {
  whole: number;
  currency: string;
  today: string;
  first: string;
}

export function usePlan({ whole, currency, today, first: usual }: Given) {
  const { locale } = useLanguage();
  const [countText, setCount] = useState("3");
  const [first, setFirst] = useState(usual);
  const [rhythm, setRhythm] = useState<Rhythm>("month");
  const [manual, setManual] = useState<readonly Row[] | null>(null);
  const count = /^\d{1,3}$/.test(countText.trim()) ? Number(countText) : 0;
  const isCount = count >= 1 && count <= MAX_INSTALMENTS;
  const equal = isCount && first !== "" ? instalmentsOf(whole, count, first, rhythm) : [];
  const rows: readonly Row[] =
    manual ??
    equal.map((one) => ({
      due_on: one.due_on,
      text: editableAmount(one.amount_minor, currency, locale),
    }));
  const amounts = rows.map(({ text }) => parseMoney(text, currency, locale));
  const areAmounts = amounts.every((amount) => amount !== null && amount > 0);
  const sum = amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
  const days = rows.map((row) => row.due_on);
  const isInOrder = days.every((day) => day >= today) && areInOrder(days);
  const anew = <Value,>(set: (value: Value) => void) => (value: Value) => {
    set(value);
    setManual(null);
  };
  return {
    countText,
    first,
    rhythm,
    rows,
    isCount,
    isByHand: manual !== null,
    sum,
    isInOrder,
    areAmounts,
    isSound: rows.length > 0 && areAmounts && isInOrder && sum <= whole,
    instalments: rows.map(
      ({ due_on }, at): Instalment => ({ due_on, amount_minor: amounts[at] ?? 0 }),
    ),
    isWrong: (at: number) => !((amounts[at] ?? 0) > 0),
    setCount: anew(setCount),
    setFirst: anew(setFirst),
    setRhythm: anew(setRhythm),
    edit: (at: number, changes: Partial<Row>) =>
      setManual(rows.map((row, of) => (of === at ? { ...row, ...changes } : row))),
    spreadEqually: () => setManual(null),
  };
}

export type PlanDraft = ReturnType<typeof usePlan>;
