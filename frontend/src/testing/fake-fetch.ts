/** A fetch that answers what a test says and remembers what it was asked. */
import { vi } from "vitest";

interface Asked {
  path: string;
  method: string;
  headers: Headers;
  body: unknown;
}

/** Replace `fetch`; each call takes the next answer. A thrown error stands for a lost connection. */
export function fakeFetch(...answers: (Response | Error)[]): Asked[] {
  const asked: Asked[] = [];
  const fake = (path: string, init: RequestInit): Promise<Response> => {
    asked.push({
      path,
      method: init.method ?? "GET",
      headers: new Headers(init.headers),
      body: typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined,
    });
    const answer = answers.shift();
    if (answer === undefined) throw new Error("more requests than answers");
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  vi.stubGlobal("fetch", fake);
  return asked;
}

export function json(status: number, body: unknown, type = "application/json"): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
}
