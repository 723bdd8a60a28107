/** What to say about a failure. It knows the shape of an API error, not the client. */
import type { Messages } from "@/i18n";

/** What either product needs in its dictionary to say it. */
export type Words = Pick<
  Messages["common"]["errors"],
  | "byCode"
  | "forbidden"
  | "notFound"
  | "offline"
  | "rules"
  | "shapes"
  | "uncertain"
  | "unexpected"
  | "unknown"
  | "unknownField"
>;

interface FieldFailure {
  pointer: string;
  message: string;
  code: string;
}

export interface Failure extends Error {
  status?: number;
  requestId?: string | null;
  problem?: { type: string; detail: string; errors?: readonly FieldFailure[] } | null;
}

/** The sentence for a failed read. */
export function failureText(failure: Failure, words: Words): string {
  const { status, problem } = failure;
  if (status === undefined) return failure.message;
  if (status === 0) return words.offline;
  if (status >= 500) return words.unexpected;
  if (problem) return problemText(problem, words);
  if (status === 403) return words.forbidden;
  return status === 404 ? words.notFound : words.unexpected;
}

/** The sentence for a failed command: when it may have been done, it says that retrying is safe. */
export function refusalText(failure: Failure, words: Words): string {
  const { status = 0 } = failure;
  return status === 0 || status >= 500 ? words.uncertain : failureText(failure, words);
}

function problemText(problem: NonNullable<Failure["problem"]>, words: Words): string {
  // A rule names its field itself, and may concern one that the screen does not have.
  const rules = (problem.errors ?? []).flatMap(({ code }) => words.rules[code] ?? []);
  if (rules.length > 0) return [...new Set(rules)].join(" ");
  return codeText(problem.type.split(":").at(-1) ?? "", problem.detail, words);
}

/** The sentence for a code of the server; for one that we do not know yet, the server's own. */
export function codeText(code: string, said: string, words: Words): string {
  return words.byCode[code] ?? words.unknown(said);
}

/** What is wrong by field: JSON pointer ("/lines/0/quantity") → sentence. */
export function fieldTexts(failure: Failure | null, words: Words): ReadonlyMap<string, string> {
  const errors = failure?.problem?.errors ?? [];
  return new Map(errors.map((error) => [error.pointer, fieldText(error, words)]));
}

function fieldText({ code, message }: FieldFailure, words: Words): string {
  return words.rules[code] ?? words.shapes[code] ?? words.unknownField(message);
}
