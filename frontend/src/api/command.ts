/** A change asked of the server: pending until the answer, one key per intention, then all is reread. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import { ApiError } from "./client";
import { type Attempt, keyFor } from "./intention";

/**
 * Run `send` as a mutation. Money and mail are never optimistic: nothing changes on the screen until
 * the server has answered, and then every query in use is read again. So it is after a refusal that
 * says that the screen was old.
 */
export function useCommand<Input, Answer>(send: (input: Input, key: string) => Promise<Answer>) {
  const queries = useQueryClient();
  const attempt = useRef<Attempt | null>(null);
  return useMutation<Answer, ApiError, Input>({
    mutationFn: async (input) => {
      attempt.current = keyFor(input, attempt.current);
      try {
        const answer = await send(input, attempt.current.key);
        attempt.current = null;
        return answer;
      } catch (error) {
        if (error instanceof ApiError && !error.isUncertain) attempt.current = null;
        throw error;
      }
    },
    onSuccess: () => void queries.invalidateQueries(),
    onError: ({ status }) => {
      if (status === 409 || status === 412) void queries.invalidateQueries();
    },
  });
}
