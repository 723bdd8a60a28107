"""A table of any columns over as many pages as it needs; each page repeats the heading."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from chalicelib.adapters.pdf.page import (
    BOTTOM,
    HAIRLINE,
    INK,
    LEFT,
    MUTED,
    WIDTH,
    Align,
    Sheet,
    line_height,
)

_SIZE: Final = 8.5
_SMALL: Final = 7.5
_PADDING: Final = 1.6
_GAP: Final = 5.0


class Column(NamedTuple):
    """One column: heading, side, width in millimetres; the one without a width takes the rest."""

    heading: str
    align: Align = "L"
    width: float | None = None


class GridRow(NamedTuple):
    """The texts of a row, and what stands in small under the widest column."""

    cells: Sequence[str]
    note: str = ""
    is_strong: bool = False


def fitting(sheet: Sheet, heading: str, texts: Iterable[str], align: Align = "R") -> Column:
    """Return a column that is as wide as its widest text."""
    sheet.set_font("text", "B", _SMALL)
    widest: float = sheet.get_string_width(heading)
    sheet.set_font("text", "B", _SIZE)
    longest = max(texts, key=len, default="")  # figures have one width: the longest is the widest
    return Column(heading, align, max(widest, sheet.get_string_width(longest)) + _GAP)


def draw_grid(sheet: Sheet, y: float, columns: Sequence[Column], rows: Iterable[GridRow]) -> float:
    """Draw rows from ``y`` on and return where the table ends."""
    known = sum(column.width or 0 for column in columns)
    fixed = [column._replace(width=column.width or WIDTH - known) for column in columns]
    widest = next(index for index, column in enumerate(columns) if column.width is None)
    y = _draw_heading(sheet, y, fixed)
    for row in rows:
        y = _draw_row(sheet, y, fixed, row, widest)
    return y


def _draw_heading(sheet: Sheet, y: float, columns: Sequence[Column]) -> float:
    if y + 4 * line_height(_SIZE) > BOTTOM:
        y = sheet.new_page()
    x = LEFT
    for column in columns:
        sheet.text_at(
            x, y, column.heading, width=column.width, align=column.align, size=_SMALL, strong=True,
            colour=MUTED,
        )  # fmt: skip
        x += column.width or 0
    y += line_height(_SMALL) + 1.2
    sheet.rule(y, colour=INK)
    return y


def _draw_row(
    sheet: Sheet, y: float, columns: Sequence[Column], row: GridRow, widest: int
) -> float:
    width = (columns[widest].width or 0) - 2
    text = sheet.lines(row.cells[widest], width, size=_SIZE, strong=row.is_strong)
    note = sheet.lines(row.note, width, size=_SMALL)
    height = max(len(text), 1) * line_height(_SIZE) + len(note) * line_height(_SMALL)
    if y + height + 2 * _PADDING > BOTTOM:
        y = _draw_heading(sheet, sheet.new_page(), columns)
    y += _PADDING
    x = LEFT
    for index, column in enumerate(columns):
        if index == widest:
            below = _draw_lines(sheet, x, y, text, strong=row.is_strong)
            for line in note:
                sheet.text_at(x, below, line, size=_SMALL, colour=MUTED)
                below += line_height(_SMALL)
        elif row.cells[index]:
            sheet.text_at(
                x, y, row.cells[index], width=column.width, align=column.align, size=_SIZE,
                strong=row.is_strong,
            )  # fmt: skip
        x += column.width or 0
    y += height + _PADDING
    sheet.rule(y, colour=HAIRLINE)
    return y


def _draw_lines(sheet: Sheet, x: float, y: float, lines: Iterable[str], *, strong: bool) -> float:
    for line in lines:
        sheet.text_at(x, y, line, size=_SIZE, strong=strong)
        y += line_height(_SIZE)
    return y
