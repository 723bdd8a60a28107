"""The door to drawing documents: the drawing itself is loaded only when one is asked for."""

from chalicelib.domain.company import Company
from chalicelib.domain.invoice import Invoice


def invoice_pdf(invoice: Invoice, company: Company) -> bytes:
    """Return the invoice as PDF; a draft is marked as such, and so is a void one."""
    from chalicelib.adapters.pdf.invoice import draw_invoice  # noqa: PLC0415 - takes 0.4 s

    return draw_invoice(invoice, company)
