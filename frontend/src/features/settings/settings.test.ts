import { describe, expect, it } from "vitest";

import { groupedIban, isIban } from "./company-fields";

describe("the IBAN of the company", () => {
  it("is checked by its digits, spaces or not", () => {
    expect(isIban("ES91 2100 0418 4502 0005 1332")).toBe(true);
    expect(isIban("es9121000418450200051332")).toBe(true);
    expect(isIban("ES91 2100 0418 4502 0005 1333")).toBe(false);
    expect(isIban("DE89")).toBe(false);
  });

  it("is shown in groups of four", () => {
    expect(groupedIban("ES9121000418450200051332")).toBe("ES91 2100 0418 4502 0005 1332");
  });
});
