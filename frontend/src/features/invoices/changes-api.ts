/** What changes an invoice after it is issued, and when a draft is issued by itself. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { compute, post } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  CreditNote,
  CreditNoteInput,
  CreditNotePreview,
  CreditNotePreviewInput,
  Dispute,
  DisputeInput,
  Invoice,
  ReinstateInput,
  ScheduleInput,
  SendInput,
  WriteOffInput,
} from "@/api/models";
import { endpoints } from "@/config/paths";

// The version is of what the person saw: the numbers said before the confirmation are of it.
export const useWriteOff = ({ id, version }: Invoice) =>
  useCommand((input: WriteOffInput, key) =>
    post<Invoice>(endpoints.invoiceWriteOff(id), input, key, version),
  );

export const useReinstate = ({ id, version }: Invoice) =>
  useCommand((input: ReinstateInput, key) =>
    post<Invoice>(endpoints.invoiceReinstate(id), input, key, version),
  );

export const useSchedule = ({ id, version }: Invoice) =>
  useCommand((input: ScheduleInput, key) =>
    post<Invoice>(endpoints.invoiceSchedule(id), input, key, version),
  );

export const useUnschedule = ({ id, version }: Invoice) =>
  useCommand((_: undefined, key) =>
    post<Invoice>(endpoints.invoiceUnschedule(id), {}, key, version),
  );

export const useOpenDispute = () =>
  useCommand((input: DisputeInput, key) => post<Dispute>(endpoints.disputes, input, key));

export const useCreditNote = () =>
  useCommand((input: CreditNoteInput, key) => post<CreditNote>(endpoints.creditNotes, input, key));

export const useSendCreditNote = (id: string) =>
  useCommand((input: SendInput, key) => post<CreditNote>(endpoints.creditNoteSend(id), input, key));

/** What a credit note would come to. `text` is the input as JSON: a key of the cache. */
export const creditPreviewQuery = (text: string | null, version: number) =>
  queryOptions({
    queryKey: ["credit-notes", "preview", version, text],
    queryFn: ({ signal }) =>
      compute<CreditNotePreview>(
        endpoints.creditNotePreview,
        JSON.parse(text ?? "{}") as CreditNotePreviewInput,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
