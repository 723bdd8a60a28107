import { describe, expect, it } from "vitest";

import { sharePercent, widthOf } from "./shares";

describe("rates of mail", () => {
  it("are percent with two places at most", () => {
    expect(sharePercent("0.024096", "en")).toBe("2.41%");
    expect(sharePercent("0.0005", "en")).toBe("0.05%");
    expect(sharePercent("0.02", "es").replace(/\s/, " ")).toBe("2 %");
  });

  it("fill a bar whose middle is the limit", () => {
    expect([null, "0", "0.01", "0.02", "0.04", "1"].map((rate) => widthOf(rate, "0.02"))).toEqual([0, 0, 25, 50, 100, 100]);
  });
});
