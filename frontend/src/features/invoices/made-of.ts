/** What a late charge is made of, in a sentence: only the parts that it has. */
import type { Messages } from "@/i18n";
import type { Locale } from "@/lib/money";

interface Parts {
  interest_minor: number;
  compensation_minor: number;
  fee_minor?: number;
}

export function madeOf(
  charge: Parts,
  words: Messages["late"],
  money: (minor: number) => string,
  locale: Locale,
): string {
  const { interest_minor: interest, compensation_minor: compensation, fee_minor: fee = 0 } = charge;
  const isFeeAlone = interest === 0 && compensation === 0 && fee > 0;
  const parts = [
    isFeeAlone ? null : words.ofInterest(money(interest)),
    compensation > 0 ? words.ofCompensation(money(compensation)) : null,
    fee > 0 ? words.ofFee(money(fee)) : null,
  ];
  return new Intl.ListFormat(locale).format(parts.filter((part) => part !== null));
}
