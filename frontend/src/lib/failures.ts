/** What to say about a failure. It knows the shape of an API error, not the client. */
import type { Messages } from "@/i18n";

export interface Failure extends Error {
  status?: number;
  requestId?: string | null;
  problem?: { type: string; detail: string } | null;
}

/** The sentence for a failed read. */
export function failureText(failure: Failure, words: Messages["common"]["errors"]): string {
  const { status } = failure;
  if (status === undefined) return failure.message;
  if (status === 0) return words.offline;
  if (status === 403) return words.forbidden;
  if (status === 404) return words.notFound;
  if (status >= 500 || !failure.problem) return words.unexpected;
  const code = failure.problem.type.split(":").at(-1) ?? "";
  return words.byCode[code] ?? failure.problem.detail;
}

/** The sentence for a failed command: when it may have been done, it says that retrying is safe. */
export function refusalText(failure: Failure, words: Messages["common"]["errors"]): string {
  const { status = 0 } = failure;
  return status === 0 || status >= 500 ? words.uncertain : failureText(failure, words);
}
