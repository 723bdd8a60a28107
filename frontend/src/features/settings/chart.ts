/** The chart of accounts as a form, and the settings with it. */
import type { Company, CompanyInput } from "@/api/models";
import type { Messages } from "@/i18n";

export type AccountName = keyof Messages["books"]["chart"]["accounts"];
export type Chart = Record<AccountName, string>;

const ORDER: readonly AccountName[] = [
  "receivable",
  "customer_credit",
  "sales",
  "sales_returns",
  "tax",
  "bank",
  "cash_discount",
  "small_difference",
  "bad_debt",
  "transfer",
];

/** The accounts in the order in which they are shown. */
export function namesOf(chart: Chart): readonly AccountName[] {
  return ORDER.filter((name) => name in chart);
}

export function chartOf({ journal_accounts: numbers }: Company): Chart {
  return Object.fromEntries(ORDER.map((name) => [name, numbers[name] ?? ""])) as Chart;
}

export function isAccountNumber(text: string): boolean {
  return /^[0-9A-Za-z.]{1,20}$/.test(text.trim());
}

/** The settings as they are, with these numbers. */
export function withChart(company: Company, chart: Chart): CompanyInput {
  // The version goes as If-Match, not in the body.
  const settings = Object.entries(company).filter(([name]) => name !== "version");
  const trimmed = Object.entries(chart).map(([name, number]) => [name, number.trim()]);
  return {
    ...(Object.fromEntries(settings) as unknown as CompanyInput),
    journal_accounts: Object.fromEntries(trimmed) as Chart,
  };
}
