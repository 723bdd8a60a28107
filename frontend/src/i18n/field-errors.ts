/** What the server found wrong with the fields of a form, in the reader's language. */
import { type Failure, fieldTexts } from "@/lib/failures";

import { useLanguage } from ".";

/** JSON pointer → sentence; empty as long as nothing was refused. */
export function useFieldErrors(error: Error | null): ReadonlyMap<string, string> {
  const { m } = useLanguage();
  const failure: Failure | null = error;
  return fieldTexts(failure, m.common.errors);
}
