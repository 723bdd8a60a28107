import { describe, expect, it } from "vitest";

import type { Policies, Policy, SimulatedAccount, SimulatedStep, Simulation, Step } from "@/api/models";
import { en } from "@/i18n/en";
import { es } from "@/i18n/es";

import { assignmentOf, inputOf, isChanged, segmentsOf, wrongIn } from "./assignment";
import { differences } from "./differences";
import { heldBackText, idleText, sentText, simulatedForm, simulatedName } from "./ladder-words";
import { changed, changedCount, EMPTY, withPart } from "./tally";

const account = (changes: Partial<SimulatedAccount>): SimulatedAccount => ({
  customer_id: "c",
  customer_name: "Cliente",
  currency: "EUR",
  amount_minor: 100,
  after: null,
  before: null,
  change: "same",
  reason_none: null,
  reason_before: null,
  ...changes,
});

const FIRST: SimulatedStep = {
  step: 3,
  step_id: "first",
  channel: "email",
  template: "reminder_first",
  tone: "firm",
  claim: "none",
  fee_minor: 1200,
};

const part = (changes: Partial<Simulation>): Simulation => ({
  policy_id: "default",
  at: "2026-04-06T07:00:00Z",
  accounts: 0,
  would_send: 0,
  by_channel: {},
  would_skip: {},
  before: { would_send: 0, by_channel: {}, would_skip: {} },
  changes: {},
  items: [],
  next_cursor: null,
  ...changes,
});

describe("a simulation in parts", () => {
  const first = part({
    accounts: 1000,
    would_send: 40,
    by_channel: { email: 38, letter: 2 },
    would_skip: { dispute: 3, nothing_due: 900, promise: 4 },
    changes: { added: 1, same: 999 },
    items: [
      account({ change: "added", after: FIRST, reason_before: "nothing_due" }),
      account({ reason_none: "nothing_due" }),
    ],
  });
  const tally = [first, part({ accounts: 2, would_send: 1, by_channel: { call: 1 }, changes: { dropped: 2 } })]
    .reduce(withPart, EMPTY);

  it("is added up", () => {
    expect(tally.accounts).toBe(1002);
    expect(tally.after.by_channel).toEqual({ email: 38, letter: 2, call: 1 });
    expect(changedCount(tally)).toBe(3);
    expect(changed(tally)).toHaveLength(1);
    expect(tally.listed).toHaveLength(1);
  });

  it("is told in words, and nobody is left out to whom nothing is due", () => {
    expect(sentText(tally.after, es)).toBe("saldrían 41 mensajes (38 correos, 2 cartas, 1 llamada)");
    expect(heldBackText(tally.after, es)).toBe("se omitirían 7: 4 con promesa de pago, 3 en disputa");
    expect(idleText(tally.after, es)).toBe("a 900 cuentas no les toca nada");
    expect(sentText(tally.before, en)).toBe("no message would go out");
    expect(heldBackText(tally.before, en)).toBeNull();
    expect(simulatedName(FIRST, en)).toBe("First reminder, 3 days after (mail)");
    expect(simulatedForm(FIRST, en, { locale: "en", currency: "EUR" })).toBe(
      "First reminder, 3 days after (mail) · firm tone · charge of €12.00",
    );
  });
});

describe("two versions of a rule", () => {
  const step = (id: string, days: number, channel: NonNullable<Step["channel"]> = "email"): Step => ({
    id,
    offset_days: days,
    channel,
    template: "reminder_first",
  });
  const policy = (steps: Step[], changes: Partial<Policy> = {}): Policy => ({
    id: "default",
    version: 1,
    name: "Una",
    steps,
    minimum_minor: {},
    ...changes,
  });

  it("differ by the ids of their steps", () => {
    const before = policy([step("a", 1), step("b", 5), step("c", 9)]);
    const after = policy([step("b", 6), step("c", 9, "call"), step("d", 20)], {
      name: "Otra",
      minimum_minor: { EUR: 1 },
    });

    expect(differences(before, after)).toEqual([
      { what: "renamed", name: "Otra" },
      { what: "moved", step: step("b", 6), from: 5 },
      { what: "altered", step: step("c", 9, "call") },
      { what: "added", step: step("d", 20) },
      { what: "removed", step: step("a", 1) },
      { what: "minimum" },
    ]);
  });

  it("are the same when nothing differs", () => {
    expect(differences(policy([step("a", 1)]), policy([step("a", 1)], { version: 2 }))).toEqual([]);
  });
});

describe("who follows which rule", () => {
  const policies: Policies = {
    items: [],
    default_id: "default",
    segments: { imprentas: "firm", editorial: "gentle" },
    version: 3,
  };
  const form = assignmentOf(policies);

  it("comes back as it went in", () => {
    expect(inputOf(form)).toEqual({ default_id: "default", segments: policies.segments });
    expect(isChanged(form, policies)).toBe(false);
    expect(segmentsOf(policies, "gentle")).toEqual(["editorial"]);
  });

  it("notices another rule, another segment, and one less", () => {
    const [first, second] = form.rows;
    const rows = (...all: typeof form.rows) => isChanged({ ...form, rows: all }, policies);

    expect(isChanged({ ...form, defaultId: "firm" }, policies)).toBe(true);
    expect(first && second && rows({ ...first, policyId: "firm" }, second)).toBe(true);
    expect(first && second && rows({ ...first, segment: "retail" }, second)).toBe(true);
    expect(first && rows(first)).toBe(true);
  });

  it("refuses segments without a name, and the same one twice", () => {
    const row = (key: string, segment: string) => ({ key, segment, policyId: "firm" });
    const wrong = wrongIn({ defaultId: "default", rows: [row("1", "a"), row("2", " a "), row("3", " ")] });

    expect([...wrong]).toEqual([["2", "twice"], ["3", "noName"]]);
  });
});
