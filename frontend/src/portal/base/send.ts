/** A change asked of the server: pending until the answer, one key per intention, then all is reread. */
import { useRef, useState } from "react";

import { ApiError } from "@/api/client";
import { type Attempt, keyFor } from "@/api/intention";

import { readAgain } from "./store";

export interface Sending<Input, Answer> {
  send: (input: Input, onDone?: (answer: Answer) => void) => void;
  isPending: boolean;
  error: ApiError | null;
  forget: () => void;
}

export function useSend<Input, Answer>(
  ask: (input: Input, key: string) => Promise<Answer>,
): Sending<Input, Answer> {
  const attempt = useRef<Attempt | null>(null);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (input: Input, onDone?: (answer: Answer) => void) => {
    setPending(true);
    setError(null);
    attempt.current = keyFor(input, attempt.current);
    try {
      const answer = await ask(input, attempt.current.key);
      attempt.current = null;
      readAgain();
      onDone?.(answer);
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      if (!problem.isUncertain) attempt.current = null;
      if (problem.status === 409 || problem.status === 401) readAgain();
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  return {
    send: (input, onDone) => void (isPending ? undefined : run(input, onDone)),
    isPending,
    error,
    forget: () => setError(null),
  };
}
