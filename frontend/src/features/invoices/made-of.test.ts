import { describe, expect, it } from "vitest";

import { en } from "@/i18n/en";
import { es } from "@/i18n/es";

import { madeOf } from "./made-of";

const money = (minor: number) => `${String(minor / 100)} €`;
const charge = (interest: number, compensation: number, fee?: number) => ({
  interest_minor: interest,
  compensation_minor: compensation,
  ...(fee !== undefined && { fee_minor: fee }),
});

describe("what a late charge is made of", () => {
  it("names the parts that it has, in the reader's language", () => {
    expect(madeOf(charge(2078, 4000, 1500), es.late, money, "es")).toBe(
      "20.78 € de intereses, 40 € de indemnización y 15 € de gastos de reclamación",
    );
    expect(madeOf(charge(2078, 4000), en.late, money, "en")).toBe(
      "20.78 € interest and 40 € compensation",
    );
  });

  it("is interest even where that rounds to nothing, unless it is a fee alone", () => {
    expect(madeOf(charge(0, 4000, 0), es.late, money, "es")).toBe(
      "0 € de intereses y 40 € de indemnización",
    );
    expect(madeOf(charge(0, 0, 1500), es.late, money, "es")).toBe("15 € de gastos de reclamación");
  });
});
