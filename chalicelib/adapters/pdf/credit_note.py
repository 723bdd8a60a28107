"""A credit note as PDF: what is taken back of which invoice, why, and what became of it.

Amounts are those of the correction, whatever their sign (Spain, RD 1619/2012 art. 15.5).
"""

from decimal import Decimal

from chalicelib.adapters.pdf.closing import draw_notes, draw_outcome, draw_sums
from chalicelib.adapters.pdf.document import Opening, open_sheet, seller_of
from chalicelib.adapters.pdf.opening import draw_opening
from chalicelib.adapters.pdf.table import draw_lines
from chalicelib.adapters.words import Words, words_in
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.formatting import amount, long_date
from chalicelib.domain.invoice import Line


def draw_credit_note(note: CreditNote, company: Company, logo: bytes | None = None) -> bytes:
    """Return the document."""
    words = words_in(note.language)
    name = f"{words.credit_note} {note.number}"
    sheet = open_sheet(note, company, words, name=name, made_at=note.created_at)
    sheet.logo = logo
    y = draw_opening(sheet, _opening(note, company, words), company, words)
    y = draw_lines(sheet, y, note.but(lines=_lines(note, words)), words)
    y = draw_sums(sheet, y, note, words)
    y = draw_outcome(sheet, y, _outcome(note, words))
    draw_notes(sheet, y, note.reason, words.reason)
    return bytes(sheet.output())


def _opening(note: CreditNote, company: Company, words: Words) -> Opening:
    return Opening(
        title=words.credit_note,
        facts=[
            (words.number, note.number),
            (words.issued, long_date(note.issue_date, note.language)),
            (words.corrects, f"{words.invoice} {note.invoice_number}"),
            (words.currency, note.currency),
        ],
        seller=seller_of(note, company),
        customer=note.customer,
        sum_label=words.total_credited,
        sum=amount(note.total_minor, note.currency, note.language),
        below_sum="",
    )


def _lines(note: CreditNote, words: Words) -> tuple[Line, ...]:
    if note.lines:
        return note.lines
    return tuple(
        Line(
            description=words.correction_of.format(number=note.invoice_number),
            quantity=Decimal(1),
            unit_price_minor=tax.base_minor,
            tax_rate=tax.rate,
            net_minor=tax.base_minor,
        )
        for tax in note.taxes
    )


def _outcome(note: CreditNote, words: Words) -> list[tuple[str, str]]:
    parts = (
        (words.applied_to.format(number=note.invoice_number), note.applied_minor),
        (words.left_as_credit, note.total_minor - note.applied_minor),
    )
    return [(label, amount(minor, note.currency, note.language)) for label, minor in parts if minor]
