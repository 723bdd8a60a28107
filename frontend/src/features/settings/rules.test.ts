import { describe, expect, it } from "vitest";

import type { Company } from "@/api/models";

import { formOf, newTolerance, withRules, wrongIn } from "./rules";

const company = {
  name: "Talleres",
  version: 4,
  approval_rules: [
    { what: "write_off", over_minor: 5_000, currency: "EUR", series: null, customer_id: null },
  ],
  credit_limit_action: "warn",
  tolerances: { EUR: 5, JPY: 10 },
  dispute_days: 30,
  credit_note_series: "R",
} as unknown as Company;

describe("the rules of the company", () => {
  it("come back as they were read, the rest of the settings with them", () => {
    const input = withRules(company, formOf(company, "es"), "es");

    expect({ ...input, version: 4 }).toEqual(company);
  });

  it("are written in the person's notation and the decimals of the currency", () => {
    const form = formOf(company, "es");

    expect(form.rules.map(({ over }) => over)).toEqual(["50,00"]);
    expect(form.tolerances.map(({ amount }) => amount)).toEqual(["0,05", "10"]);
  });

  it("need amounts, a currency once, days of a year and a series", () => {
    const form = formOf(company, "es");
    const twice = { ...newTolerance("EUR"), amount: "0,10" };
    const wrong = wrongIn(
      {
        ...form,
        rules: form.rules.map((rule) => ({ ...rule, over: "mucho" })),
        tolerances: [...form.tolerances, twice],
        disputeDays: "0",
        creditNoteSeries: "r-",
      },
      "es",
    );

    expect([...wrong.values()]).toEqual(["badAmount", "twice", "badDays", "badSeries"]);
  });
});
