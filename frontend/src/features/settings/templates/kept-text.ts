/** What was written and not saved, kept in this tab: leaving by mistake loses nothing. */
import type { TemplateInput } from "@/api/models";

import { pageOf, type Place } from "./place";

interface Kept {
  version: number;
  text: TemplateInput;
}

const keyOf = (place: Place) => `saldo.text.1:${pageOf(place)}`;

/** What was kept, unless the text has moved on: to save it then would undo another's change. */
export function keptText(place: Place, version: number): TemplateInput | null {
  const written = sessionStorage.getItem(keyOf(place));
  if (written === null) return null;
  const kept = JSON.parse(written) as Kept;
  return kept.version === version ? kept.text : null;
}

export function keepText(place: Place, version: number, text: TemplateInput): void {
  sessionStorage.setItem(keyOf(place), JSON.stringify({ version, text } satisfies Kept));
}

export function dropText(place: Place): void {
  sessionStorage.removeItem(keyOf(place));
}
