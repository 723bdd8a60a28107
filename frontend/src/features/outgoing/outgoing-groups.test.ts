import { describe, expect, it } from "vitest";

import type { OutgoingItem } from "@/api/models";

import { groupsOf, sumsOf } from "./outgoing-groups";

const anItem = (part: Partial<OutgoingItem>): OutgoingItem => ({
  customer_id: "cus_1",
  customer_name: "Ibarra",
  currency: "EUR",
  amount_minor: 12_100,
  oldest_due_date: "2026-11-01",
  at: "2026-11-23T08:00:00Z",
  channel: "email",
  policy_id: "default",
  step: 3,
  step_id: "first",
  template: "reminder_first",
  to: ["a@b.example"],
  time_zone: "Europe/Madrid",
  send_now_at: null,
  reason_none: null,
  ...part,
});

const MONDAY = { day: "2026-11-23", today: "2026-11-23", timeZone: "Europe/Madrid" };

describe("what goes out on a day", () => {
  it("is grouped by the hour here, what needs a word first and what does not go out last", () => {
    const items = [
      anItem({ reason_none: "dispute" }),
      anItem({ at: "2026-11-23T14:00:00Z" }),
      anItem({}),
      anItem({ at: "2026-11-23T08:20:00Z", channel: "call" }),
      anItem({ reason_none: "waits_for_approval" }),
      anItem({ send_now_at: "2026-11-23T08:01:00Z" }),
    ];

    const groups = groupsOf(items, MONDAY);

    expect(groups.map(({ kind, items: members }) => [kind, members.length])).toEqual([
      ["now", 1],
      ["approve", 1],
      ["hour", 2],
      ["hour", 1],
      ["held", 1],
    ]);
    expect(sumsOf(groups)).toEqual({ email: 3, letter: 0, call: 1, waiting: 1, held: 1 });
  });

  it("leaves out what goes out on an earlier day, unless that day is over", () => {
    const items = [anItem({ at: "2026-11-23T08:00:00Z" }), anItem({ at: "2026-11-24T08:00:00Z" })];

    const on = (day: string, today: string) =>
      groupsOf(items, { ...MONDAY, day, today }).flatMap((group) => group.items.map(({ at }) => at));

    expect(on("2026-11-24", "2026-11-23")).toEqual(["2026-11-24T08:00:00Z"]);
    expect(on("2026-11-24", "2026-11-24")).toEqual(["2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z"]);
  });

  it("shows what was just asked for whatever the day", () => {
    const items = [anItem({ at: "2026-11-23T08:01:00Z", send_now_at: "2026-11-23T08:01:00Z" })];

    expect(groupsOf(items, { ...MONDAY, day: "2026-11-25" })).toHaveLength(1);
  });
});
