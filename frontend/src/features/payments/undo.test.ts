import { describe, expect, it } from "vitest";

import type { Allocation, OpenItem, Payment } from "@/api/models";

import { freeing, latestFirst, leftOf, reopened } from "./undo";

const settles = (invoice_id: string, amount_minor: number, discount_minor = 0): Allocation => ({
  invoice_id,
  number: `A-${invoice_id}`,
  amount_minor,
  discount_minor,
  difference_minor: 0,
  effective_on: "2026-11-01",
  posted_at: "2026-11-01T10:00:00Z",
});

const payment = {
  amount_minor: 1_000,
  unapplied_minor: 100,
  returned_minor: 200,
  allocations: [settles("a", 300), settles("b", 400, 8)],
} as Payment;

describe("taking a payment off its invoices", () => {
  it("begins with the invoice settled last", () => {
    expect(latestFirst(payment.allocations, 500)).toEqual([
      { invoice_id: "b", amount_minor: 400 },
      { invoice_id: "a", amount_minor: 100 },
    ]);
  });

  it("touches no invoice while what is unapplied is enough", () => {
    expect(freeing(payment, 100)).toEqual([]);
    expect(freeing(payment, 101)).toEqual([{ invoice_id: "b", amount_minor: 1 }]);
  });

  it("takes the discount back with it, and adds to what is open already", () => {
    const items = [{ invoice_id: "b", open_minor: 50 }] as OpenItem[];

    expect(reopened(payment, [{ invoice_id: "b", amount_minor: 1 }], items)).toEqual([
      { invoice_id: "b", number: "A-b", by_minor: 9, open_minor: 59 },
    ]);
  });

  it("leaves what was not given back already", () => {
    expect(leftOf(payment)).toBe(800);
  });
});
