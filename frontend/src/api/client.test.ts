import { afterEach, describe, expect, it, vi } from "vitest";

import { fakeFetch, json } from "@/testing/fake-fetch";

import { ApiError, get, patch, post, put, remove } from "./client";
import { keyFor } from "./intention";

afterEach(() => vi.unstubAllGlobals());

const problem = {
  type: "urn:saldo:problem:invalid_field",
  title: "Unprocessable",
  status: 422,
  detail: "One field is not right.",
  errors: [{ pointer: "/lines/0/quantity", message: "not a decimal", code: "value_error" }],
  request_id: "r-1",
};

async function refusal(call: Promise<unknown>): Promise<ApiError> {
  return call.then(
    () => Promise.reject(new Error("it was not refused")),
    (error: unknown) => error as ApiError,
  );
}

describe("requests", () => {
  it("that read carry no body and no key", async () => {
    const asked = fakeFetch(json(200, { items: [] }));

    const answer = await get("/v1/invoices");

    expect(answer).toEqual({ items: [] });
    expect(asked[0]?.headers.has("X-Saldo-Request")).toBe(false);
    expect(asked[0]?.body).toBeUndefined();
  });

  it("that change carry the guard header, JSON and the key of the intention", async () => {
    const asked = fakeFetch(json(201, {}));

    await post("/v1/payments", { amount_minor: 1 }, "key-1");

    expect(asked[0]?.headers.get("Content-Type")).toBe("application/json");
    expect(asked[0]?.headers.get("X-Saldo-Request")).toBe("1");
    expect(asked[0]?.headers.get("Idempotency-Key")).toBe("key-1");
    expect(asked[0]?.body).toEqual({ amount_minor: 1 });
  });

  it("that change a record name the version read", async () => {
    const asked = fakeFetch(json(200, {}));

    await patch("/v1/customers/c", { name: "A" }, 7);

    expect(asked[0]?.headers.get("If-Match")).toBe('"7"');
  });

  it("that store what nobody has stored yet name version 0", async () => {
    const asked = fakeFetch(json(200, {}));

    await put("/v1/dunning-policies/own", { name: "A" }, 0);

    expect(asked[0]?.headers.get("If-Match")).toBe('"0"');
  });

  it("that delete understand an answer without a body", async () => {
    fakeFetch(new Response(null, { status: 204 }));

    await expect(remove("/v1/invoices/i")).resolves.toBeUndefined();
  });
});

describe("refusals", () => {
  it("tell the field and the reference", async () => {
    fakeFetch(json(422, problem, "application/problem+json"));

    const error = await refusal(get("/v1/invoices"));

    expect(error).toBeInstanceOf(ApiError);
    expect(error.status).toBe(422);
    expect(error.message).toBe("One field is not right.");
    expect(error.problem?.errors).toEqual(problem.errors);
    expect(error.requestId).toBe("r-1");
    expect(error.isUncertain).toBe(false);
  });

  it("without a problem body are still errors with a status", async () => {
    fakeFetch(new Response("<html>", { status: 502, headers: { "Content-Type": "text/html" } }));

    const error = await refusal(get("/v1/me"));

    expect(error.status).toBe(502);
    expect(error.problem).toBeNull();
    expect(error.isUncertain).toBe(true);
  });

  it("a lost connection has status 0 and leaves the outcome open", async () => {
    fakeFetch(new TypeError("Failed to fetch"));

    const error = await refusal(post("/v1/payments", {}, "k"));

    expect(error.status).toBe(0);
    expect(error.isUncertain).toBe(true);
  });
});

describe("the key of an intention", () => {
  it("stays for the same input and changes with it", () => {
    let made = 0;
    const makeKey = () => `k${++made}`;

    const first = keyFor({ amount: 1 }, null, makeKey);
    const again = keyFor({ amount: 1 }, first, makeKey);
    const other = keyFor({ amount: 2 }, again, makeKey);

    expect(again.key).toBe("k1");
    expect(other.key).toBe("k2");
  });
});
