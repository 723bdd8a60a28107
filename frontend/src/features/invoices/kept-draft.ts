/** What was written and not saved, kept in this tab: leaving the editor by mistake loses nothing. */
import type { Draft } from "./draft";

const keyOf = (id: string | undefined) => `saldo.draft:${id ?? "new"}`;

export function keptDraft(id: string | undefined): Draft | null {
  const text = sessionStorage.getItem(keyOf(id));
  return text === null ? null : (JSON.parse(text) as Draft);
}

export function keepDraft(id: string | undefined, draft: Draft): void {
  sessionStorage.setItem(keyOf(id), JSON.stringify(draft));
}

export function dropDraft(id: string | undefined): void {
  sessionStorage.removeItem(keyOf(id));
}
