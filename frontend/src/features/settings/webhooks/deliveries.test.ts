import { describe, expect, it } from "vitest";

import { groupsOf, hostOf, lookAgain, readable, toggled } from "./deliveries";

const NOW = Date.parse("2026-11-22T10:00:00Z");

describe("a delivery", () => {
  it("is looked at again until it is settled, sooner if it is tried within a minute", () => {
    const waiting = (next: string | null) => ({ state: "waiting" as const, next_attempt_at: next });
    const delivered = { state: "delivered" as const, next_attempt_at: null };

    expect(lookAgain([waiting("2026-11-22T10:00:05Z")], NOW)).toBe(1_500);
    expect(lookAgain([delivered, waiting("2026-11-22T09:59:00Z")], NOW)).toBe(1_500);
    // Also while an attempt is under way, which says when it would be repeated.
    expect(lookAgain([waiting("2026-11-22T10:05:00Z")], NOW)).toBe(8_000);
    expect(lookAgain([delivered], NOW)).toBe(false);
    expect(lookAgain([], NOW)).toBe(false);
  });

  it("shows its body in lines, whatever it is", () => {
    expect(readable('{"type":"invoice.paid"}')).toBe('{\n  "type": "invoice.paid"\n}');
    expect(readable("not json")).toBe("not json");
  });
});

describe("the types of event", () => {
  it("stand in groups, the most wanted first", () => {
    const groups = groupsOf(["customer.created", "mail.bounced", "invoice.paid", "invoice.sent"]);

    expect(groups).toEqual([
      { key: "invoice", types: ["invoice.paid", "invoice.sent"] },
      { key: "customer", types: ["customer.created"] },
      { key: "mail", types: ["mail.bounced"] },
    ]);
  });

  it("are chosen one by one or all of a group", () => {
    expect(toggled(["a.1"], ["a.1", "a.2"], true)).toEqual(["a.1", "a.2"]);
    expect(toggled(["a.1", "b.1"], ["a.1", "a.2"], false)).toEqual(["b.1"]);
  });
});

it("an address is told by its host", () => {
  expect(hostOf("https://erp.example.com/a/b?c")).toBe("erp.example.com");
  expect(hostOf("nothing")).toBe("nothing");
});
