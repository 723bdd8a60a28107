import { describe, expect, it } from "vitest";

import { carriesWhite, isColour } from "./colour";
import { groupedIban, isIban } from "./company-fields";
import { offsetOf, rungsOf, stepsOf, withNewRung, wrongIn } from "./ladder";

const steps = [
  { offset_days: -3, channel: "email" as const, template: "reminder_before" },
  { offset_days: 7, channel: "email" as const, template: "reminder_first" },
];

describe("the reminder ladder", () => {
  it("comes back as it went in", () => {
    expect(stepsOf(rungsOf(steps))).toEqual(steps);
  });

  it("is put in the order of its days", () => {
    expect(stepsOf(rungsOf(steps.toReversed()))).toEqual(steps);
  });

  it("refuses what is no day, and days too far off", () => {
    expect(offsetOf({ days: "91", side: "before" })).toBeNull();
    expect(offsetOf({ days: "366", side: "after" })).toBeNull();
    expect(offsetOf({ days: "1.5", side: "after" })).toBeNull();
    expect(offsetOf({ days: "0", side: "before" })).toBe(0);
  });

  it("finds two steps on the same day", () => {
    const rungs = withNewRung(rungsOf(steps)).map((rung) => ({ ...rung, days: "7", side: "after" as const }));
    expect([...wrongIn(rungs).values()]).toEqual(["twice", "twice"]);
  });

  it("adds a step a week after the last", () => {
    expect(withNewRung(rungsOf(steps)).at(-1)).toMatchObject({ days: "14", side: "after", id: 2 });
  });
});

describe("the accent colour", () => {
  it("must carry white text", () => {
    expect(carriesWhite("#1f5fbf")).toBe(true);
    expect(carriesWhite("#ffd400")).toBe(false);
  });

  it("is six hexadecimal digits", () => {
    expect(isColour("#1f5fbf")).toBe(true);
    expect(isColour("red")).toBe(false);
  });
});

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
