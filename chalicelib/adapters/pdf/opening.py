"""The beginning of an invoice: who, to whom, how much and until when."""

from typing import Final

from chalicelib.adapters.pdf.page import HAIRLINE, LEFT, MUTED, RIGHT, Sheet, line_height
from chalicelib.adapters.words import Words
from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Party
from chalicelib.domain.formatting import amount, long_date
from chalicelib.domain.invoice import Invoice

_HALF: Final = 82.0
_RIGHT_HALF: Final = 112.0
_LABEL: Final = 30.0
_MOST_NAME_LINES: Final = 2


def draw_opening(sheet: Sheet, invoice: Invoice, company: Company, words: Words) -> float:
    """Draw the head of the first page and return where the lines may begin."""
    seller = invoice.seller or company.on_document()
    left = _draw_seller(sheet, seller, company, words)
    right = _draw_title(sheet, invoice, words)
    y = max(left, right) + 9
    left = _draw_customer(sheet, y, invoice.customer, seller, words)
    right = _draw_sum(sheet, y, invoice, company, words)
    return max(left, right) + 11


def _draw_seller(sheet: Sheet, seller: Party, company: Company, words: Words) -> float:
    is_long = len(sheet.lines(seller.name, _HALF, size=14, strong=True)) > _MOST_NAME_LINES
    size = 11 if is_long else 14
    y = sheet.paragraph(
        LEFT, 17, seller.name, width=_HALF, size=size, strong=True, colour=sheet.accent
    )
    reach = " · ".join(text for text in (company.phone, company.website) if text)
    contact = (*_identity(seller, words), seller.email, reach)
    text = "\n".join(text for text in contact if text)
    return sheet.paragraph(LEFT, y + 1, text, width=_HALF, size=8, colour=MUTED)


def _identity(party: Party, words: Words) -> tuple[str, str]:
    return party.address or "", f"{words.tax_id} {party.tax_id}" if party.tax_id else ""


def _draw_title(sheet: Sheet, invoice: Invoice, words: Words) -> float:
    sheet.text_at(_RIGHT_HALF, 15.7, words.invoice, size=18, strong=True)
    y = 15.7 + line_height(18) + 1.5
    for label, text in _facts(invoice, words):
        sheet.text_at(_RIGHT_HALF, y, label, size=8.5, colour=MUTED)
        width = RIGHT - _RIGHT_HALF - _LABEL
        strong = label == words.number
        y = sheet.paragraph(_RIGHT_HALF + _LABEL, y, text, width=width, size=8.5, strong=strong)
        y += 0.6
    return y


def _facts(invoice: Invoice, words: Words) -> list[tuple[str, str]]:
    facts = [(words.number, invoice.number or words.draft)]
    if invoice.issue_date:
        facts.append((words.issued, long_date(invoice.issue_date, invoice.language)))
    if invoice.due_date:
        facts.append((words.due, long_date(invoice.due_date, invoice.language)))
    if invoice.purchase_order:
        facts.append((words.purchase_order, invoice.purchase_order))
    return [*facts, (words.currency, invoice.currency)]


def _draw_customer(sheet: Sheet, y: float, customer: Party, seller: Party, words: Words) -> float:
    sheet.rule(y - 3.5, colour=HAIRLINE)
    sheet.text_at(LEFT, y, words.bill_to, size=7.5, strong=True, colour=MUTED)
    y = sheet.paragraph(LEFT, y + 5, customer.name, width=_HALF, size=11, strong=True)
    address, tax_id = _identity(customer, words)
    abroad = customer.country if customer.country != seller.country else ""
    text = "\n".join(part for part in (address, abroad, tax_id) if part)
    return sheet.paragraph(LEFT, y + 0.6, text, width=_HALF, size=8.5)


def _draw_sum(sheet: Sheet, y: float, invoice: Invoice, company: Company, words: Words) -> float:
    label = words.total if invoice.state == "void" else words.total_to_pay
    sheet.text_at(_RIGHT_HALF, y, label, size=7.5, strong=True, colour=MUTED)
    total = amount(invoice.total_minor, invoice.currency, invoice.language)
    width = RIGHT - _RIGHT_HALF
    y = sheet.paragraph(_RIGHT_HALF, y + 4.2, total, width=width, size=17, strong=True)
    until = _until(invoice, company, words)
    return sheet.paragraph(_RIGHT_HALF, y, until, width=width, size=9, colour=MUTED)


def _until(invoice: Invoice, company: Company, words: Words) -> str:
    if invoice.state == "void" and invoice.voided_at:
        day = local_date(invoice.voided_at, company.time_zone)
        return words.void_on.format(date=long_date(day, invoice.language))
    if invoice.state == "void" or invoice.due_date is None:
        return ""
    return words.due_on.format(date=long_date(invoice.due_date, invoice.language))
