import { describe, expect, it } from "vitest";

import type { Policy } from "@/api/models";

import { ladderOfCustomer, nextStep } from "./ladder";

const aLadder = (id: string, ...days: number[]): Policy => ({
  id,
  name: id,
  version: 1,
  minimum_minor: {},
  steps: days.map((offset_days) => ({ id: `d${offset_days}`, offset_days, template: "reminder_first" })),
});

const standard = aLadder("default", -3, 3, 7);
const gentle = aLadder("gentle", -5, 7, 21);
const book = { items: [standard, gentle], default_id: "default", segments: { Oro: "gentle" }, version: 1 };
const item = { due_date: "2026-11-10", step_done: null, step_id: null };

describe("where an invoice stands on its ladder", () => {
  it("is by the customer's own ladder, that of its group, or the company's", () => {
    const of = (policy_id: string | null, segment: string | null) =>
      ladderOfCustomer({ policy_id, segment }, book)?.id;

    expect([of("default", "Oro"), of(null, "Oro"), of(null, null), of("gone", null)]).toEqual([
      "default",
      "gentle",
      "default",
      "default",
    ]);
  });

  it("goes on after the step that was taken, by its day where the ladder is another", () => {
    const taken = { ...item, step_done: 3, step_id: "d3" };

    expect(nextStep(standard, taken, "2026-11-14")).toMatchObject({ step: { id: "d7" }, from: "2026-11-17" });
    expect(nextStep(gentle, taken, "2026-11-14")).toMatchObject({ step: { id: "d7" }, from: "2026-11-17" });
    expect(nextStep(gentle, { ...item, step_done: 7, step_id: "d7" }, "2026-11-14")?.step.id).toBe("d21");
  });

  it("gives no notice of what has fallen due, nothing before today, and nothing after the last", () => {
    expect(nextStep(standard, item, "2026-11-11")?.step.id).toBe("d3");
    expect(nextStep(standard, item, "2026-11-16")?.from).toBe("2026-11-16");
    expect(nextStep(standard, { ...item, step_done: 7, step_id: "d7" }, "2026-11-20")).toBeNull();
  });
});
