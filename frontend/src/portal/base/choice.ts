/** Which invoices somebody has chosen to pay, by currency. Forgotten when the page is left. */
import { useSyncExternalStore } from "react";

const NONE: readonly string[] = [];
const chosen = new Map<string, readonly string[]>();
const listeners = new Set<() => void>();

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}

export function useChoice(currency: string) {
  const ids = useSyncExternalStore(subscribe, () => chosen.get(currency) ?? NONE);
  const choose = (next: readonly string[]) => {
    chosen.set(currency, next);
    for (const tell of listeners) tell();
  };
  return {
    ids,
    choose,
    toggle: (id: string) => choose(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]),
  };
}
