import { describe, expect, it } from "vitest";

import { inputOf, nextHalfYear, rowsOf, wrongIn } from "./rates";

const table = {
  version: 1,
  day_count: 365,
  rates: [{ from_day: "2026-01-01", annual_rate: "0.1015", source: "BOE-A-2025-26934" }],
};

describe("the table of interest rates", () => {
  it("is written in percent and sent as percent, so that no number is ambiguous", () => {
    const rows = rowsOf(table, "es");

    expect(rows.map(({ percent }) => percent)).toEqual(["10,15"]);
    expect(inputOf(rows, 365, "es")).toEqual({
      day_count: 365,
      rates: [{ from_day: "2026-01-01", annual_rate: "10.15%", source: "BOE-A-2025-26934" }],
    });
  });

  it("goes on with the next half-year", () => {
    const rows = rowsOf(table, "es");

    expect(nextHalfYear(rows, "2026-11-22")).toBe("2026-07-01");
    expect(nextHalfYear(rows.map((row) => ({ ...row, from: "2026-07-01" })), "2026-11-22")).toBe("2027-01-01");
    expect(nextHalfYear([], "2026-11-22")).toBe("2026-01-01");
  });

  it("needs the first day of a half-year, a rate and its source", () => {
    const row = { key: "k", from: "2026-02-01", percent: "", source: " " };

    expect([...wrongIn([row], "es").values()]).toEqual(["badDay", "badRate", "noSource"]);
  });
});
