/** Ask what became of a checkout until it is over: soon at first, then ever less often. */
import { useEffect, useMemo, useState } from "react";

import { ApiError, get, post } from "@/api/client";

import { readAgain } from "../base/store";
import type { CheckoutState } from "../model";
import { endpoints } from "../paths";

const FIRST_MS = 1000;
const MOST_MS = 20_000;
/** A card's confirmation takes seconds; by then who has left the page early wants to go on. */
const SLOW_MS = 7_000;
/** After that only a press of the button asks. */
const MOST_ASKED_MS = 15 * 60_000;

export interface Watched {
  checkout: CheckoutState | null;
  error: ApiError | null;
  isSlow: boolean;
  retry: () => void;
}

function longer(pause: number): number {
  return Math.min(pause * 1.5, MOST_MS);
}

/** Null when the screen was left meanwhile. */
async function asked(id: string, signal: AbortSignal): Promise<CheckoutState | ApiError | null> {
  try {
    return await get<CheckoutState>(endpoints.checkout(id), signal);
  } catch (problem) {
    if (signal.aborted) return null;
    if (problem instanceof ApiError) return problem;
    throw problem;
  }
}

function isOver({ state }: CheckoutState): boolean {
  return state === "paid" || state === "closed" || state === "processing";
}

export function useCheckout(query: URLSearchParams): Watched {
  const id = query.get("checkout") ?? "";
  const said = useMemo(() => JSON.stringify(whatProviderSaid(query)), [query]);
  const [checkout, setCheckout] = useState<CheckoutState | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [isSlow, setSlow] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    const began = Date.now();
    const watch = async () => {
      for (let pause = FIRST_MS; Date.now() - began < MOST_ASKED_MS; pause = longer(pause)) {
        const answer = await asked(id, signal);
        if (answer === null) return;
        if (answer instanceof ApiError) {
          setError(answer);
          if (!answer.isUncertain) return;
        } else {
          setError(null);
          setCheckout(answer);
          if (isOver(answer)) return readAgain();
        }
        setSlow(Date.now() - began > SLOW_MS);
        if (!(await waited(pause, signal))) return;
      }
    };
    void tell(id, said).then(watch);
    return () => leave.abort();
  }, [id, said, round]);
  return { checkout, error, isSlow, retry: () => setRound(round + 1) };
}

/** Some providers sign what they add to the address: the server may learn the outcome from it. */
function whatProviderSaid(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...query].filter(([name]) => name !== "checkout"));
}

async function tell(id: string, said: string): Promise<void> {
  if (said === "{}") return;
  try {
    // The same address tells the same: a reload is no second intention.
    await post(endpoints.checkoutReturn(id), { query: JSON.parse(said) as unknown }, await keyOf(id, said));
  } catch (error) {
    // What it said is a hint; the notification of the provider decides.
    if (!(error instanceof ApiError)) throw error;
  }
}

async function keyOf(id: string, said: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(id + said));
  return [...new Uint8Array(digest)].slice(0, 16).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the time has passed; not when the screen was left before. */
function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
