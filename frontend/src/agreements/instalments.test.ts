import { describe, expect, it } from "vitest";

import { areInOrder, equalParts, instalmentsOf } from "./instalments";

describe("instalments", () => {
  it("add up to the cent, the larger ones first", () => {
    expect(equalParts(10_000, 3)).toEqual([3_334, 3_333, 3_333]);
    expect(equalParts(10_001, 3)).toEqual([3_334, 3_334, 3_333]);
    expect(equalParts(2, 3)).toEqual([1, 1, 0]);
  });

  it("on the 31st fall on the last day of shorter months, and come back", () => {
    expect(instalmentsOf(300, 3, "2027-01-31", "month")).toEqual([
      { due_on: "2027-01-31", amount_minor: 100 },
      { due_on: "2027-02-28", amount_minor: 100 },
      { due_on: "2027-03-31", amount_minor: 100 },
    ]);
  });

  it("by the week are seven days apart", () => {
    expect(instalmentsOf(2, 2, "2026-12-28", "week").map((one) => one.due_on)).toEqual([
      "2026-12-28",
      "2027-01-04",
    ]);
  });

  it("follow each other, or are refused", () => {
    expect(areInOrder(["2027-01-01", "2027-01-02"])).toBe(true);
    expect(areInOrder(["2027-01-01", "2027-01-01"])).toBe(false);
  });
});
