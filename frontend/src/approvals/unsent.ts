/** Of what an issue warned: why its mail did not go out. The rest is told on the invoice itself. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(["credit_limit", "long_terms"]);

export const whyUnsent = (warnings: readonly string[]): string[] =>
  warnings.filter((code) => !TOLD_ELSEWHERE.has(code));
