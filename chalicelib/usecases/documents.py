"""The PDF of an invoice: made once when issued, then kept for good."""

from chalicelib.domain.company import Company
from chalicelib.domain.errors import NotFound
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.desk import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import invoice_ref


def read_invoice_pdf(ports: Ports, invoice_id: str) -> tuple[str, bytes]:
    """Return the file name and the PDF of an invoice; that of a draft is marked as one."""
    invoice = ports.store.get(invoice_ref(invoice_id))
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    name = f"{invoice.number or 'borrador'}.pdf"
    return name, invoice_document(ports, invoice, company_of(ports))


def invoice_document(ports: Ports, invoice: Invoice, company: Company) -> bytes:
    """Return the stored PDF; make and store it the first time.

    The key carries the document's hash, so a stored file can never belong to other contents. A
    void invoice has a file of its own, and drafts are made anew each time.
    """
    if invoice.hash is None:
        return ports.writer.invoice_pdf(invoice, company)
    suffix = "-void" if invoice.state == "void" else ""
    key = f"invoices/{invoice.series}/{invoice.number}-{invoice.hash[:16]}{suffix}.pdf"
    stored = ports.files.get(key)
    if stored is not None:
        return stored
    content = ports.writer.invoice_pdf(invoice, company)
    ports.files.put(key, content, "application/pdf")
    return content
