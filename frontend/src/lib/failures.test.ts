import { describe, expect, it } from "vitest";

import { en } from "@/i18n/en";
import { es } from "@/i18n/es";

import { type Failure, failureText, fieldTexts, refusalText } from "./failures";

const words = es.common.errors;

function failure(status: number, problem: Failure["problem"] = null): Failure {
  return Object.assign(new Error("English"), { status, problem });
}

function problem(code: string, errors: { pointer: string; code: string }[] = []) {
  return {
    type: `urn:saldo:problem:${code}`,
    detail: "English",
    errors: errors.map((error) => ({ ...error, message: "English" })),
  };
}

describe("a refusal", () => {
  it("is told in the reader's language by its code", () => {
    const refused = failure(409, problem("not_voidable"));

    expect(failureText(refused, words)).toBe(words.byCode["not_voidable"]);
    expect(failureText(refused, en.common.errors)).toBe(en.common.errors.byCode["not_voidable"]);
  });

  it("says which rule a field broke, for the screen may not have that field", () => {
    const refused = failure(422, problem("invalid_field", [{ pointer: "/lines", code: "line_count" }]));

    expect(failureText(refused, words)).toBe(words.rules["line_count"]);
  });

  it("of which only the shape of a field is wrong leaves that to the field", () => {
    const refused = failure(422, problem("invalid_field", [{ pointer: "/name", code: "missing" }]));

    expect(failureText(refused, words)).toBe(words.byCode["invalid_field"]);
    expect(fieldTexts(refused, words).get("/name")).toBe("Hace falta.");
  });

  it("with a code that we do not know yet keeps the server's text", () => {
    const refused = failure(422, problem("brand_new", [{ pointer: "/name", code: "brand_new" }]));

    expect(failureText(refused, words)).toBe(words.unknown("English"));
    expect(fieldTexts(refused, words).get("/name")).toBe(words.unknownField("English"));
  });

  it("by something before the server is told by its status", () => {
    expect(failureText(failure(403), words)).toBe(words.forbidden);
    expect(failureText(failure(404), words)).toBe(words.notFound);
  });
});

describe("a failure", () => {
  it("of a command leaves open whether it was done, and says that retrying is safe", () => {
    expect(refusalText(failure(502), words)).toBe(words.uncertain);
    expect(refusalText(failure(0), words)).toBe(words.uncertain);
  });

  it("of nothing has no fields", () => {
    expect(fieldTexts(null, words).size).toBe(0);
  });
});
