/** Amounts as text in the reader's language, for sentences; on its own an amount is `Money`. */
import { formatMoney } from "@/lib/money";

import { useLanguage } from ".";

export function useMoney(currency: string): (minor: number) => string {
  const { locale } = useLanguage();
  return (minor) => formatMoney(minor, currency, locale);
}
