import { describe, expect, it } from "vitest";

import { type Piece, wordDiff } from "./word-diff";

const without = (pieces: readonly Piece[], what: Piece["what"]) =>
  pieces
    .filter((piece) => piece.what !== what)
    .map((piece) => piece.text)
    .join("");

describe("the difference of two texts", () => {
  it("names the words that went and that came", () => {
    expect(wordDiff("Le rogamos el pago hoy.", "Le pedimos el pago hoy.")).toEqual([
      { what: "same", text: "Le " },
      { what: "removed", text: "rogamos" },
      { what: "added", text: "pedimos" },
      { what: "same", text: " el pago hoy." },
    ]);
  });

  it("of the same text is that text", () => {
    expect(wordDiff("Uno\n\ndos", "Uno\n\ndos")).toEqual([{ what: "same", text: "Uno\n\ndos" }]);
    expect(wordDiff("", "")).toEqual([]);
  });

  it("leads from the one text to the other", () => {
    const texts = ["", "a", "a b c", "c b a", "a  b\n\nc d", "uno dos tres", "tres dos uno cero"];
    for (const before of texts) {
      for (const after of texts) {
        const pieces = wordDiff(before, after);
        expect(without(pieces, "added")).toBe(before);
        expect(without(pieces, "removed")).toBe(after);
      }
    }
  });

  it("of two very long texts is found at once", () => {
    const long = (word: string) => Array.from({ length: 6_000 }, (_, at) => `${word}${at}`).join(" ");
    const pieces = wordDiff(long("a"), long("b"));
    expect(without(pieces, "added")).toBe(long("a"));
  });
});
