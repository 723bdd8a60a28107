/** What the customer kept back of invoices, and why, while it is being written. */
import { useState } from "react";

import type { OpenItem } from "@/api/models";
import { useLanguage } from "@/i18n";
import { editableAmount, parseMoney } from "@/lib/money";

import type { Allocation } from "./use-allocation";

export const MAX_DEDUCTIONS = 5; // as many as one payment may carry

interface Row {
  invoice_id: string;
  /** Null until a person writes: all that stays open. */
  text: string | null;
  reason: string;
}

export interface Deduction {
  item: OpenItem;
  text: string;
  reason: string;
  amount: number;
  most: number;
  isAmount: boolean;
}

export function useDeductions(allocation: Allocation) {
  const { locale } = useLanguage();
  const [rows, setRows] = useState<readonly Row[]>([]);
  const { currency, items, outcome } = allocation;
  const left = (item: OpenItem) =>
    outcome.part.find((one) => one.item.invoice_id === item.invoice_id)?.left ??
    (allocation.spread.has(item.invoice_id) ? 0 : item.open_minor);
  const candidates = items.filter((item) => left(item) > 0);
  const list = rows.flatMap((row): Deduction[] => {
    const item = items.find((one) => one.invoice_id === row.invoice_id);
    if (item === undefined) return [];
    const most = left(item);
    const text = row.text ?? editableAmount(most, currency, locale);
    const amount = parseMoney(text, currency, locale) ?? 0;
    const { reason } = row;
    return [{ item, text, reason, amount, most, isAmount: amount > 0 && amount <= most }];
  });
  const next = outcome.part[0]?.item ?? candidates[0];
  const change = (at: number, changes: Partial<Row>) =>
    setRows(rows.map((row, of) => (of === at ? { ...row, ...changes } : row)));
  return {
    list,
    candidates,
    canAdd: next !== undefined && rows.length < MAX_DEDUCTIONS,
    isSound: list.every(({ isAmount, reason }) => isAmount && reason.trim() !== ""),
    bodies: list.map(({ item, amount, reason }) => ({
      invoice_id: item.invoice_id,
      amount_minor: amount,
      reason: reason.trim(),
    })),
    add: () =>
      next && setRows([...rows, { invoice_id: next.invoice_id, text: null, reason: "" }]),
    change,
    remove: (at: number) => setRows(rows.filter((_, of) => of !== at)),
    clear: () => setRows([]),
  };
}

export type Deductions = ReturnType<typeof useDeductions>;
