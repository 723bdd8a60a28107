"""The end of a document: the sums, how to pay or what became of them, and notes."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from chalicelib.adapters.pdf.page import BOTTOM, INK, LEFT, MUTED, PANEL, RIGHT, Sheet, line_height
from chalicelib.adapters.pdf.payment_code import payment_code
from chalicelib.adapters.words import Words
from chalicelib.adapters.words.quoting import what_to_quote
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import Document
from chalicelib.domain.customer import Language
from chalicelib.domain.epc import Remittance, epc_payload, remittance_for
from chalicelib.domain.formatting import amount, grouped_iban, percent
from chalicelib.domain.invoice import Invoice

_SUMS_LEFT: Final = 112.0
_SUM_STEP: Final = 5.6
_BOX_HEIGHT: Final = 36.0
_BOX_GAP: Final = 10.0
_CODE: Final = 28.0
_INSET: Final = 4.0
_NAME_WIDTH: Final = 76.0


def draw_sums(sheet: Sheet, y: float, document: Document, words: Words) -> float:
    """Draw net, tax by rate and total; they stay together on one page."""
    y += 3
    if y + (len(document.taxes) + 1) * _SUM_STEP + 14 > BOTTOM:
        y = sheet.new_page()
    for label, minor in _sums(document, words):
        text = amount(minor, document.currency, document.language)
        sheet.text_at(_SUMS_LEFT, y, label, size=8.5, colour=MUTED)
        sheet.text_at(_SUMS_LEFT, y, text, width=RIGHT - _SUMS_LEFT, align="R", size=8.5)
        y += _SUM_STEP
    sheet.rule(y + 0.8, left=_SUMS_LEFT, colour=INK)
    y += 3
    total = amount(document.total_minor, document.currency, document.language)
    sheet.text_at(_SUMS_LEFT, y, words.total, size=11, strong=True)
    sheet.text_at(_SUMS_LEFT, y, total, width=RIGHT - _SUMS_LEFT, align="R", size=11, strong=True)
    return y + line_height(11)


def _sums(document: Document, words: Words) -> list[tuple[str, int]]:
    taxes = [
        (
            words.tax_on.format(
                rate=percent(tax.rate, document.language),
                base=amount(tax.base_minor, document.currency, document.language),
            ),
            tax.tax_minor,
        )
        for tax in document.taxes
    ]
    return [(words.subtotal, document.net_minor), *taxes]


class Transfer(NamedTuple):
    """What to pay by transfer and what to quote: in words, and in the code for banking apps."""

    reference: str
    amount_minor: int
    currency: str
    language: Language
    remittance: Remittance


def draw_payment(sheet: Sheet, y: float, invoice: Invoice, company: Company, words: Words) -> float:
    """Draw the box that says how to pay an invoice."""
    numbers = [invoice.number or ""]
    transfer = Transfer(
        what_to_quote(numbers, words),
        invoice.total_minor,
        invoice.currency,
        invoice.language,
        remittance_for(numbers),
    )
    return draw_transfer(sheet, y, transfer, company, words)


def draw_transfer(
    sheet: Sheet, y: float, transfer: Transfer, company: Company, words: Words
) -> float:
    """Draw the box that says how to pay: by transfer where there is an IBAN."""
    y += _BOX_GAP
    name = sheet.lines(company.name, _NAME_WIDTH, size=8.5)
    quoted = sheet.lines(transfer.reference, _NAME_WIDTH, size=8.5)
    more_lines = len(name) - 1 + max(len(quoted) - 1, 0)
    height = _BOX_HEIGHT + more_lines * line_height(8.5)
    if y + height > BOTTOM:
        y = sheet.new_page()
    if not company.iban:
        text = words.name_reference.format(number=transfer.reference)
        return sheet.paragraph(LEFT, y, text, width=RIGHT - LEFT, size=8.5)
    sheet.set_fill_color(*PANEL)
    sheet.rect(LEFT, y, RIGHT - LEFT, height, style="F", round_corners=True, corner_radius=2)
    _draw_facts(sheet, y + _INSET, transfer, company, words)
    _draw_code(sheet, y + _INSET, transfer, company, words)
    return y + height


def _draw_facts(sheet: Sheet, y: float, transfer: Transfer, company: Company, words: Words) -> None:
    sheet.text_at(LEFT + _INSET, y, words.how_to_pay, size=9, strong=True, colour=sheet.accent)
    y += 6.6
    facts = (
        (words.transfer_to, company.name),
        ("IBAN", grouped_iban(company.iban or "")),
        (words.reference, transfer.reference),
        (words.amount, amount(transfer.amount_minor, transfer.currency, transfer.language)),
    )
    for label, text in facts:
        sheet.text_at(LEFT + _INSET, y, label, size=8.5, colour=MUTED)
        is_iban = label == "IBAN"
        y = sheet.paragraph(
            LEFT + _INSET + 30, y, text, width=_NAME_WIDTH, size=8.5, strong=is_iban
        )
        y += 0.9


def _draw_code(sheet: Sheet, y: float, transfer: Transfer, company: Company, words: Words) -> None:
    payload = epc_payload(
        name=company.name,
        iban=company.iban or "",
        amount_minor=transfer.amount_minor,
        currency=transfer.currency,
        remittance=transfer.remittance,
    )
    if payload is None:
        return
    left = RIGHT - _INSET - _CODE
    modules = list(payment_code(payload).matrix)
    side = _CODE / len(modules)
    sheet.set_fill_color(*INK)
    for row, bits in enumerate(modules):
        for start, length in _runs(bits):
            sheet.rect(left + start * side, y + row * side, length * side, side, style="F")
    for index, line in enumerate(sheet.lines(words.scan, 26, size=7)):
        sheet.text_at(
            left - 30, y + index * line_height(7), line, width=26, align="R", size=7, colour=MUTED
        )


def _runs(bits: bytearray) -> list[tuple[int, int]]:
    """Return where dark runs start and how long they are: fewer shapes, no seams between them."""
    runs: list[tuple[int, int]] = []
    for position, bit in enumerate(bits):
        if bit and runs and sum(runs[-1]) == position:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif bit:
            runs.append((position, 1))
    return runs


def draw_outcome(sheet: Sheet, y: float, outcome: Sequence[tuple[str, str]]) -> float:
    """Draw the box that says what became of a credit, amount by amount."""
    y += _BOX_GAP
    height = 2 * _INSET + len(outcome) * _SUM_STEP - (_SUM_STEP - line_height(8.5))
    if y + height > BOTTOM:
        y = sheet.new_page()
    sheet.set_fill_color(*PANEL)
    sheet.rect(LEFT, y, RIGHT - LEFT, height, style="F", round_corners=True, corner_radius=2)
    for index, (label, text) in enumerate(outcome):
        top = y + _INSET + index * _SUM_STEP
        sheet.text_at(LEFT + _INSET, top, label, size=8.5, colour=MUTED)
        right = RIGHT - _INSET - _SUMS_LEFT
        sheet.text_at(_SUMS_LEFT, top, text, width=right, align="R", size=8.5, strong=True)
    return y + height


def draw_notes(sheet: Sheet, y: float, notes: str, heading: str) -> float:
    """Draw the notes under their heading, over more pages where they are long."""
    y += 8
    if y + 12 > BOTTOM:
        y = sheet.new_page()
    sheet.text_at(LEFT, y, heading, size=7.5, strong=True, colour=MUTED)
    y += 5
    for line in sheet.lines(notes, RIGHT - LEFT, size=8.5):
        if y + line_height(8.5) > BOTTOM:
            y = sheet.new_page()
        sheet.text_at(LEFT, y, line, size=8.5)
        y += line_height(8.5)
    return y
