import { describe, expect, it } from "vitest";

import { formatRate, fractionOf, percentOf } from "./rates";

describe("rates", () => {
  it.each([
    ["0.21", "21"],
    ["0.052", "5,2"],
    ["0", "0"],
    ["1", "100"],
    ["0.005", "0,5"],
    ["0.1", "10"],
    ["0.000001", "0,0001"],
  ])("shows the fraction %s as %s percent, and reads it back", (fraction, percent) => {
    expect(percentOf(fraction, "es")).toBe(percent);
    expect(fractionOf(percent, "es")).toBe(fraction);
  });

  it.each(["101", "-1", "x", "", "0,00001"])("refuses %s", (percent) => {
    expect(fractionOf(percent, "es")).toBeNull();
  });

  it("writes the sign as each language does", () => {
    expect(formatRate("0.21", "es")).toBe("21 %");
    expect(formatRate("0.21", "en")).toBe("21%");
  });
});
