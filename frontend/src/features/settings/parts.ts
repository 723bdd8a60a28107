/** The parts of the settings in their groups, and who sees them. No screens: the palette reads this. */
export const GROUPS = [
  { key: "business", parts: ["company", "series", "rules", "providers", "portal"] },
  { key: "chase", parts: ["reminders", "templates", "statements", "hours"] },
  { key: "books", parts: ["accounting", "rates", "proof"] },
  { key: "access", parts: ["people", "keys", "webhooks"] },
  { key: "own", parts: ["notices"] },
] as const;

export type Group = (typeof GROUPS)[number];
export type PartName = Group["parts"][number];

const FOR_ADMINS: readonly string[] = ["access"];

export function partNamed(text: string): PartName | null {
  return GROUPS.flatMap(({ parts }) => parts.slice()).find((part) => part === text) ?? null;
}

export function groupsFor(isAdmin: boolean): Group[] {
  return GROUPS.filter(({ key }) => isAdmin || !FOR_ADMINS.includes(key));
}

export function isForAdmins(part: PartName): boolean {
  return !groupsFor(false).some(({ parts }) => parts.some((one) => one === part));
}
