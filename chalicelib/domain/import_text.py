"""Bytes of a file that somebody exported somewhere, read as a table of texts."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import Final

from chalicelib.domain.base import Value
from chalicelib.domain.errors import StateConflict

DELIMITERS: Final = (";", ",", "\t", "|")
_LOOKED_AT: Final = 50  # records by which the delimiter is guessed
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_NO_TEXT: Final = (
    (b"PK\x03\x04", "XLSX or another archive"),
    (b"\xd0\xcf\x11\xe0", "XLS or another Office file"),
    (b"%PDF", "PDF"),
)
MAX_CELL: Final = 10_000
"""Characters. A longer one is a quotation mark that was never closed."""

Record = tuple[int, list[str]]
"""The row as a spreadsheet counts it (the headings are row 1 as a rule), and its cells."""


class Dialect(Value):
    """How a file is written."""

    encoding: str
    delimiter: str


class UnreadableFile(StateConflict):
    """The file cannot be read as a table; the code says why."""


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text and its encoding: by its mark, else UTF-8, else Windows-1252.

    UnreadableFile for what is no text at all.
    """
    for start, what in _NO_TEXT:
        if content.startswith(start):
            raise UnreadableFile(f"This is {what}, not CSV.", code="import_not_text")
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    encoding = encoding or _unmarked(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = content.decode(encoding, errors="replace")
    if "\0" in text:
        raise UnreadableFile("This is a binary file, not CSV.", code="import_not_text")
    return text.removeprefix("\ufeff"), encoding.removesuffix("-sig")


def _unmarked(content: bytes) -> str:
    # Every other byte of UTF-16 in European languages is zero.
    start = content[:2_000]
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > len(start) // 4 else "utf-8"


def guessed_delimiter(text: str) -> str:
    """Return what stands between the cells: what Excel's ``sep=`` line says, or what fits best."""
    first = text.partition("\n")[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        return first[-1]
    if first.lower() == "sep=":
        return "\t"
    return max(DELIMITERS, key=lambda one: _fit(text, one))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    widths: list[int] = []
    try:
        widths = [len(cells) for _, cells in islice(records(text, delimiter), _LOOKED_AT)]
    except UnreadableFile:
        return 0, 0
    most = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return (widths.count(most), most) if most > 1 else (0, 0)


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Read the records with something in them; quotes may hold line breaks and delimiters.

    UnreadableFile for a cell without end.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    row = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            raise _endless(reader.line_num) from exc
        if row == 0 and reader.line_num == 1 and _is_hint(cells, delimiter):
            continue
        row += 1
        if max(map(len, cells), default=0) > MAX_CELL:
            raise _endless(reader.line_num)
        if any(cell.strip() for cell in cells):
            yield row, [cell.strip() for cell in cells]


def _is_hint(cells: Sequence[str], delimiter: str) -> bool:
    return delimiter.join(cells).strip().lower() in ("sep=", f"sep={delimiter}")


def _endless(line: int) -> UnreadableFile:
    return UnreadableFile(
        f"A cell that ends on line {line} is longer than {MAX_CELL} characters: a quotation mark "
        "is not closed.",
        code="import_open_quote",
    )


def headings_of(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a name for each column: an empty heading gets its place, a repeated one a number."""
    named: list[str] = []
    for place in range(width):
        name = cells[place] if place < len(cells) and cells[place] else f"#{place + 1}"
        again = sum(1 for one in named if one == name or one.startswith(f"{name} ("))
        named.append(f"{name} ({again + 1})" if again else name)
    return tuple(named)


def with_width(cells: Sequence[str], width: int) -> list[str]:
    """Return the cells of a ragged row, filled up or cut to the width of the headings."""
    return [*cells[:width], *([""] * (width - len(cells)))]


def overhang(cells: Sequence[str], width: int) -> int:
    """Return how many cells with something in them stand beyond the last column."""
    return sum(1 for cell in cells[width:] if cell)


def widest(rows: Iterable[Record]) -> int:
    """Return the number of columns of the widest row."""
    return max((len(cells) for _, cells in rows), default=0)
