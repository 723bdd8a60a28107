import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { en } from "./en";
import { more as enMore } from "./en-more";
import { es } from "./es";
import { more as esMore } from "./es-more";

const USE_CASES = join(import.meta.dirname, "../../../../chalicelib/usecases");
const ABOUT = /^(portal_(?!links)|start_checkout)/; // links are made by staff

type Node = string | ((...input: never[]) => string) | { [key: string]: Node };

function leaves(node: Node, path = ""): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  if (typeof node === "function") return [[path, "()"]];
  return Object.entries(node).flatMap(([key, child]) => leaves(child, `${path}.${key}`));
}

/** Every text that matches in the use cases of the portal, each once. */
function found(pattern: RegExp): string[] {
  const files = readdirSync(USE_CASES).filter((name) => ABOUT.test(name) && name.endsWith(".py"));
  const texts = files.map((name) => readFileSync(join(USE_CASES, name), "utf8"));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? "")))];
}

describe("the dictionaries of the portal", () => {
  it("have the same keys, words for codes included", () => {
    const keys = (dictionary: Node) => leaves(dictionary).map(([path]) => path).sort();

    expect(keys({ ...es, ...esMore })).toEqual(keys({ ...en, ...enMore }));
  });

  it("have words for every refusal of its use cases", () => {
    const codes = [
      ...found(/(?<!field_)\bcode="(\w+)"/g),
      ...found(/^ {4}"(\w+)": f?"/gm), // why no date can be promised
    ];

    expect(codes).toContain("promise_broken_before");
    expect(codes).toContain("nothing_to_pay");
    expect(codes.filter((code) => !(code in en.errors.byCode))).toEqual([]);
  });

  it("have words for every field that they refuse", () => {
    const { rules, shapes } = en.errors;
    const codes = found(/field_code="(\w+)"/g);

    expect(codes).toContain("comment_needed");
    expect(codes.filter((code) => !(code in rules) && !(code in shapes))).toEqual([]);
  });
});
