/** The one way to the API: JSON in and out, problem+json as `ApiError`, keys and versions as headers. */
import type { Problem } from "./models";

const TIMEOUT_MS = 30_000; // API Gateway gives up after 29 seconds; later no answer can come.

/** An answer that is not a success, or no answer at all (`status` 0). */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly problem: Problem | null,
    readonly requestId: string | null,
  ) {
    super(problem?.detail ?? (status === 0 ? "no answer" : `status ${status}`));
  }

  /** Whether the request may have been carried out: a retry must carry the same key. */
  get isUncertain(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

interface Options {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  body?: unknown;
  /** Bytes in place of JSON. */
  bytes?: Blob;
  idempotencyKey?: string;
  /** The version read, for `If-Match`: the server refuses (412) when it has moved on. */
  version?: number;
  signal?: AbortSignal | undefined;
}

const ofEveryChange = new Map<string, string>();

/** Have every change say something more: the portal names the link that its page was filled by. */
export function sayWithChanges(name: string, value: string): void {
  ofEveryChange.set(name, value);
}

export function saidWithChanges(): Iterable<[string, string]> {
  return ofEveryChange;
}

function headersOf({ method, bytes, idempotencyKey, version }: Options): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (method !== "GET") {
    headers.set("Content-Type", bytes ? "application/octet-stream" : "application/json");
    headers.set("X-Saldo-Request", "1");
    for (const [name, value] of saidWithChanges()) headers.set(name, value);
  }
  if (idempotencyKey !== undefined) headers.set("Idempotency-Key", idempotencyKey);
  if (version !== undefined) headers.set("If-Match", `"${version}"`);
  return headers;
}

async function problemOf(response: Response): Promise<Problem | null> {
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.includes("json")) return null;
  const body: unknown = await response.json().catch(() => null);
  return isProblem(body) ? body : null;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "detail" in body && "status" in body;
}

async function answerOf(path: string, options: Options): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method,
      headers: headersOf(options),
      body: options.bytes ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      credentials: "same-origin",
      signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(0, null, null);
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    const requestId = problem?.request_id ?? response.headers.get("x-amzn-requestid");
    throw new ApiError(response.status, problem, requestId);
  }
  return response;
}

async function call(path: string, options: Options): Promise<unknown> {
  const response = await answerOf(path, options);
  return response.status === 204 ? undefined : response.json();
}

// The answers' types are generated from the server's models: they are stated, not checked again.
export async function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return (await call(path, { method: "GET", signal })) as Answer;
}

/**
 * POST with the key of the user's intention: the same intention sent twice counts once. With the
 * version of what the person saw, it is refused when that has changed meanwhile.
 */
export async function post<Answer>(
  path: string,
  body: unknown,
  idempotencyKey: string,
  version?: number,
): Promise<Answer> {
  const options = { method: "POST", body, idempotencyKey, ...(version && { version }) } as const;
  return (await call(path, options)) as Answer;
}

/** POST that is answered with a file. */
export async function postForFile(
  path: string,
  body: unknown,
  idempotencyKey: string,
): Promise<Blob> {
  return (await answerOf(path, { method: "POST", body, idempotencyKey })).blob();
}

/** POST that only computes, and so needs no key of an intention beyond this call. */
export async function compute<Answer>(
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const idempotencyKey = crypto.randomUUID();
  return (await call(path, { method: "POST", body, idempotencyKey, signal })) as Answer;
}

export async function patch<Answer>(
  path: string,
  body: unknown,
  version: number | undefined,
): Promise<Answer> {
  return (await call(path, { method: "PATCH", body, ...(version && { version }) })) as Answer;
}

export async function put<Answer>(
  path: string,
  body: unknown,
  version: number | undefined,
): Promise<Answer> {
  // Version 0 is of what nobody has stored yet: two who store it first do not overwrite each other.
  const options = { method: "PUT", body, ...(version !== undefined && { version }) } as const;
  return (await call(path, options)) as Answer;
}

/** Bytes of a file. The same bytes at the same place change nothing, so no key is needed. */
export async function putBytes<Answer>(
  path: string,
  bytes: Blob,
  signal?: AbortSignal,
): Promise<Answer> {
  return (await call(path, { method: "PUT", bytes, signal })) as Answer;
}

export async function remove(path: string): Promise<void> {
  await call(path, { method: "DELETE" });
}
