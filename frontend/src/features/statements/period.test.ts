import { describe, expect, it } from "vitest";

import { flawOf, NAMED, nameOf, periodOf } from "./period";

describe("the period of a statement", () => {
  it("has the days that its name says", () => {
    expect(NAMED.map((name) => periodOf(name, "2027-01-15"))).toEqual([
      { first: "2026-12-01", last: "2026-12-31" },
      { first: "2027-01-01", last: "2027-01-15" },
      { first: "2027-01-01", last: "2027-01-15" },
      { first: "2026-01-01", last: "2026-12-31" },
    ]);
    expect(periodOf("last_month", "2028-03-31")).toEqual({
      first: "2028-02-01",
      last: "2028-02-29",
    });
  });

  it("is known by its name again", () => {
    expect(nameOf({ first: "2026-10-01", last: "2026-10-31" }, "2026-11-22")).toBe("last_month");
    expect(nameOf({ first: "2026-10-01", last: "2026-10-30" }, "2026-11-22")).toBe("other");
  });

  it("ends after it begins and not after today", () => {
    const today = "2026-11-22";

    expect(flawOf({ first: "2026-11-01", last: "2026-11-22" }, today)).toBeNull();
    expect(flawOf({ first: "2026-11-02", last: "2026-11-01" }, today)).toBe("wrongPeriod");
    expect(flawOf({ first: "2026-11-02", last: "2026-11-23" }, today)).toBe("inFuture");
    expect(flawOf({ first: "", last: "2026-11-23" }, today)).toBe("date");
  });
});
