/** What goes out on a day, in the order in which a person needs it: to decide, by the hour, and what does not. */
import type { OutgoingItem } from "@/api/models";
import { dayOf } from "@/lib/dates";

export interface OutgoingGroup {
  key: string;
  kind: "now" | "approve" | "hour" | "held";
  /** The first instant of the group, for those that go out at an hour. */
  at: string | null;
  items: readonly OutgoingItem[];
}

interface Day {
  day: string;
  today: string;
  timeZone: string;
}

export const keyOf = (item: OutgoingItem) => `${item.customer_id}.${item.currency}`;

/** The server answers with everything until the end of the day: earlier days are left out here. */
export function isOnDay(item: OutgoingItem, { day, today, timeZone }: Day): boolean {
  if (item.send_now_at !== null || item.at === null) return true;
  const its = dayOf(item.at, timeZone);
  return day === today ? its <= day : its === day;
}

export function groupsOf(items: readonly OutgoingItem[], when: Day): OutgoingGroup[] {
  const groups = new Map<string, OutgoingItem[]>();
  for (const item of items.filter((one) => isOnDay(one, when))) {
    const key = groupOf(item, when.timeZone);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.entries()]
    .map(([key, members]) => ({ key, kind: kindOf(key), at: members[0]?.at ?? null, items: members }))
    .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) || compare(one.at, other.at));
}

const ORDER: readonly OutgoingGroup["kind"][] = ["now", "approve", "hour", "held"];

function groupOf(item: OutgoingItem, timeZone: string): string {
  if (item.send_now_at !== null) return "now";
  if (item.reason_none === "waits_for_approval") return "approve";
  if (item.reason_none !== null || item.at === null) return "held";
  return hourOf(item.at, timeZone);
}

function kindOf(key: string): OutgoingGroup["kind"] {
  return key === "now" || key === "approve" || key === "held" ? key : "hour";
}

function hourOf(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, day: "2-digit", hour: "2-digit" });
  return parts.format(Date.parse(instant));
}

function compare(one: string | null, other: string | null): number {
  return (one ?? "").localeCompare(other ?? "");
}

export interface Sums {
  email: number;
  letter: number;
  call: number;
  waiting: number;
  held: number;
}

/** How many of each kind go out, wait, and do not go out. */
export function sumsOf(groups: readonly OutgoingGroup[]): Sums {
  const sums: Sums = { email: 0, letter: 0, call: 0, waiting: 0, held: 0 };
  for (const { kind, items } of groups) {
    if (kind === "approve") sums.waiting += items.length;
    else if (kind === "held") sums.held += items.length;
    else for (const item of items) sums[item.channel ?? "email"] += 1;
  }
  return sums;
}
