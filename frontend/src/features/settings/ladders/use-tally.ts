/** Runs a simulation over the whole book, part by part, and adds it up. */
import { useCallback, useEffect, useState } from "react";

import type { Simulate } from "./ladders-api";
import { EMPTY, type Tally, withPart } from "./tally";

export interface Counting {
  tally: Tally;
  isDone: boolean;
  error: Error | null;
  retry: () => void;
}

/** `simulate` must stay the same while it is counted: another one begins anew. */
export function useTally(simulate: Simulate): Counting {
  const [tally, setTally] = useState<Tally>(EMPTY);
  const [isDone, setDone] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const going = new AbortController();
    countAll(simulate, going.signal, setTally)
      .then(() => setDone(true))
      .catch((reason: unknown) => {
        if (!going.signal.aborted) setError(reason instanceof Error ? reason : new Error(String(reason)));
      });
    return () => going.abort();
  }, [simulate, attempt]);
  const retry = useCallback(() => {
    setTally(EMPTY);
    setDone(false);
    setError(null);
    setAttempt((count) => count + 1);
  }, []);
  return { tally, isDone, error, retry };
}

async function countAll(
  simulate: Simulate,
  signal: AbortSignal,
  show: (tally: Tally) => void,
): Promise<void> {
  let tally = EMPTY;
  let cursor: string | null = null;
  do {
    const part = await simulate(cursor, signal);
    if (signal.aborted) throw new DOMException("no longer wanted", "AbortError");
    tally = withPart(tally, part);
    show(tally);
    cursor = part.next_cursor;
  } while (cursor !== null);
}
