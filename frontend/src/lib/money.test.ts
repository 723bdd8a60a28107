import { describe, expect, it } from "vitest";

import {
  decimalOf,
  editableAmount,
  formatAmount,
  formatMoney,
  normaliseDecimal,
  parseMoney,
} from "./money";

/** Intl separates with spaces that look alike; the tests compare what is read. */
const read = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("formatting", () => {
  it("writes minor units as exact decimals, whatever the exponent", () => {
    expect(decimalOf(121000, 2)).toBe("1210.00");
    expect(decimalOf(-5, 2)).toBe("-0.05");
    expect(decimalOf(0, 3)).toBe("0.000");
    expect(decimalOf(1234, 0)).toBe("1234");
  });

  it("groups thousands in both languages, from one thousand on", () => {
    expect(read(formatMoney(121000, "EUR", "es"))).toBe("1.210,00 €");
    expect(read(formatMoney(121000, "EUR", "en"))).toBe("€1,210.00");
    expect(read(formatAmount(121000, "EUR", "es"))).toBe("1.210,00");
  });

  it("uses the decimals of ISO 4217", () => {
    expect(read(formatMoney(1234, "JPY", "en"))).toBe("JP¥1,234");
    expect(read(formatMoney(1234567, "TND", "es"))).toBe("1.234,567 TND");
  });

  it("loses no digit of the largest amounts", () => {
    expect(read(formatMoney(999_999_999_999_999, "EUR", "en"))).toBe("€9,999,999,999,999.99");
    expect(read(formatMoney(Number.MAX_SAFE_INTEGER, "EUR", "es"))).toBe("90.071.992.547.409,91 €");
  });
});

describe("parsing", () => {
  it.each([
    ["1.210,50", "es", 121050],
    ["1210,5", "es", 121050],
    ["1 210,50", "es", 121050],
    ["12.5", "es", 1250],
    ["1.210", "es", 121000],
    ["1,210.50", "en", 121050],
    ["1210.5", "en", 121050],
    ["12,5", "en", 1250],
    ["0,10", "es", 10],
    ["-3,20", "es", -320],
    ["-0,05", "es", -5],
    ["\u2212 3,20", "es", -320],
    ["007", "es", 700],
    [",5", "es", 50],
  ] as const)("reads %s in %s as %d", (text, locale, minor) => {
    expect(parseMoney(text, "EUR", locale)).toBe(minor);
  });

  it.each(["", "abc", "1,2,3", "1.2.3", "12,345", "--1", "1e5", "0x10", "99999999999999999"])(
    "refuses %s",
    (text) => {
      expect(parseMoney(text, "EUR", "es")).toBeNull();
    },
  );

  it("refuses more decimals than the currency has, but not idle zeros", () => {
    expect(parseMoney("10,5", "JPY", "es")).toBeNull();
    expect(parseMoney("10,00", "JPY", "es")).toBe(10);
    expect(parseMoney("1,234", "TND", "es")).toBe(1234);
  });

  it("reads back what it offers to edit, for every exponent and both languages", () => {
    for (const currency of ["EUR", "JPY", "TND", "CLF"]) {
      for (const locale of ["es", "en"] as const) {
        for (const minor of [0, 1, 99, 100, 12345, -1, -12345, 10 ** 15]) {
          const text = editableAmount(minor, currency, locale);

          expect(parseMoney(text, currency, locale)).toBe(minor);
        }
      }
    }
  });

  it("keeps the decimals of a quantity", () => {
    expect(normaliseDecimal("2,50", "es")).toBe("2.50");
    expect(normaliseDecimal("1.000", "es")).toBe("1000");
  });
});
