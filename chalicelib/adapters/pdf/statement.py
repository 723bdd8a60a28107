"""A statement of account as PDF: movements with running balance, what is open, what is due."""

from collections.abc import Sequence
from typing import Final

from chalicelib.adapters.pdf.closing import Transfer, draw_transfer
from chalicelib.adapters.pdf.document import Opening
from chalicelib.adapters.pdf.grid import Column, GridRow, draw_grid, fitting
from chalicelib.adapters.pdf.opening import draw_opening
from chalicelib.adapters.pdf.page import BOTTOM, LEFT, MUTED, RIGHT, WIDTH, Sheet, line_height
from chalicelib.adapters.pdf.paper import open_paper
from chalicelib.adapters.words import Words, words_in
from chalicelib.adapters.words.paper import PaperWords, paper_words
from chalicelib.adapters.words.quoting import what_to_quote
from chalicelib.adapters.words.statement import Teller
from chalicelib.domain.aging import BUCKETS
from chalicelib.domain.company import Company
from chalicelib.domain.epc import remittance_for
from chalicelib.domain.statement import Statement
from chalicelib.usecases.statement_letter import StatementLetter

_DATE: Final = 22.0


def draw_statement(letter: StatementLetter, company: Company, logo: bytes | None = None) -> bytes:
    """Return the document."""
    one, paper = letter.statement, paper_words(letter.language)
    words = words_in(letter.language)._replace(bill_to=paper.of_customer)
    teller = Teller(one.currency, letter.language, paper)
    name = f"{paper.statement} {teller.short(one.first)} – {teller.short(one.last)}"
    sheet = open_paper(letter, company, words, name=name, language=letter.language, on=one.due.on)
    sheet.logo = logo
    y = draw_opening(sheet, _opening(letter, company, words, teller), company, words)
    y = _draw_movements(sheet, y, one, teller)
    y = _draw_items(sheet, y + 9, one, teller)
    y = _draw_aging(sheet, y + 7, one, teller)
    y = _draw_due(sheet, y, one, teller)
    if one.due.to_pay_minor:
        draw_transfer(sheet, y, _transfer(letter, words), company, words)
    return bytes(sheet.output())


def _opening(letter: StatementLetter, company: Company, words: Words, teller: Teller) -> Opening:
    one, paper = letter.statement, teller.paper
    period = paper.from_to.format(first=teller.short(one.first), last=teller.short(one.last))
    below = paper.nothing_to_pay if not one.due.to_pay_minor else ""
    if one.due.overdue_minor:
        below = paper.of_it_overdue.format(amount=teller.money(one.due.overdue_minor))
    return Opening(
        title=paper.statement,
        facts=[
            (paper.period, period),
            (paper.made_on, teller.long(one.due.on)),
            (words.currency, one.currency),
        ],
        seller=company.on_document(),
        customer=letter.customer.on_document(),
        sum_label=paper.to_pay_on.format(date=teller.short(one.due.on)),
        sum=teller.money(one.due.to_pay_minor),
        below_sum=below,
    )


def _heading(sheet: Sheet, y: float, text: str) -> float:
    if y + 24 > BOTTOM:
        y = sheet.new_page()
    sheet.text_at(LEFT, y, text, size=10, strong=True)
    return y + line_height(10) + 2


def _draw_movements(sheet: Sheet, y: float, one: Statement, teller: Teller) -> float:
    paper = teller.paper
    y = _heading(sheet, y, paper.moved)
    closing = paper.closing.format(date=teller.short(one.last))
    rows = [
        GridRow((teller.short(one.first), paper.opening, "", "", teller.bare(one.opening_minor))),
        *(GridRow(teller.cells(move), note=teller.applied(move)) for move in one.movements),
        GridRow(
            (teller.short(one.last), closing, "", "", teller.bare(one.closing_minor)),
            note="" if one.movements else paper.nothing_moved,
            is_strong=True,
        ),
    ]
    figures = (paper.charge, paper.credit, paper.balance)
    columns = (
        Column(paper.date, "L", _DATE),
        Column(paper.concept),
        *(
            fitting(sheet, heading, (row.cells[index] for row in rows))
            for index, heading in enumerate(figures, start=2)
        ),
    )
    return draw_grid(sheet, y, columns, rows)


def _draw_items(sheet: Sheet, y: float, one: Statement, teller: Teller) -> float:
    paper, words = teller.paper, words_in(teller.language)
    y = _heading(sheet, y, paper.open_on.format(date=teller.short(one.last)))
    if not one.items:
        return sheet.paragraph(LEFT, y, paper.nothing_open, width=WIDTH, size=8.5, colour=MUTED)
    rows = [GridRow(teller.item(item), note=teller.notes(item)) for item in one.items]
    headings = (paper.date, words.due, paper.days_late, paper.total, words.open)
    columns = (
        Column(words.invoice),
        *(
            fitting(sheet, heading, (row.cells[index] for row in rows))
            for index, heading in enumerate(headings, start=1)
        ),
    )
    return draw_grid(sheet, y, columns, rows)


def _draw_aging(sheet: Sheet, y: float, one: Statement, teller: Teller) -> float:
    if not one.items:
        return y
    if y + 14 > BOTTOM:
        y = sheet.new_page()
    amounts = one.aging.model_dump()
    cells = [(teller.paper.aging[name], amounts[f"{name}_minor"]) for name in BUCKETS]
    cells.append((words_in(teller.language).total_open, one.aging.total_minor))
    width = WIDTH / len(cells)
    for index, (label, amount_minor) in enumerate(cells):
        x = LEFT + index * width
        is_total = index == len(cells) - 1
        sheet.text_at(x, y, label, width=width, align="R", size=7, colour=MUTED)
        sheet.text_at(
            x, y + 4, teller.bare(amount_minor), width=width, align="R", size=8.5, strong=is_total
        )
    return y + 10


def _draw_due(sheet: Sheet, y: float, one: Statement, teller: Teller) -> float:
    lines = _due_lines(one, teller)
    if y + len(lines) * 5.2 + 4 > BOTTOM:
        y = sheet.new_page()
    y += 2
    for label, text in lines:
        right = RIGHT - 112.0
        sheet.text_at(LEFT, y, label, size=8.5, colour=MUTED)
        sheet.text_at(112.0, y, text, width=right, align="R", size=8.5)
        y += 5.2
    return y


def _due_lines(one: Statement, teller: Teller) -> Sequence[tuple[str, str]]:
    paper, lines = teller.paper, []
    if one.aging.unapplied_minor:
        lines.append((paper.unapplied, teller.money(-one.aging.unapplied_minor)))
    if one.due.resting_minor:
        resting = paper.not_asked.format(amount=teller.money(one.due.resting_minor))
        lines.append((resting, ""))
    return lines


def _transfer(letter: StatementLetter, words: Words) -> Transfer:
    one = letter.statement
    asked = [item.number for item in one.items if item.open_now_minor]
    return Transfer(
        what_to_quote(asked, words),
        one.due.to_pay_minor,
        one.currency,
        letter.language,
        remittance_for(asked, instead=letter.customer.name),
    )


__all__ = ["PaperWords", "draw_statement"]
