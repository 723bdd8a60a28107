import { describe, expect, it } from "vitest";

import { addDays, addMonths, daysBetween, formatDay, formatInstant, formatMonth } from "./dates";

describe("days", () => {
  it("count over changes of clock and leap days", () => {
    expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysBetween("2026-01-02", "2026-01-01")).toBe(-1);
  });

  it("a month later is the same day, or the last of a shorter month", () => {
    expect([0, 1, 2, 13].map((months) => addMonths("2027-01-31", months))).toEqual([
      "2027-01-31",
      "2027-02-28",
      "2027-03-31",
      "2028-02-29",
    ]);
  });

  it("are written in the person's language, without a zone", () => {
    expect(formatDay("2026-11-01", "es")).toBe("1 nov 2026");
    expect(formatDay("2026-11-01", "en")).toBe("1 Nov 2026");
    expect(formatMonth("2026-11", "es")).toBe("nov");
  });

  it("an instant is shown in the company's zone", () => {
    expect(formatInstant("2026-11-21T23:30:00Z", "es", "Europe/Madrid")).toBe("22 nov 2026, 00:30");
  });
});
