"""The beginning of a document: who, to whom, how much."""

from typing import Final

from chalicelib.adapters.pdf.document import Opening
from chalicelib.adapters.pdf.page import HAIRLINE, LEFT, MUTED, RIGHT, Sheet, line_height
from chalicelib.adapters.words import Words
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Party

_HALF: Final = 82.0
_RIGHT_HALF: Final = 112.0
_LABEL: Final = 30.0
_MOST_NAME_LINES: Final = 2
_LOGO_WIDTH: Final = 60.0
_LOGO_HEIGHT: Final = 16.0


def draw_opening(sheet: Sheet, opening: Opening, company: Company, words: Words) -> float:
    """Draw the head of the first page and return where the lines may begin."""
    left = _draw_seller(sheet, opening.seller, company, words)
    right = _draw_title(sheet, opening)
    y = max(left, right) + 9
    left = _draw_customer(sheet, y, opening, words)
    right = _draw_sum(sheet, y, opening)
    return max(left, right) + 11


def _draw_seller(sheet: Sheet, seller: Party, company: Company, words: Words) -> float:
    is_long = len(sheet.lines(seller.name, _HALF, size=14, strong=True)) > _MOST_NAME_LINES
    size = 11 if is_long else 14
    logo = sheet.draw_logo(LEFT, 9, width=_LOGO_WIDTH, height=_LOGO_HEIGHT)
    top = 9 + logo + 3 if logo else 17
    y = sheet.paragraph(
        LEFT, top, seller.name, width=_HALF, size=size, strong=True, colour=sheet.accent
    )
    reach = " · ".join(text for text in (company.phone, company.website) if text)
    contact = (*_identity(seller, words), seller.email, reach)
    text = "\n".join(text for text in contact if text)
    return sheet.paragraph(LEFT, y + 1, text, width=_HALF, size=8, colour=MUTED)


def _identity(party: Party, words: Words) -> tuple[str, str]:
    return party.address or "", f"{words.tax_id} {party.tax_id}" if party.tax_id else ""


def _draw_title(sheet: Sheet, opening: Opening) -> float:
    sheet.text_at(_RIGHT_HALF, 15.7, opening.title, size=18, strong=True)
    y = 15.7 + line_height(18) + 1.5
    for index, (label, text) in enumerate(opening.facts):
        sheet.text_at(_RIGHT_HALF, y, label, size=8.5, colour=MUTED)
        width = RIGHT - _RIGHT_HALF - _LABEL
        is_number = index == 0
        y = sheet.paragraph(_RIGHT_HALF + _LABEL, y, text, width=width, size=8.5, strong=is_number)
        y += 0.6
    return y


def _draw_customer(sheet: Sheet, y: float, opening: Opening, words: Words) -> float:
    customer = opening.customer
    sheet.rule(y - 3.5, colour=HAIRLINE)
    sheet.text_at(LEFT, y, words.bill_to, size=7.5, strong=True, colour=MUTED)
    y = sheet.paragraph(LEFT, y + 5, customer.name, width=_HALF, size=11, strong=True)
    address, tax_id = _identity(customer, words)
    abroad = customer.country if customer.country != opening.seller.country else ""
    text = "\n".join(part for part in (address, abroad, tax_id) if part)
    return sheet.paragraph(LEFT, y + 0.6, text, width=_HALF, size=8.5)


def _draw_sum(sheet: Sheet, y: float, opening: Opening) -> float:
    sheet.text_at(_RIGHT_HALF, y, opening.sum_label, size=7.5, strong=True, colour=MUTED)
    width = RIGHT - _RIGHT_HALF
    y = sheet.paragraph(_RIGHT_HALF, y + 4.2, opening.sum, width=width, size=17, strong=True)
    return sheet.paragraph(_RIGHT_HALF, y, opening.below_sum, width=width, size=9, colour=MUTED)
