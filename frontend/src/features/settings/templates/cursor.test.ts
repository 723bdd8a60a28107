import { expect, it } from "vitest";

import type { TemplateProblem } from "@/api/models";

import { spanOf } from "./cursor";

const problem = (line: number, column: number, length: number): TemplateProblem => ({
  code: "unknown_placeholder", field: "opening", line, column, length, message: "", name: null, names: [],
});

it("a problem is found where the server counted it, also after characters of two halves", () => {
  const text = "😀 Hola\n\n😀 {{x}} ya";

  expect(text.slice(...spanOf(text, problem(3, 3, 5)))).toBe("{{x}}");
  expect(spanOf("ab", problem(1, 3, 1))).toEqual([2, 2]);
});
