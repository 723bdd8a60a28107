import { expect, it } from "vitest";

import { grouped } from "./grouped";

it("a reference is grouped by four, without a space at its end", () => {
  expect(grouped("RF05A000000127")).toBe("RF05 A000 0001 27");
  expect(grouped("RF18539007547034")).toBe("RF18 5390 0754 7034");
  expect(grouped("")).toBe("");
});
