/** A credit note being written, and what it would come to by the server's own arithmetic. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { CreditNotePreview, CreditNotePreviewInput, Invoice } from "@/api/models";
import { useLanguage } from "@/i18n";

import { creditPreviewQuery } from "./changes-api";
import { type CreditDraft, creditDraft, type CreditFlaw, creditInput } from "./credit-draft";

const TYPING_PAUSE_MS = 300; // a preview for each pause, not for each key

export interface CreditWriting {
  draft: CreditDraft;
  change: (part: Partial<CreditDraft>) => void;
  /** What would be issued; null while the draft is not sound. */
  input: CreditNotePreviewInput | null;
  flaw: CreditFlaw | null;
  /** Of exactly this draft; null while it is computed or was refused. */
  preview: CreditNotePreview | null;
  error: Error | null;
}

/** `isAsked`: it is being issued; what it would come to after itself is no question. */
export function useCreditNote(invoice: Invoice, isAsked: boolean): CreditWriting {
  const { locale } = useLanguage();
  const [draft, setDraft] = useState(() => creditDraft(invoice, locale));
  const result = creditInput(invoice, draft, locale);
  const input = "input" in result ? result.input : null;
  const text = input === null ? null : JSON.stringify(input);
  const [settled] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const query = creditPreviewQuery(settled, invoice.version);
  const preview = useQuery({ ...query, enabled: settled !== null && !isAsked });
  const isCurrent = text !== null && text === settled && !preview.isPlaceholderData;
  return {
    draft,
    change: (part) => setDraft((current) => ({ ...current, ...part })),
    input,
    flaw: "flaw" in result ? result.flaw : null,
    preview: isCurrent && !preview.isError ? (preview.data ?? null) : null,
    error: isCurrent ? preview.error : null,
  };
}
