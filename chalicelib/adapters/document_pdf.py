"""The door to drawing documents: the drawing itself is loaded only when one is asked for."""

from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.invoice import Invoice


def invoice_pdf(invoice: Invoice, company: Company) -> bytes:
    """Return the invoice as PDF; a draft is marked as such, and so is a void one."""
    from chalicelib.adapters.pdf.invoice import draw_invoice  # noqa: PLC0415 - takes 0.4 s

    return draw_invoice(invoice, company)


def credit_note_pdf(note: CreditNote, company: Company) -> bytes:
    """Return the credit note as PDF."""
    from chalicelib.adapters.pdf.credit_note import draw_credit_note  # noqa: PLC0415 - takes 0.4 s

    return draw_credit_note(note, company)
