import { describe, expect, it } from "vitest";

import { en } from "./en";
import { es } from "./es";
import { counted } from "./plural";

type Node = string | ((...input: never[]) => string) | { [key: string]: Node };

function leaves(node: Node, path = ""): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  if (typeof node === "function") return [[path, "()"]];
  return Object.entries(node).flatMap(([key, child]) => leaves(child, `${path}.${key}`));
}

describe("the dictionaries", () => {
  it("have the same keys, words for codes included", () => {
    const keys = (dictionary: Node) => leaves(dictionary).map(([path]) => path).sort();

    expect(keys(es)).toEqual(keys(en));
  });

  it("have no empty message", () => {
    expect([...leaves(en), ...leaves(es)].filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});

describe("counting", () => {
  it("tells one from the rest, zero included, in both languages", () => {
    const forms = { one: "factura", other: "facturas" };

    expect(counted("es", 1, forms)).toBe("1 factura");
    expect(counted("es", 0, forms)).toBe("0 facturas");
    expect(counted("es", 1200, forms)).toBe("1.200 facturas");
    expect(counted("en", 1, { one: "row", other: "rows" })).toBe("1 row");
    expect(counted("en", 2, { one: "row", other: "rows" })).toBe("2 rows");
  });
});
