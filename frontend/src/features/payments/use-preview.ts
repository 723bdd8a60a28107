/** What the server says a payment would do, asked a moment after the last change. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import type { PaymentInput, PaymentPreview } from "@/api/models";

import { paymentPreviewQuery } from "./payments-api";

const PAUSE_MS = 250; // between two keys of a person who types

/**
 * Null while the form is not complete. The preview is there only when it is about this very input.
 * Once the payment is or may be recorded it is not asked again: what it would settle is settled.
 */
export function usePreview(
  input: PaymentInput | null,
  isRecorded: boolean,
): PaymentPreview | undefined {
  const text = input === null ? null : JSON.stringify(input);
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const preview = useQuery({
    ...paymentPreviewQuery(asked ?? ""),
    enabled: asked !== null && !isRecorded,
    placeholderData: keepPreviousData,
  });
  return asked === text && asked !== null && !preview.isPlaceholderData ? preview.data : undefined;
}
