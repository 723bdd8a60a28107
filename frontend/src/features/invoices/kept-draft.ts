/** What was written and not saved, kept in this tab: leaving the editor by mistake loses nothing. */
import type { Draft } from "./draft";

interface Kept {
  /** Of the record that was being changed; undefined for a new one. */
  version: number | undefined;
  draft: Draft;
}

// The number rises with the shape of a draft: what an earlier program kept is left alone.
const keyOf = (id: string | undefined) => `saldo.draft.2:${id ?? "new"}`;

/** What was kept, unless the record has moved on: to save it then would undo another's change. */
export function keptDraft(id: string | undefined, version: number | undefined): Draft | null {
  const text = sessionStorage.getItem(keyOf(id));
  if (text === null) return null;
  const kept = JSON.parse(text) as Kept;
  return kept.version === version ? kept.draft : null;
}

export function keepDraft(id: string | undefined, version: number | undefined, draft: Draft): void {
  sessionStorage.setItem(keyOf(id), JSON.stringify({ version, draft } satisfies Kept));
}

export function dropDraft(id: string | undefined): void {
  sessionStorage.removeItem(keyOf(id));
}
