"""The table of a document's lines, over as many pages as it needs."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from chalicelib.adapters.pdf.page import (
    BOTTOM,
    HAIRLINE,
    INK,
    LEFT,
    MUTED,
    TOP_OF_NEXT_PAGES,
    WIDTH,
    Align,
    Sheet,
    line_height,
)
from chalicelib.adapters.words import Words
from chalicelib.domain.credit_note import Document
from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import bare_amount, number, percent
from chalicelib.domain.invoice import Line

_SIZE: Final = 8.5
_HEAD_SIZE: Final = 7.5
_PADDING: Final = 1.9
_GAP: Final = 6.0
_LEADING: Final = line_height(_SIZE)


class Column(NamedTuple):
    """One column: its heading, its width in millimetres and its side."""

    heading: str
    width: float
    align: Align


def draw_lines(sheet: Sheet, y: float, document: Document, words: Words) -> float:
    """Draw all lines from ``y`` on and return where the table ends."""
    columns = _columns(sheet, document, words)
    y = _draw_heading(sheet, y, columns)
    for line in document.lines:
        y = _draw_row(sheet, y, columns, _cells(line, document, has_discount=len(columns) > _PLAIN))
    return y


_PLAIN: Final = 5
"""Columns without the one for discounts, which only appears where there is one."""


def _columns(sheet: Sheet, document: Document, words: Words) -> tuple[Column, ...]:
    headings = [words.quantity, words.unit_price, words.tax, words.amount]
    has_discount = any(line.discount_rate for line in document.lines)
    if has_discount:
        headings.insert(2, words.discount)
    rows = [_cells(line, document, has_discount=has_discount)[1:] for line in document.lines]
    figures = [
        Column(heading, _widest(sheet, heading, [row[index] for row in rows]) + _GAP, "R")
        for index, heading in enumerate(headings)
    ]
    rest = WIDTH - sum(column.width for column in figures)
    return (Column(words.description, rest, "L"), *figures)


def _widest(sheet: Sheet, heading: str, texts: Sequence[str]) -> float:
    sheet.set_font("text", "B", _HEAD_SIZE)
    widths: list[float] = [sheet.get_string_width(heading)]
    sheet.set_font("text", "", _SIZE)
    widths.extend(sheet.get_string_width(text) for text in texts)
    return max(widths)


def _cells(line: Line, document: Document, *, has_discount: bool) -> list[str]:
    language: Language = document.language
    cells = [
        line.description,
        number(line.quantity, language),
        bare_amount(line.unit_price_minor, document.currency, language),
        percent(line.tax_rate, language),
        bare_amount(line.net_minor, document.currency, language),
    ]
    if has_discount:
        cells.insert(3, percent(line.discount_rate, language) if line.discount_rate else "")
    return cells


def _draw_heading(sheet: Sheet, y: float, columns: Sequence[Column]) -> float:
    x = LEFT
    for column in columns:
        sheet.text_at(
            x, y, column.heading, width=column.width, align=column.align, size=_HEAD_SIZE,
            strong=True, colour=MUTED,
        )  # fmt: skip
        x += column.width
    y += line_height(_HEAD_SIZE) + 1.2
    sheet.rule(y, colour=INK)
    return y


def _draw_row(sheet: Sheet, y: float, columns: Sequence[Column], cells: Sequence[str]) -> float:
    text = sheet.lines(cells[0], columns[0].width - 2, size=_SIZE) or [""]
    height = len(text) * _LEADING + 2 * _PADDING
    if y + height > BOTTOM and (height < BOTTOM - TOP_OF_NEXT_PAGES or y + 4 * _LEADING > BOTTOM):
        y = _draw_heading(sheet, sheet.new_page(), columns)
    y += _PADDING
    _draw_figures(sheet, y, columns[1:], cells[1:])
    for line in text:
        if y + _LEADING > BOTTOM:  # a description longer than a page
            y = _draw_heading(sheet, sheet.new_page(), columns) + _PADDING
        sheet.text_at(LEFT, y, line, size=_SIZE)
        y += _LEADING
    y += _PADDING
    sheet.rule(y, colour=HAIRLINE)
    return y


def _draw_figures(sheet: Sheet, y: float, columns: Sequence[Column], cells: Sequence[str]) -> None:
    x = LEFT + WIDTH - sum(column.width for column in columns)
    for column, text in zip(columns, cells, strict=True):
        sheet.text_at(x, y, text, width=column.width, align="R", size=_SIZE)
        x += column.width
