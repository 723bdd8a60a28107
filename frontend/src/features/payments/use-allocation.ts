/** The state of an allocation table: oldest first until a person changes an amount. */
import { useMemo, useState } from "react";

import type { OpenItem } from "@/api/models";
import { useLanguage } from "@/i18n";
import { editableAmount, parseMoney } from "@/lib/money";

import { inOrder, isSound, oldestFirst, type Outcome, outcomeOf, type Spread } from "./allocation";

const MAX_SENT = 500; // as many as one request may name; more than that only the server can spread

export interface Allocation {
  items: readonly OpenItem[];
  currency: string;
  /** The value date of money that may earn a discount. */
  on: string | undefined;
  isAutomatic: boolean;
  outcome: Outcome;
  spread: Spread;
  textOf: (item: OpenItem) => string;
  /** What is wrong with the amount beside an invoice. */
  errorOf: (item: OpenItem) => "notAnAmount" | "tooMuch" | null;
  isSound: boolean;
  /** True when the server is to spread it by the same rule. */
  isLeftToServer: boolean;
  edit: (item: OpenItem, text: string) => void;
  settle: (item: OpenItem) => void;
  useOldestFirst: () => void;
  useNothing: () => void;
}

type Texts = Readonly<Record<string, string>>;

interface Given {
  /** What there is to spread, in minor units; 0 while it is not known. */
  amount: number;
  currency: string;
  items: readonly OpenItem[];
  /** The invoice to serve before all others. */
  first?: string | undefined;
  /** The value date of money; absent for a credit, which earns no discount. */
  on?: string | undefined;
}

export function useAllocation({ amount, currency, items, first, on }: Given): Allocation {
  const { locale } = useLanguage();
  const [manual, setManual] = useState<Texts | null>(null);
  const ordered = useMemo(() => inOrder(items, first), [items, first]);
  const automatic = useMemo(
    () => oldestFirst(amount, items, { first, on }),
    [amount, items, first, on],
  );
  const write = (minor: number) => (minor > 0 ? editableAmount(minor, currency, locale) : "");
  const read = (text: string) => (text.trim() === "" ? 0 : parseMoney(text, currency, locale));
  const spread = manual === null ? automatic : spreadOf(manual, read);
  const outcome = outcomeOf(amount, items, spread, on);
  const textOf = ({ invoice_id: id }: OpenItem) =>
    manual === null ? write(automatic.get(id) ?? 0) : (manual[id] ?? "");
  const errorOf = (item: OpenItem) => {
    const minor = read(textOf(item));
    if (minor === null || minor < 0) return "notAnAmount";
    return outcome.tooMuch.has(item.invoice_id) ? "tooMuch" : null;
  };
  const edit = (item: OpenItem, text: string) => {
    const present = manual ?? Object.fromEntries(items.map((one) => [one.invoice_id, textOf(one)]));
    setManual({ ...present, [item.invoice_id]: text });
  };
  const settle = (item: OpenItem) => {
    const others = outcome.applied - (spread.get(item.invoice_id) ?? 0);
    edit(item, write(Math.min(item.open_minor, Math.max(amount - others, 0)) || item.open_minor));
  };
  return {
    items: ordered,
    currency,
    on,
    isAutomatic: manual === null,
    outcome,
    spread,
    textOf,
    errorOf,
    isSound: isSound(outcome) && items.every((item) => errorOf(item) === null),
    isLeftToServer: manual === null && spread.size > MAX_SENT,
    edit,
    settle,
    useOldestFirst: () => setManual(null),
    useNothing: () => setManual({}),
  };
}

function spreadOf(texts: Texts, read: (text: string) => number | null): Spread {
  const spread = new Map<string, number>();
  for (const [id, text] of Object.entries(texts)) {
    const minor = read(text);
    if (minor !== null && minor > 0) spread.set(id, minor);
  }
  return spread;
}
