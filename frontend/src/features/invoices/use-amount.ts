/** A field for a part of an amount: what was typed, what it means, and what is wrong with it. */
import { useState } from "react";

import { useLanguage } from "@/i18n";
import { editableAmount, parseMoney } from "@/lib/money";

interface Given {
  currency: string;
  /** All there is; the field begins with it. */
  whole: number;
  /** The words when more than that was typed. */
  tooMuch: string;
}

export function useAmount({ currency, whole, tooMuch }: Given) {
  const { m, locale } = useLanguage();
  const [typed, setTyped] = useState<string | null>(null);
  const minor = typed === null ? whole : parseMoney(typed, currency, locale);
  const isPart = minor !== null && minor > 0 && minor <= whole;
  const error = isPart ? null : minor !== null && minor > whole ? tooMuch : m.common.errors.amount;
  return {
    text: typed ?? editableAmount(whole, currency, locale),
    change: setTyped,
    /** Null while it is no amount between one unit and the whole. */
    minor: isPart ? minor : null,
    error,
  };
}
