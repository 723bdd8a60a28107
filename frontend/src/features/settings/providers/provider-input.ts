/** What of the form about a provider is sent. */

/** The keys that were written; those left empty stay as they are kept. */
export function filledIn(keys: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(keys)
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== ""),
  );
}

/** Currency codes as people write several: "eur, usd" is EUR and USD. */
export function codesIn(text: string): string[] {
  return [...new Set(text.toUpperCase().split(/[\s,;]+/).filter((code) => code !== ""))];
}
