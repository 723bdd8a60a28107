import { describe, expect, it } from "vitest";

import type { RecurringInput } from "@/api/models";

import { blankForm, changesOf, inputOf } from "./recurring-form";

const line = { key: "k", description: "Cuota", quantity: "1", price: "100,00", tax: "21", discount: "" };
const form = {
  ...blankForm("EUR", "2027-01-31", null),
  customer: { id: "c", name: "Ibarra" },
  lines: [line],
};

describe("a recurring invoice being written", () => {
  it("leaves the day to the start, and the terms to the customer, when they are blank", () => {
    expect(inputOf(form, "es")).toEqual({
      input: {
        customer_id: "c",
        currency: "EUR",
        lines: [
          {
            description: "Cuota",
            quantity: "1",
            unit_price_minor: 10_000,
            tax_rate: "21%",
            discount_rate: "0",
          },
        ],
        every: "month",
        on_day: null,
        start_on: "2027-01-31",
        end_on: null,
        terms_days: null,
        purchase_order: null,
        notes: null,
        auto_send: true,
      },
    });
  });

  it("says at each field what is wrong with it", () => {
    const wrong = { ...form, customer: null, every: "week" as const, onDay: "8", end: "2027-01-30", terms: "366" };

    const result = inputOf(wrong, "es");

    expect("flaws" in result && [...result.flaws]).toEqual([
      ["/customer_id", "required"],
      ["/on_day", "badDay"],
      ["/end_on", "badEnd"],
      ["/terms_days", "badTerms"],
    ]);
  });

  it("sends only what was changed", () => {
    const before = inputOf(form, "es");
    const after = inputOf({ ...form, end: "2027-12-31" }, "es");
    const body = (result: typeof before) => (result as { input: RecurringInput }).input;

    expect(changesOf(body(after), body(before))).toEqual({ end_on: "2027-12-31" });
  });
});
