/** ISO 4217: how many decimals a currency has. Intl is not asked: it follows custom, not the standard. */

const EXPONENTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
      .split(" ")
      .map((code) => [code, 0]),
  ),
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** The number of decimals of a currency; 2 where the table says nothing else. */
export function exponentOf(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** What a picker offers first; any other ISO code may be typed. */
export const COMMON_CURRENCIES = ["EUR", "USD", "GBP", "CHF", "MXN", "COP", "JPY"] as const;
