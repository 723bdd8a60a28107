import { describe, expect, it } from "vitest";

import type { Policy, Step } from "@/api/models";

import {
  byChannel,
  canCharge,
  draftOf,
  inOrder,
  inputOf,
  newId,
  newRung,
  type Notation,
  offsetOf,
  type Rung,
  tooClose,
  wrongIn,
} from "./draft";

const NOTATION: Notation = { locale: "es", currency: "EUR" };

const step = (id: string, days: number, changes: Partial<Step> = {}): Required<Step> => ({
  id,
  offset_days: days,
  channel: "email",
  template: "reminder_first",
  tone: "neutral",
  claim: "none",
  fee_minor: null,
  copy_to: [],
  needs_approval: false,
  ...changes,
});

const POLICY: Policy = {
  id: "own",
  version: 2,
  name: "Propia",
  steps: [
    step("before", -3, { template: "reminder_before", tone: "friendly" }),
    step("first", 7, { copy_to: ["jefa@taller.es", "ana@taller.es"], needs_approval: true }),
    step("letter", 30, { channel: "letter", template: "letter_formal", claim: "interest", fee_minor: 1250 }),
  ],
  minimum_minor: { EUR: 1000, JPY: 500 },
};

const draft = draftOf(POLICY, NOTATION);
const rungs = draft.rungs;

/** The draft with its second step changed. */
const withFirst = (changes: Partial<Rung>) => ({
  ...draft,
  rungs: rungs.map((rung) => (rung.id === "first" ? { ...rung, ...changes } : rung)),
});

describe("a rule that is edited", () => {
  it("comes back as it went in", () => {
    expect(inputOf(draft, NOTATION)).toEqual({
      name: POLICY.name,
      steps: POLICY.steps,
      minimum_minor: POLICY.minimum_minor,
    });
    expect([...wrongIn(draft, NOTATION)]).toEqual([]);
  });

  it("is put in the order of its days, and each step keeps its id", () => {
    const moved = inputOf(withFirst({ days: "45" }), NOTATION).steps;

    expect(moved.map(({ id, offset_days: days }) => [id, days])).toEqual([
      ["before", -3],
      ["letter", 30],
      ["first", 45],
    ]);
  });

  it("leaves a step without a day where it was", () => {
    const ids = inOrder(withFirst({ days: "" }).rungs).map(({ id }) => id);

    expect(ids).toEqual(["before", "first", "letter"]);
  });

  it("refuses what is no day, and days too far off", () => {
    expect(offsetOf({ days: "91", side: "before" })).toBeNull();
    expect(offsetOf({ days: "366", side: "after" })).toBeNull();
    expect(offsetOf({ days: "1.5", side: "after" })).toBeNull();
    expect(offsetOf({ days: "0", side: "before" })).toBe(0);
  });

  it("says what is wrong where it is wrong", () => {
    const wrong = (changes: Partial<Rung>) => [...wrongIn(withFirst(changes), NOTATION)];

    expect(wrong({ days: "30" })).toEqual([["letter days", "twice"]]);
    expect(wrong({ days: "x" })).toEqual([["first days", "badDays"]]);
    expect(wrong({ fee: "0" })).toEqual([["first fee", "badFee"]]);
    expect(wrong({ copy: "jefa@taller" })).toEqual([["first copy", "badCopy"]]);
    expect(wrong({ copy: "a@b.es b@b.es, c@b.es;d@b.es e@b.es f@b.es" })).toEqual([
      ["first copy", "manyCopies"],
    ]);
    expect([...wrongIn({ ...draft, name: " " }, NOTATION)]).toEqual([["name", "noName"]]);
    expect([
      ...wrongIn({ ...draft, minimums: draft.minimums.map((one) => ({ ...one, currency: "EUR" })) }, NOTATION),
    ]).toEqual([["JPY", "sameCurrency"]]);
  });

  it("claims nothing before an invoice is late, and copies only mails", () => {
    const before = { side: "before" as const, claims: true, fee: "12,50" };
    const [, early] = inputOf(withFirst({ ...before, days: "1" }), NOTATION).steps;
    const [, called] = inputOf(withFirst({ channel: "call" }), NOTATION).steps;

    expect(canCharge({ ...(rungs[1] as Rung), ...before })).toBe(false);
    expect([early?.claim, early?.fee_minor]).toEqual(["none", null]);
    expect(called?.copy_to).toEqual([]);
  });

  it("gives a step by another channel a text that goes by it", () => {
    const first = rungs[1] as Rung;

    expect(byChannel(first, "letter").template).toBe("letter_formal");
    expect(byChannel(byChannel(first, "letter"), "email").template).toBe("reminder_firm");
    expect(byChannel(first, "call").template).toBe("reminder_first");
  });

  it("adds a step a week after the last", () => {
    expect(newRung(rungs)).toMatchObject({ id: "", days: "37", side: "after" });
  });

  it("points at steps that would wait for the one before", () => {
    expect([...tooClose(withFirst({ days: "29" }).rungs)]).toEqual(["letter"]);
    expect([...tooClose(withFirst({ days: "28" }).rungs)]).toEqual([]);
  });
});

describe("the id of a new rule", () => {
  it("is made of its name", () => {
    expect(newId("Clientes de toda la vida (copia)", [])).toBe("clientes-de-toda-la-vida-c");
    expect(newId("Añada: ¡ya!", [])).toBe("anada-ya");
    expect(newId("¿?", [])).toBe("rule");
  });

  it("is nobody else's", () => {
    expect(newId("Firme", ["firme", "firme-2"])).toBe("firme-3");
    expect(newId("New", [])).toBe("new-2");
  });
});
