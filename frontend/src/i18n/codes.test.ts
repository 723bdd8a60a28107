import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { en } from "./en";

const SERVER = join(import.meta.dirname, "../../../chalicelib");
const NOT_A_REFUSAL = ["mail", "pdf"]; // codes of other systems are named so, too

/** Every text that matches in the server's sources, each once. */
function found(pattern: RegExp): string[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".py") && !NOT_A_REFUSAL.some((part) => name.includes(part)),
  );
  const texts = files.map((name) => readFileSync(join(SERVER, name), "utf8"));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? "")))];
}

describe("every code of the server has its words", () => {
  const { byCode, rules, shapes } = en.common.errors;

  it("for refusals", () => {
    const codes = [...found(/(?<!field_)\bcode="(\w+)"/g), ...found(/^ {4}code = "(\w+)"/gm)];

    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !(code in byCode))).toEqual([]);
  });

  it("for fields", () => {
    const codes = found(/field_code="(\w+)"/g);

    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((code) => !(code in rules) && !(code in shapes))).toEqual([]);
  });
});
