/** What a key may touch: areas to read or to change, ready-made choices, and what the role adds. */
import type { ApiKeyInput, Role } from "@/api/models";
import { addDays, addMonths } from "@/lib/dates";

export type Scope = NonNullable<ApiKeyInput["scopes"]>[number];
export type Level = "none" | "read" | "write";

export const AREAS = [
  "customers",
  "invoices",
  "payments",
  "dunning",
  "reports",
  "imports",
  "webhooks",
  "settings",
] as const;
export type Area = (typeof AREAS)[number];
export type Levels = Record<Area, Level>;

const RANK: Record<Role, number> = { viewer: 0, collector: 1, accountant: 2, admin: 3 };

/** The least role that can use an area at all, and that can change something in it. */
export const LEAST: Record<Area, { read: Role; write: Role }> = {
  customers: { read: "viewer", write: "collector" },
  invoices: { read: "viewer", write: "collector" },
  payments: { read: "viewer", write: "collector" },
  dunning: { read: "viewer", write: "collector" },
  reports: { read: "viewer", write: "accountant" },
  imports: { read: "viewer", write: "accountant" },
  webhooks: { read: "accountant", write: "admin" },
  settings: { read: "viewer", write: "admin" },
};

const NOTHING: Levels = {
  customers: "none",
  invoices: "none",
  payments: "none",
  dunning: "none",
  reports: "none",
  imports: "none",
  webhooks: "none",
  settings: "none",
};

export const PRESETS = ["all", "read", "invoicing", "collecting", "own"] as const;
export type Preset = (typeof PRESETS)[number];

/** What a ready-made choice begins with; `all` has no scopes and `own` goes on from what is there. */
export const LEVELS: Record<"read" | "invoicing" | "collecting", Levels> = {
  read: Object.fromEntries(AREAS.map((area) => [area, "read"])) as Levels,
  invoicing: { ...NOTHING, customers: "write", invoices: "write" },
  collecting: {
    ...NOTHING,
    customers: "read",
    invoices: "read",
    payments: "write",
    dunning: "write",
    reports: "read",
  },
};

export function mayHave(role: Role, area: Area, level: Level): boolean {
  return level === "none" || RANK[role] >= RANK[LEAST[area][level]];
}

/** What of the choice the role can use: the role is the ceiling. */
export function within(role: Role, levels: Levels): Levels {
  const lowered = AREAS.map((area) => {
    const fitting = (["write", "read"] as const).find(
      (level) => mayHave(role, area, level) && (levels[area] === "write" || levels[area] === level),
    );
    return [area, fitting ?? "none"];
  });
  return Object.fromEntries(lowered) as Levels;
}

/** As the server takes them; to change includes to read. */
export function scopesOf(levels: Levels): Scope[] {
  return AREAS.flatMap((area): Scope[] => {
    const level = levels[area];
    return level === "none" ? [] : [`${area}:${level}`];
  });
}

/** What a key's scopes come to, area by area. */
export function levelsOf(scopes: readonly Scope[]): Levels {
  const found = AREAS.map((area) => {
    if (scopes.includes(`${area}:write`)) return [area, "write"];
    return [area, scopes.includes(`${area}:read`) ? "read" : "none"];
  });
  return Object.fromEntries(found) as Levels;
}

/** The ready-made choice that a key's scopes are, as far as its role goes. */
export function presetOf(role: Role, levels: Levels): "read" | "invoicing" | "collecting" | null {
  const meant = (["read", "invoicing", "collecting"] as const).find((name) => {
    const preset = within(role, LEVELS[name]);
    return AREAS.every((area) => preset[area] === levels[area]);
  });
  return meant ?? null;
}

export const LASTS = ["for_ever", "month", "quarter", "year", "day"] as const;
export type Lasts = (typeof LASTS)[number];

/** The last day of a key that is made today; null for one that never ends. */
export function lastDay(lasts: Lasts, today: string, chosen: string): string | null {
  if (lasts === "for_ever") return null;
  if (lasts === "day") return chosen;
  if (lasts === "year") return addMonths(today, 12);
  return addDays(today, lasts === "month" ? 30 : 90);
}
