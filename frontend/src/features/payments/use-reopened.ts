/** Which invoices an action on a payment would open again, in words, once the account is read. */
import { useQuery } from "@tanstack/react-query";

import type { Payment } from "@/api/models";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import { accountQuery } from "./payments-api";
import { reopened, type Taking } from "./undo";

const NAMED = 6; // invoices in sentences of their own; more are counted

export interface ReopenedWords {
  lines: string[];
  /** False until it is known what is open on them now. */
  isKnown: boolean;
  error: Error | null;
}

export function useReopened(payment: Payment, taken: readonly Taking[]): ReopenedWords {
  const { m, locale } = useLanguage();
  const words = m.payments.back;
  const { customer_id: customerId, currency } = payment;
  const account = useQuery({ ...accountQuery(customerId, currency), enabled: taken.length > 0 });
  if (taken.length === 0) return { lines: [], isKnown: true, error: null };
  if (account.data === undefined) return { lines: [], isKnown: false, error: account.error };
  const found = reopened(payment, taken, account.data.open_items);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const lines = found
    .slice(0, NAMED)
    .map((one) => words.reopens(one.number, money(one.by_minor), money(one.open_minor)));
  if (found.length > NAMED) lines.push(words.reopensMore(found.length - NAMED));
  return { lines: [...lines, words.chased], isKnown: true, error: null };
}
