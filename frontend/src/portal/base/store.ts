/** What was read from the server, by address: read once, shown at once, read again after a change. */
import { useCallback, useEffect, useSyncExternalStore } from "react";

import { ApiError, get } from "@/api/client";

const MAX_TRIES = 3; // with the growing delay a person waits at most two seconds for an error
const FRESH_MS = 30_000;

export interface Loaded<Answer> {
  data: Answer | undefined;
  error: ApiError | null;
  isLoading: boolean;
}

interface Entry extends Loaded<unknown> {
  readAt: number;
  /** Which reading this is: a slow answer to an older one is not shown any more. */
  turn: number;
}

const NOTHING: Entry = { data: undefined, error: null, isLoading: false, readAt: 0, turn: 0 };
const entries = new Map<string, Entry>();
const listeners = new Map<string, Set<() => void>>();

function put(path: string, change: Partial<Entry>): void {
  entries.set(path, { ...(entries.get(path) ?? NOTHING), ...change });
  for (const tell of listeners.get(path) ?? []) tell();
}

async function read(path: string): Promise<void> {
  const turn = (entries.get(path)?.turn ?? 0) + 1;
  put(path, { isLoading: true, turn });
  const answer = await outcome(path);
  if (entries.get(path)?.turn === turn) put(path, { ...answer, isLoading: false, readAt: Date.now() });
}

async function outcome(path: string): Promise<Partial<Entry>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return { data: await get(path), error: null };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!error.isUncertain || tries === MAX_TRIES) return { error };
      await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** tries));
    }
  }
}

/** Read again all that is on the screen; what is not is forgotten. */
export function readAgain(): void {
  for (const path of entries.keys()) {
    if (listeners.get(path)?.size) void read(path);
    else entries.delete(path);
  }
}

function readWhatIsOld(): void {
  if (document.visibilityState !== "visible") return;
  for (const [path, { readAt, isLoading }] of entries) {
    if (!isLoading && listeners.get(path)?.size && Date.now() - readAt > FRESH_MS) void read(path);
  }
}

/** Whoever comes back to the tab, or to the network, sees how things stand now. */
export function watchReturn(): void {
  document.addEventListener("visibilitychange", readWhatIsOld);
  window.addEventListener("online", readAgain);
}

function subscribe(path: string, tell: () => void): () => void {
  const heard = listeners.get(path) ?? new Set();
  listeners.set(path, heard.add(tell));
  return () => void heard.delete(tell);
}

/** The answer of an address, read when first asked for; null asks for nothing. */
export function useLoaded<Answer>(path: string | null): Loaded<Answer> & { retry: () => void } {
  const entry = useSyncExternalStore(
    useCallback((tell: () => void) => (path === null ? () => undefined : subscribe(path, tell)), [path]),
    () => (path === null ? NOTHING : (entries.get(path) ?? NOTHING)),
  );
  useEffect(() => {
    const known = path === null ? undefined : entries.get(path);
    if (path !== null && !known?.isLoading && Date.now() - (known?.readAt ?? 0) > FRESH_MS) {
      void read(path);
    }
  }, [path]);
  // The answers' types are generated from the server's models: they are stated, not checked again.
  return { ...(entry as Loaded<Answer>), retry: () => path !== null && void read(path) };
}
