"""The cover of a pre-legal file: who claims what of whom, and how the interest was computed."""

from typing import Final, NamedTuple

from chalicelib.adapters.pdf.document import Opening
from chalicelib.adapters.pdf.grid import Column, GridRow, draw_grid, fitting
from chalicelib.adapters.pdf.opening import draw_opening
from chalicelib.adapters.pdf.page import BOTTOM, INK, LEFT, MUTED, RIGHT, WIDTH, Sheet, line_height
from chalicelib.adapters.pdf.paper import open_paper
from chalicelib.adapters.words import Words, words_in
from chalicelib.adapters.words.legal import LegalWords, legal_words
from chalicelib.domain.company import Company
from chalicelib.domain.formatting import (
    amount,
    bare_amount,
    grouped_iban,
    long_date,
    percent,
    short_date,
)
from chalicelib.domain.legal_evidence import remark
from chalicelib.domain.legal_file import ClaimRow, LegalClaim

_SUMS_LEFT: Final = 105.0
_SIZE: Final = 8.5
_SMALL: Final = 7.5
_CONTENTS: Final = 46.0
_STEP: Final = 5.6


class _Hand(NamedTuple):
    claim: LegalClaim
    words: Words
    legal: LegalWords

    def money(self, amount_minor: int) -> str:
        return amount(amount_minor, self.claim.currency, self.claim.language)

    def bare(self, amount_minor: int) -> str:
        return bare_amount(amount_minor, self.claim.currency, self.claim.language)


def draw_legal_cover(claim: LegalClaim, company: Company) -> bytes:
    """Return the cover."""
    language = claim.language
    hand = _Hand(claim, words_in(language), legal_words(language))
    name = f"{hand.legal.title} · {claim.debtor.name}"
    sheet = open_paper(claim, company, hand.words, name=name, language=language, on=claim.as_of)
    y = draw_opening(sheet, _opening(hand), company, hand.words._replace(bill_to=hand.legal.debtor))
    y = _heading(sheet, y, hand.legal.claim)
    y = _draw_claim(sheet, y, hand)
    y = _draw_sums(sheet, y, hand)
    y = _draw_interest(sheet, y + 8, hand)
    _draw_contents(sheet, y + 8, hand)
    return bytes(sheet.output())


def _opening(hand: _Hand) -> Opening:
    claim = hand.claim
    facts = [
        (hand.legal.as_of, long_date(claim.as_of, claim.language)),
        (hand.words.currency, claim.currency),
    ]
    if claim.iban:
        facts.append(("IBAN", grouped_iban(claim.iban)))
    return Opening(
        title=hand.legal.title,
        facts=facts,
        seller=claim.creditor,
        customer=claim.debtor,
        sum_label=hand.legal.claimed,
        sum=hand.money(claim.total_minor),
        below_sum="",
    )


def _heading(sheet: Sheet, y: float, text: str) -> float:
    if y + 24 > BOTTOM:
        y = sheet.new_page()
    sheet.text_at(LEFT, y, text, size=10, strong=True)
    return y + line_height(10) + 2


def _draw_claim(sheet: Sheet, y: float, hand: _Hand) -> float:
    rows = [GridRow(_cells(row, hand), note=_note(row, hand)) for row in hand.claim.rows]
    words, legal = hand.words, hand.legal
    headings = (
        words.issued, words.due, legal.days_late, words.total, legal.settled, words.open,
    )  # fmt: skip
    columns = (
        Column(words.invoice),
        *(
            fitting(sheet, heading, (row.cells[index] for row in rows))
            for index, heading in enumerate(headings, start=1)
        ),
    )
    return draw_grid(sheet, y, columns, rows)


def _cells(row: ClaimRow, hand: _Hand) -> tuple[str, ...]:
    language = hand.claim.language
    return (
        row.number,
        short_date(row.issue_date, language),
        short_date(row.due_date, language),
        str(row.days_late),
        hand.bare(row.total_minor),
        hand.bare(row.settled_minor),
        hand.bare(row.open_minor),
    )


def _note(row: ClaimRow, hand: _Hand) -> str:
    legal = hand.legal
    if row.refusal is not None:
        return remark(row.refusal, hand.claim.language)
    parts = (
        (legal.interest, row.interest_minor),
        (legal.compensation, row.compensation_minor),
        (legal.fees, row.fee_minor),
    )
    return " · ".join(f"{label} {hand.money(minor)}" for label, minor in parts if minor)


def _draw_sums(sheet: Sheet, y: float, hand: _Hand) -> float:
    claim, legal = hand.claim, hand.legal
    y += 3
    if y + 5 * _STEP + 14 > BOTTOM:
        y = sheet.new_page()
    right = RIGHT - _SUMS_LEFT
    sums = [
        (legal.principal, claim.open_minor),
        (legal.interest, claim.interest_minor),
        (legal.compensation, claim.compensation_minor),
    ]
    if claim.fee_minor:
        sums.append((legal.fees, claim.fee_minor))
    for label, minor in sums:
        sheet.text_at(_SUMS_LEFT, y, label, size=_SIZE, colour=MUTED)
        sheet.text_at(_SUMS_LEFT, y, hand.money(minor), width=right, align="R", size=_SIZE)
        y += _STEP
    sheet.rule(y + 0.8, left=_SUMS_LEFT, colour=INK)
    y += 3
    sheet.text_at(_SUMS_LEFT, y, legal.total, size=11, strong=True)
    total = hand.money(claim.total_minor)
    sheet.text_at(_SUMS_LEFT, y, total, width=right, align="R", size=11, strong=True)
    return y + line_height(11)


def _draw_interest(sheet: Sheet, y: float, hand: _Hand) -> float:
    y = _heading(sheet, y, hand.legal.how_interest)
    rows = [row for claimed in hand.claim.rows for row in _segments(claimed, hand)]
    if not rows:
        return sheet.paragraph(LEFT, y, hand.legal.no_interest, width=WIDTH, size=_SIZE)
    y = sheet.paragraph(LEFT, y, hand.legal.basis, width=WIDTH, size=_SIZE, colour=MUTED)
    legal = hand.legal
    headings = (
        legal.from_day, legal.until_day, legal.days, legal.principal_of, legal.rate, legal.interest,
    )  # fmt: skip
    columns = (
        Column(hand.words.invoice),
        *(
            fitting(sheet, heading, (row.cells[index] for row in rows))
            for index, heading in enumerate(headings, start=1)
        ),
    )
    y = draw_grid(sheet, y + 3, columns, rows)
    return _draw_sources(sheet, y + 2, hand)


def _segments(row: ClaimRow, hand: _Hand) -> list[GridRow]:
    language = hand.claim.language
    return [
        GridRow(
            (
                row.number,
                short_date(one.from_day, language),
                short_date(one.until_day, language),
                str(one.days),
                hand.bare(one.principal_minor),
                percent(one.annual_rate, language),
                hand.bare(one.interest_minor),
            )
        )
        for one in row.segments
    ]


def _draw_sources(sheet: Sheet, y: float, hand: _Hand) -> float:
    # Each rate once, in the order in which it first bears interest.
    segments = [one for row in hand.claim.rows for one in row.segments]
    sources = dict.fromkeys((one.annual_rate, one.source) for one in segments)
    for rate, source in sources:
        if y + 2 * line_height(_SMALL) > BOTTOM:
            y = sheet.new_page()
        text = f"{percent(rate, hand.claim.language)}: {source}"
        y = sheet.paragraph(LEFT, y, text, width=WIDTH, size=_SMALL, colour=MUTED)
    return y


def _draw_contents(sheet: Sheet, y: float, hand: _Hand) -> None:
    legal = hand.legal
    if y + _CONTENTS > BOTTOM:
        y = sheet.new_page()
    y = _heading(sheet, y, legal.contents)
    for text in (*legal.what_is_inside, legal.checked):
        if y + 3 * line_height(_SIZE) > BOTTOM:
            y = sheet.new_page()
        sheet.text_at(LEFT, y, "·", size=_SIZE, colour=MUTED)
        y = sheet.paragraph(LEFT + 4, y, text, width=WIDTH - 4, size=_SIZE) + 1
