/** What changed between two texts, word by word. */

export interface Piece {
  what: "same" | "removed" | "added";
  text: string;
}

/** More than this would keep the browser busy: then the whole text counts as changed. */
const MOST_CELLS = 4_000_000;

export function wordDiff(before: string, after: string): Piece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  ) {
    end += 1;
  }
  return joined([
    { what: "same", text: old.slice(0, start).join("") },
    ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    { what: "same", text: old.slice(old.length - end).join("") },
  ]);
}

/** Words and the white space between them; together they are the text. */
function wordsOf(text: string): string[] {
  return text.split(/(\s+)/).filter((word) => word !== "");
}

function middle(old: readonly string[], now: readonly string[]): Piece[] {
  if (old.length * now.length > MOST_CELLS) {
    return [
      { what: "removed", text: old.join("") },
      { what: "added", text: now.join("") },
    ];
  }
  const width = now.length + 1;
  const common = commonLengths(old, now);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  const pieces: Piece[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    const [gone = "", come = ""] = [old[row], now[column]];
    if (row < old.length && column < now.length && gone === come) {
      pieces.push({ what: "same", text: gone });
      row += 1;
      column += 1;
    } else if (column >= now.length || (row < old.length && at(row + 1, column) >= at(row, column + 1))) {
      pieces.push({ what: "removed", text: gone });
      row += 1;
    } else {
      pieces.push({ what: "added", text: come });
      column += 1;
    }
  }
  return pieces;
}

/** How many words are common from each pair of places on. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint32Array {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const next = lengths[(row + 1) * width + column + 1] ?? 0;
      const below = lengths[(row + 1) * width + column] ?? 0;
      const beside = lengths[row * width + column + 1] ?? 0;
      lengths[row * width + column] =
        old[row] === now[column] ? next + 1 : Math.max(below, beside);
    }
  }
  return lengths;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.text === "") continue;
    if (last?.what === piece.what) last.text += piece.text;
    else result.push({ ...piece });
  }
  return result;
}
