import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { choices, type Description, limitsOf, resourcesOf, resolved, type Schema, typeOf } from "./description";
import { curlOf, exampleOf, requestExample } from "./example";
import { matching, resourceWith, titleOf } from "./finding";

const FILE = join(import.meta.dirname, "../../../../chalicelib/api/openapi.json");
const description = JSON.parse(readFileSync(FILE, "utf8")) as Description;
const resources = resourcesOf(description);
const operations = resources.flatMap((resource) => resource.operations);
const known = (id: string) => {
  const found = operations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
};

/** Where a value is not what its schema asks for: types, patterns, fields that it does not know. */
function faults(asked: Schema, value: unknown, where = ""): string[] {
  const { schema } = resolved(asked, description);
  const { branches } = choices(schema);
  if (value === null && typeOf(schema).includes("null")) return [];
  if (branches[0] !== schema) {
    const found = branches.map((branch) => faults(branch, value, where));
    return found.find((one) => one.length === 0) ?? found[0] ?? [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((one) => faults(schema.items ?? {}, one, `${where}/0`));
  }
  if (typeof value === "object" && value !== null) {
    const { properties } = schema;
    if (properties === undefined) return [];
    return Object.entries(value).flatMap(([key, one]) =>
      faults(properties[key] ?? { type: "no such field" }, one, `${where}/${key}`),
    );
  }
  const kind = typeof value === "number" ? "integer" : typeof value;
  if (schema.type !== kind) return [`${where} is ${kind}`];
  const isWrong = schema.pattern && !new RegExp(schema.pattern).test(String(value));
  return isWrong ? [`${where} does not match ${schema.pattern}`] : [];
}

describe("the description", () => {
  it("is shown whole: every operation once, each under one resource", () => {
    const described = Object.values(description.paths).flatMap((path) => Object.keys(path));

    expect(operations).toHaveLength(described.length);
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    expect(resources.map(({ name }) => name)).toContain("invoices");
    expect(resources.map(({ name }) => name)).not.toContain("other");
  });

  it("says of every operation what it does and who may", () => {
    for (const { id, summary, role, shows } of operations) {
      expect([id, summary === ""]).toEqual([id, false]);
      expect([id, shows === "key"]).toEqual([id, role !== null]);
    }
    expect(known("post_invoices")).toMatchObject({
      method: "POST",
      path: "/v1/invoices",
      role: "accountant",
      scope: "invoices:write",
      status: "201",
    });
  });

  it("tells types and limits in words", () => {
    expect(typeOf({ type: "array", items: { $ref: "#/components/schemas/LineInput" } })).toBe(
      "array of LineInput",
    );
    expect(typeOf({ $ref: "#/components/schemas/Page_InvoiceRow_" })).toBe("page of InvoiceRow");
    expect(typeOf({ anyOf: [{ type: "string", format: "date" }, { type: "null" }] })).toBe(
      "string (date) or null",
    );
    expect(typeOf({ type: "object", additionalProperties: { type: "integer" } })).toBe(
      "map of integer",
    );
    expect(limitsOf({ type: "integer", minimum: 1, maximum: 200, default: 50 })).toEqual([
      "from 1, to 200",
      "default 50",
    ]);
    expect(limitsOf({ anyOf: [{ enum: ["es", "en"] }, { type: "null" }] })).toEqual(['"es" · "en"']);
  });
});

describe("the examples", () => {
  it("of requests name every field that must be said", () => {
    for (const operation of operations) {
      const example = requestExample(operation, description);
      if (operation.takes === null || example === undefined) continue;
      const { required = [] } = resolved(operation.takes, description).schema;
      expect([operation.id, Object.keys(example as object)]).toEqual([
        operation.id,
        expect.arrayContaining(required),
      ]);
    }
  });

  it("of requests are what their schemas ask for", () => {
    for (const operation of operations) {
      const example = requestExample(operation, description);
      if (operation.takes === null || example === undefined) continue;
      expect([operation.id, faults(operation.takes, example)]).toEqual([operation.id, []]);
    }
  });

  it("of answers are JSON of a size that one reads", () => {
    for (const { id, gives } of operations) {
      if (gives === null) continue;
      const text = JSON.stringify(exampleOf(gives, description));
      expect([id, text.length > 1 && text.length < 60_000]).toEqual([id, true]);
    }
  });

  it("look like what they stand for", () => {
    const invoice = exampleOf({ $ref: "#/components/schemas/Invoice" }, description);

    expect(invoice).toMatchObject({
      id: "inv_01KB0M2Q8V5Y3T7N9R4D6F8H1J",
      customer_id: "cus_01KB0M2Q8V5Y3T7N9R4D6F8H1J",
      currency: "EUR",
      total_minor: 121_000,
      due_date: "2026-12-21",
      payment_reference: "RF05A000000127",
    });
  });

  it("can be typed in a shell", () => {
    const text = curlOf(known("post_customers"), description, "https://saldo.example");

    expect(text.split(" \\\n  ").slice(0, 4)).toEqual([
      'curl -X POST "https://saldo.example/v1/customers"',
      '-H "Authorization: Bearer $SALDO_API_KEY"',
      '-H "Idempotency-Key: $(uuidgen)"',
      '-H "Content-Type: application/json"',
    ]);
    expect(curlOf(known("get_invoices_invoice_id"), description, "")).toContain(
      'curl "/v1/invoices/inv_01KB0M2Q8V5Y3T7N9R4D6F8H1J"',
    );
  });
});

describe("finding an operation", () => {
  it("needs some of its words, in any order", () => {
    const ids = matching(resources, "void POST").map(({ id }) => id);

    expect(ids).toContain("post_invoices_invoice_id_void");
    expect(matching(resources, "payments:write").length).toBeGreaterThan(3);
    expect(matching(resources, "  ")).toEqual([]);
    expect(matching(resources, "no such thing")).toEqual([]);
  });

  it("by a link leads to its resource", () => {
    expect(resourceWith(resources, "post_invoices_invoice_id_void")?.name).toBe("invoices");
    expect(resourceWith(resources, "authentication")).toBeNull();
    expect(titleOf("credit-notes")).toBe("Credit notes");
    expect(titleOf("api-keys")).toBe("API keys");
  });
});
