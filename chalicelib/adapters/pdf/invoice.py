"""An invoice as PDF. The same invoice and company give the same bytes, on any machine."""

from typing import Final

from chalicelib.adapters.pdf.closing import draw_notes, draw_payment, draw_sums
from chalicelib.adapters.pdf.opening import draw_opening
from chalicelib.adapters.pdf.page import MARK, VOID_MARK, Running, Sheet, colour_of
from chalicelib.adapters.pdf.table import draw_lines
from chalicelib.adapters.pdf.typeface import typeface_for
from chalicelib.adapters.words import Words, words_in
from chalicelib.domain.company import Company
from chalicelib.domain.invoice import Invoice

_FINGERPRINT: Final = 16  # enough of the SHA-256 to recognise a document by


def draw_invoice(invoice: Invoice, company: Company) -> bytes:
    """Return the document; drafts and void invoices carry a mark across each page."""
    words = words_in(invoice.language)
    sheet = Sheet(
        typeface=typeface_for(invoice.model_dump_json() + company.model_dump_json()),
        running=_running(invoice, company, words),
        made_at=invoice.issued_at or invoice.created_at,
    )
    _describe(sheet, invoice, company, words)
    sheet.add_page()
    y = draw_opening(sheet, invoice, company, words)
    y = draw_lines(sheet, y, invoice, words)
    y = draw_sums(sheet, y, invoice, words)
    if invoice.number and invoice.state != "void" and invoice.total_minor:
        y = draw_payment(sheet, y, invoice, company, words)
    if invoice.notes and invoice.notes.strip():
        draw_notes(sheet, y, invoice.notes, words)
    return bytes(sheet.output())


def _running(invoice: Invoice, company: Company, words: Words) -> Running:
    seller = invoice.seller or company.on_document()
    is_void = invoice.state == "void"
    mark = words.void if is_void else words.draft if invoice.number is None else ""
    return Running(
        head=f"{seller.name} · {words.invoice} {invoice.number or words.draft}",
        page=words.page,
        foot=company.invoice_footer or "",
        fingerprint=words.fingerprint.format(hash=(invoice.hash or "")[:_FINGERPRINT])
        if invoice.hash
        else "",
        mark=mark.upper(),
        mark_colour=VOID_MARK if is_void else MARK,
        accent=colour_of(company.accent),
    )


def _describe(sheet: Sheet, invoice: Invoice, company: Company, words: Words) -> None:
    sheet.set_title(f"{words.invoice} {invoice.number or words.draft}")
    sheet.set_author(company.name)
    sheet.set_creator("Saldo")
    sheet.set_producer("Saldo")
    sheet.set_lang(invoice.language)
