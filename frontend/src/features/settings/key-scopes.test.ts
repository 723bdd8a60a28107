import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import {
  AREAS,
  lastDay,
  LEAST,
  LEVELS,
  levelsOf,
  presetOf,
  scopesOf,
  within,
} from "./key-scopes";

const DESCRIPTION = join(import.meta.dirname, "../../../../chalicelib/api/openapi.json");
const ROLES = ["viewer", "collector", "accountant", "admin"] as const;

interface Described {
  paths: Record<
    string,
    Record<string, { security?: { apiKey?: string[] }[]; "x-saldo-role"?: string }>
  >;
}

/** The least role by scope, as the server's own description says. */
function leastRoles(): Map<string, number> {
  const described = JSON.parse(readFileSync(DESCRIPTION, "utf8")) as Described;
  const found = new Map<string, number>();
  for (const operation of Object.values(described.paths).flatMap((path) => Object.values(path))) {
    const scope = operation.security?.flatMap((one) => one.apiKey ?? [])[0];
    if (scope === undefined) continue;
    const rank = ROLES.findIndex((role) => role === operation["x-saldo-role"]);
    found.set(scope, Math.min(rank, found.get(scope) ?? ROLES.length));
  }
  return found;
}

describe("the scopes of a key", () => {
  it("need the roles that the server says", () => {
    const least = leastRoles();

    for (const [scope, rank] of least) {
      const [area, level] = scope.split(":") as ["customers", "read"];
      expect([scope, LEAST[area][level]]).toEqual([scope, ROLES[rank]]);
    }
    expect([...least.keys()].length).toBeGreaterThanOrEqual(12);
  });

  it("are told to the server and read back", () => {
    expect(scopesOf(LEVELS.invoicing)).toEqual(["customers:write", "invoices:write"]);
    expect(levelsOf(scopesOf(LEVELS.collecting))).toEqual(LEVELS.collecting);
    expect(levelsOf(["invoices:read", "invoices:write"]).invoices).toBe("write");
  });

  it("are named like the ready-made choice that they are", () => {
    expect(presetOf("admin", LEVELS.invoicing)).toBe("invoicing");
    expect(presetOf("viewer", within("viewer", LEVELS.read))).toBe("read");
    expect(presetOf("admin", { ...LEVELS.invoicing, payments: "read" })).toBeNull();
  });

  it("stay below the role", () => {
    expect(scopesOf(within("viewer", LEVELS.invoicing))).toEqual([
      "customers:read",
      "invoices:read",
    ]);
    expect(within("admin", LEVELS.collecting)).toEqual(LEVELS.collecting);
    expect(within("viewer", LEVELS.read).webhooks).toBe("none");
    expect(AREAS.map((area) => within("accountant", LEVELS.read)[area])).not.toContain("none");
  });
});

describe("the last day of a key", () => {
  it("is counted from today, chosen, or never comes", () => {
    expect(lastDay("for_ever", "2026-11-22", "")).toBeNull();
    expect(lastDay("month", "2026-11-22", "")).toBe("2026-12-22");
    expect(lastDay("quarter", "2026-11-22", "")).toBe("2027-02-20");
    expect(lastDay("year", "2028-02-29", "")).toBe("2029-02-28");
    expect(lastDay("day", "2026-11-22", "2026-12-01")).toBe("2026-12-01");
  });
});
