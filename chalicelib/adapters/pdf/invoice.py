"""An invoice as PDF. The same invoice and company give the same bytes, on any machine."""

from chalicelib.adapters.pdf.closing import draw_notes, draw_payment, draw_sums
from chalicelib.adapters.pdf.document import NO_MARK, Mark, Opening, open_sheet, seller_of
from chalicelib.adapters.pdf.opening import draw_opening
from chalicelib.adapters.pdf.page import VOID_MARK
from chalicelib.adapters.pdf.table import draw_lines
from chalicelib.adapters.words import Words, words_in
from chalicelib.adapters.words.early_payment import offer_as_issued
from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company
from chalicelib.domain.formatting import amount, long_date
from chalicelib.domain.invoice import Invoice


def draw_invoice(invoice: Invoice, company: Company, logo: bytes | None = None) -> bytes:
    """Return the document; drafts and void invoices carry a mark across each page."""
    words = words_in(invoice.language)
    sheet = open_sheet(
        invoice,
        company,
        words,
        name=f"{words.invoice} {invoice.number or words.draft}",
        made_at=invoice.issued_at or invoice.created_at,
        mark=_mark(invoice, words),
    )
    sheet.logo = logo
    y = draw_opening(sheet, _opening(invoice, company, words), company, words)
    y = draw_lines(sheet, y, invoice, words)
    y = draw_sums(sheet, y, invoice, words)
    if invoice.number and invoice.state != "void" and invoice.total_minor:
        y = draw_payment(sheet, y, invoice, company, words)
    if invoice.notes and invoice.notes.strip():
        draw_notes(sheet, y, invoice.notes, words.notes)
    return bytes(sheet.output())


def _mark(invoice: Invoice, words: Words) -> Mark:
    if invoice.state == "void":
        return Mark(words.void, VOID_MARK)
    return Mark(words.draft) if invoice.number is None else NO_MARK


def _opening(invoice: Invoice, company: Company, words: Words) -> Opening:
    return Opening(
        title=words.invoice,
        facts=_facts(invoice, words),
        seller=seller_of(invoice, company),
        customer=invoice.customer,
        sum_label=words.total if invoice.state == "void" else words.total_to_pay,
        sum=amount(invoice.total_minor, invoice.currency, invoice.language),
        below_sum=_until(invoice, company, words),
    )


def _facts(invoice: Invoice, words: Words) -> list[tuple[str, str]]:
    facts = [(words.number, invoice.number or words.draft)]
    if invoice.issue_date:
        facts.append((words.issued, long_date(invoice.issue_date, invoice.language)))
    if invoice.due_date:
        facts.append((words.due, long_date(invoice.due_date, invoice.language)))
    if invoice.purchase_order:
        facts.append((words.purchase_order, invoice.purchase_order))
    return [*facts, (words.currency, invoice.currency)]


def _until(invoice: Invoice, company: Company, words: Words) -> str:
    if invoice.state == "void" and invoice.voided_at:
        day = local_date(invoice.voided_at, company.time_zone)
        return words.void_on.format(date=long_date(day, invoice.language))
    if invoice.state == "void" or invoice.due_date is None:
        return ""
    due = words.due_on.format(date=long_date(invoice.due_date, invoice.language))
    return "\n".join(line for line in (due, offer_as_issued(invoice)) if line)
