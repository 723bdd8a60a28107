import { describe, expect, it } from "vitest";

import type { Company } from "@/api/models";
import { en } from "@/i18n/en";

import { chartOf, isAccountNumber, namesOf, withChart } from "./chart";

const numbers = Object.fromEntries(
  Object.keys(en.books.chart.accounts).map((name, at) => [name, `${at}`]),
);
const company = { name: "Talleres", version: 3, journal_accounts: numbers } as unknown as Company;

describe("the chart of accounts", () => {
  it("shows every account that has words, and each once", () => {
    const names = namesOf(chartOf(company));
    expect([...names].sort()).toEqual(Object.keys(en.books.chart.accounts).sort());
  });

  it("goes back with all other settings, trimmed, without the version", () => {
    const input = withChart(company, { ...chartOf(company), receivable: " 4300.1 " });
    expect(input).toEqual({
      name: "Talleres",
      journal_accounts: { ...numbers, receivable: "4300.1" },
    });
  });

  it("has numbers of letters, digits and points", () => {
    expect(["430", "4300.01", "A1"].every(isAccountNumber)).toBe(true);
    expect(["", " ", "4 3", "=1", "4".repeat(21)].some(isAccountNumber)).toBe(false);
  });
});
