import { describe, expect, it } from "vitest";

import { AS_CUSTOMER, discountDraftOf, discountInput } from "./discount-draft";

const terms = {
  rate: "0.025",
  days: 10,
  part_payment: "proportional",
  tax: "excluded",
  until: null,
  left_minor: null,
  needed_minor: null,
} as const;

describe("a discount for paying early", () => {
  it("is left to the customer's, or is none, or goes as percent", () => {
    expect(discountInput(AS_CUSTOMER, "es")).toEqual({ terms: undefined });
    expect(discountInput(discountDraftOf(null, "es"), "es")).toEqual({ terms: null });
    expect(discountInput(discountDraftOf(terms, "es"), "es")).toEqual({
      terms: { rate: "2.5%", days: 10, part_payment: "proportional", tax: "excluded" },
    });
  });

  it("of its own needs a rate above nothing and whole days", () => {
    const draft = { ...discountDraftOf(terms, "es"), rate: "0", days: "1,5" };

    expect(discountInput(draft, "es")).toEqual({
      flaws: [
        ["/discount/rate", "rate"],
        ["/discount/days", "number"],
      ],
    });
  });
});
