"""The door to drawing documents: the drawing itself is loaded only when one is asked for."""

from collections.abc import Sequence

from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.legal_file import LegalClaim
from chalicelib.domain.logo import CleanImage, ImageType
from chalicelib.domain.template import Filled
from chalicelib.usecases.contents import ReminderLetter
from chalicelib.usecases.statement_letter import StatementLetter


def invoice_pdf(invoice: Invoice, company: Company, logo: bytes | None = None) -> bytes:
    """Return the invoice as PDF; a draft is marked as such, and so is a void one."""
    from chalicelib.adapters.pdf.invoice import draw_invoice  # noqa: PLC0415 - takes 0.4 s

    return draw_invoice(invoice, company, logo)


def credit_note_pdf(note: CreditNote, company: Company, logo: bytes | None = None) -> bytes:
    """Return the credit note as PDF."""
    from chalicelib.adapters.pdf.credit_note import draw_credit_note  # noqa: PLC0415 - takes 0.4 s

    return draw_credit_note(note, company, logo)


def statement_pdf(letter: StatementLetter, company: Company, logo: bytes | None = None) -> bytes:
    """Return the statement of account as PDF."""
    from chalicelib.adapters.pdf.statement import draw_statement  # noqa: PLC0415 - takes 0.4 s

    return draw_statement(letter, company, logo)


def letter_pdf(
    letter: ReminderLetter,
    company: Company,
    customer: Customer,
    words: Filled,
    logo: bytes | None = None,
) -> bytes:
    """Return a reminder as a letter on paper, with these words."""
    from chalicelib.adapters.pdf.letter import draw_letter  # noqa: PLC0415 - takes 0.4 s

    return draw_letter(letter, company, customer, words, logo)


def clean_image(content: bytes, content_type: ImageType) -> CleanImage:
    """Return a picture written anew from its pixels. InvalidField when it is damaged."""
    from chalicelib.adapters import logo_image  # noqa: PLC0415 - takes 0.1 s

    return logo_image.clean_image(content, content_type)


def qr_svg(payload: str) -> str:
    """Return the QR code of a payment as an SVG element."""
    from chalicelib.adapters.pdf import payment_code  # noqa: PLC0415 - takes 0.03 s

    return payment_code.qr_svg(payload)


def joined_pdf(documents: Sequence[bytes]) -> bytes:
    """Return PDFs one after the other, each beginning on a sheet of its own."""
    from chalicelib.adapters.pdf.joining import join  # noqa: PLC0415 - takes 0.2 s

    return join(documents)


def legal_cover_pdf(claim: LegalClaim, company: Company) -> bytes:
    """Return the cover of a pre-legal file."""
    from chalicelib.adapters.pdf.legal_cover import (  # noqa: PLC0415 - takes 0.4 s
        draw_legal_cover,
    )

    return draw_legal_cover(claim, company)
