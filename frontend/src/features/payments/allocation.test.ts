import { describe, expect, it } from "vitest";

import type { OpenItem } from "@/api/models";

import { bodyOf, earned, isSound, oldestFirst, outcomeOf, sumOf } from "./allocation";

const item = (invoice_id: string, due_date: string, open_minor: number): OpenItem => ({
  invoice_id,
  number: `A-${invoice_id}`,
  issue_date: "2026-01-01",
  due_date,
  total_minor: open_minor,
  open_minor,
  pending_minor: 0,
  asked_minor: open_minor,
  free_minor: open_minor,
  step_done: null,
  step_id: null,
  policy_id: null,
  discount: null,
});

const items = [item("c", "2026-03-01", 500), item("a", "2026-01-01", 1_000), item("b", "2026-01-01", 700)];

describe("spreading a payment", () => {
  it("serves the oldest due first, and by number on the same day", () => {
    expect([...oldestFirst(1_900, items)]).toEqual([
      ["a", 1_000],
      ["b", 700],
      ["c", 200],
    ]);
  });

  it("serves the invoice it was opened from before all others", () => {
    expect([...oldestFirst(600, items, { first: "c" })]).toEqual([
      ["c", 500],
      ["a", 100],
    ]);
  });

  it("gives an invoice with a discount what it needs, and tops it up with what is left over", () => {
    const discount = { until: "2026-11-10", left_minor: 20, needed_minor: 980, part_payment: "strict" } as const;
    const offered = [{ ...item("a", "2026-01-01", 1_000), discount }, item("b", "2026-02-01", 500)];

    expect([...oldestFirst(1_200, offered, { on: "2026-11-10" })]).toEqual([
      ["a", 980],
      ["b", 220],
    ]);
    expect([...oldestFirst(1_490, offered, { on: "2026-11-10" })]).toEqual([
      ["a", 990],
      ["b", 500],
    ]);
    expect([...oldestFirst(1_200, offered, { on: "2026-11-11" })]).toEqual([
      ["a", 1_000],
      ["b", 200],
    ]);
  });

  it("earns a discount for all that is needed, or in proportion when that was agreed", () => {
    const strict = { until: "2026-11-10", left_minor: 20, needed_minor: 980, part_payment: "strict" } as const;
    const one = { ...item("a", "2026-01-01", 1_000), discount: strict };
    const shared = { ...one, discount: { ...strict, part_payment: "proportional" as const } };

    expect([earned(one, 980, "2026-11-10"), earned(one, 979, "2026-11-10")]).toEqual([20, 0]);
    expect(earned(shared, 490, "2026-11-10")).toBe(10);
    expect(earned(one, 980, undefined)).toBe(0);
  });

  it("gives nothing away when there is nothing", () => {
    expect(oldestFirst(0, items).size).toBe(0);
  });
});

describe("what posting it would do", () => {
  it("tells full from part, and what is left over", () => {
    const outcome = outcomeOf(2_000, items, new Map([["a", 1_000], ["c", 200]]));
    expect(outcome).toMatchObject({ applied: 1_200, unapplied: 800 });
    expect(outcome.full.map(({ item: { number } }) => number)).toEqual(["A-a"]);
    expect(outcome.part).toMatchObject([{ amount: 200, left: 300 }]);
    expect(isSound(outcome)).toBe(true);
  });

  it("is unsound over what is open, or over what was received", () => {
    expect(isSound(outcomeOf(9_000, items, new Map([["c", 501]])))).toBe(false);
    expect(isSound(outcomeOf(100, items, new Map([["c", 101]])))).toBe(false);
  });

  it("sends only what gets something, oldest first", () => {
    expect(bodyOf(items, new Map([["c", 1], ["a", 2], ["b", 0]]))).toEqual([
      { invoice_id: "a", amount_minor: 2 },
      { invoice_id: "c", amount_minor: 1 },
    ]);
  });

  it("adds exactly beyond what a number holds", () => {
    const largest = 10 ** 15;
    expect(sumOf(Array.from({ length: 2_000 }, () => largest)) + 1n).toBe(2_000_000_000_000_000_001n);
  });
});
