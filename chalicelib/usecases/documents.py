"""The PDF of an invoice or a credit note: made once when issued, then kept for good."""

from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote, Document
from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import credit_note_ref, invoice_ref


def read_invoice_pdf(ports: Ports, invoice_id: str) -> tuple[str, bytes]:
    """Return the file name and the PDF of an invoice; that of a draft is marked as one.

    StateConflict for an invoice that was issued elsewhere.
    """
    invoice = ports.store.get(invoice_ref(invoice_id))
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    name = f"{invoice.number or 'borrador'}.pdf"
    if invoice.is_imported:
        raise StateConflict(
            f"Invoice {invoice.number} was issued elsewhere; its PDF is there.",
            code="issued_elsewhere",
        )
    return name, stored_pdf(ports, invoice, company_of(ports))


def read_credit_note_pdf(ports: Ports, note_id: str) -> tuple[str, bytes]:
    """Return the file name and the PDF of a credit note. NotFound."""
    note = ports.store.get(credit_note_ref(note_id))
    if note is None:
        raise NotFound("credit note", note_id)
    return f"{note.number}.pdf", stored_pdf(ports, note, company_of(ports))


def stored_pdf(ports: Ports, document: Document, company: Company) -> bytes:
    """Return the stored PDF; make and store it the first time.

    The key carries the document's hash, so a stored file can never belong to other contents. A
    void invoice has a file of its own, and drafts are made anew each time.
    """
    if document.hash is None:
        return _drawn(ports, document, company)
    key = f"{_place(document)}-{document.hash[:16]}{_suffix(document)}.pdf"
    stored = ports.files.get(key)
    if stored is not None:
        return stored
    content = _drawn(ports, document, company)
    ports.files.put(key, content, "application/pdf")
    return content


def _place(document: Document) -> str:
    folder = "credit-notes" if isinstance(document, CreditNote) else "invoices"
    return f"{folder}/{document.series}/{document.number}"


def _suffix(document: Document) -> str:
    is_void = not isinstance(document, CreditNote) and document.state == "void"
    return "-void" if is_void else ""


def _drawn(ports: Ports, document: Document, company: Company) -> bytes:
    if isinstance(document, CreditNote):
        return ports.writer.credit_note_pdf(document, company)
    return ports.writer.invoice_pdf(document, company)
