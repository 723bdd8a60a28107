"""What every document has, whatever kind it is: the sheet it is drawn on, and how it begins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.adapters.pdf.page import MARK, Colour, Running, Sheet, colour_of
from chalicelib.adapters.pdf.typeface import typeface_for
from chalicelib.adapters.words import Words
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import Document
from chalicelib.domain.customer import Party

_FINGERPRINT: Final = 16  # enough of the SHA-256 to recognise a document by


class Mark(NamedTuple):
    """A word across every page."""

    text: str = ""
    colour: Colour = MARK


NO_MARK: Final = Mark()


class Opening(NamedTuple):
    """The head of the first page. The first of the facts is the number; the sum stands out."""

    title: str
    facts: Sequence[tuple[str, str]]
    seller: Party
    customer: Party
    sum_label: str
    sum: str
    below_sum: str


def open_sheet(
    document: Document,
    company: Company,
    words: Words,
    *,
    name: str,
    made_at: datetime,
    mark: Mark = NO_MARK,
) -> Sheet:
    """Return a sheet with its first page; ``name`` is the document's, as in ``Factura A-000127``.

    The same document and company give the same sheet, whenever it is drawn.
    """
    sheet = Sheet(
        typeface=typeface_for(document.model_dump_json() + company.model_dump_json()),
        running=_running(document, company, words, name, mark),
        made_at=made_at,
    )
    sheet.set_title(name)
    sheet.set_author(company.name)
    sheet.set_creator("Saldo")
    sheet.set_producer("Saldo")
    sheet.set_lang(document.language)
    sheet.add_page()
    return sheet


def _running(document: Document, company: Company, words: Words, name: str, mark: Mark) -> Running:
    fingerprint = (document.hash or "")[:_FINGERPRINT]
    return Running(
        head=f"{seller_of(document, company).name} · {name}",
        page=words.page,
        foot=company.invoice_footer or "",
        fingerprint=words.fingerprint.format(hash=fingerprint) if fingerprint else "",
        mark=mark.text.upper(),
        mark_colour=mark.colour,
        accent=colour_of(company.accent),
    )


def seller_of(document: Document, company: Company) -> Party:
    """Return the seller as frozen at issue; on a draft, as the company is now."""
    return document.seller or company.on_document()
