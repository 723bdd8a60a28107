/** Places in a text: the server counts characters, the browser the halves of some of them. */
import type { TemplateProblem } from "@/api/models";

/** Where a problem begins and ends in the text, as a selection of its field. */
export function spanOf(text: string, { line, column, length }: TemplateProblem): [number, number] {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const characters = Array.from(text.slice(before));
  const start = before + characters.slice(0, column - 1).join("").length;
  return [start, start + characters.slice(column - 1, column - 1 + length).join("").length];
}
