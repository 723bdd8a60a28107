/** What the list of letters on paper reads and does. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get, post, postForFile } from "@/api/client";
import { useCommand } from "@/api/command";
import type { Letter, MessageRow, NotPostedInput, Page, PostedInput } from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

const PAGE = 50;

export const STATES = ["to_post", "sent", "suppressed"] as const;

export type LetterState = (typeof STATES)[number];

/** The state that the URL names; what waits without one. */
export function stateOf(text: string | null): LetterState {
  return STATES.find((state) => state === text) ?? "to_post";
}

export const lettersQuery = (state: LetterState, cursor: string | null) =>
  queryOptions({
    queryKey: ["letters", state, cursor],
    queryFn: ({ signal }) =>
      get<Page<MessageRow>>(withQuery(endpoints.letters, { state, cursor, limit: PAGE }), signal),
    placeholderData: keepPreviousData,
  });

/** Fetch these letters as one PDF. */
export function usePrint() {
  return useCommand((letters: readonly MessageRow[], key) =>
    postForFile(
      endpoints.lettersPrint,
      { letters: letters.map((one) => ({ customer_id: one.customer_id, message_id: one.id })) },
      key,
    ),
  );
}

export function usePosted({ customer_id: customerId, id }: MessageRow) {
  return useCommand((input: PostedInput, key) =>
    post<Letter>(endpoints.messagePosted(customerId, id), input, key),
  );
}

export function useNotPosted({ customer_id: customerId, id }: MessageRow) {
  return useCommand((input: NotPostedInput, key) =>
    post<Letter>(endpoints.messageNotPosted(customerId, id), input, key),
  );
}
