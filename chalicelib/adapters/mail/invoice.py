"""What the mail that carries an invoice says."""

from datetime import date
from typing import Any

from chalicelib.adapters.mail.letter import Payment, Teller, one_line
from chalicelib.adapters.mail.reminder import payment_facts
from chalicelib.adapters.words import words_in
from chalicelib.adapters.words.early_payment import offer_still_open
from chalicelib.domain.company import Company
from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.invoice import Invoice


def invoice_facts(invoice: Invoice, company: Company) -> dict[str, Any]:
    """Return the names that the invoice templates may use."""
    if invoice.number is None or invoice.issue_date is None or invoice.due_date is None:
        raise InvariantBroken(f"Invoice {invoice.id} is not issued and cannot be sent.")
    words = words_in(invoice.language)
    teller = Teller(invoice.currency, invoice.language, invoice.issue_date, words)
    is_part = 0 < invoice.open_minor < invoice.total_minor
    return {
        "words": words,
        "language": invoice.language,
        "customer_name": one_line(invoice.customer.name),
        "number": one_line(invoice.number),
        "purchase_order": one_line(invoice.purchase_order or "") or None,
        "issued_on": teller.day(invoice.issue_date),
        "due_on": teller.day(invoice.due_date),
        "total": teller.money(invoice.total_minor),
        "open": teller.money(invoice.open_minor) if is_part else None,
        "is_paid": invoice.open_minor == 0,
        "early_payment": offer_still_open(invoice) if invoice.is_open else None,
        "unapplied": None,
        "rows": [],
        "more": None,
        "sums": [],
        "payment": _payment(invoice, company, teller, invoice.due_date),
    }


def _payment(invoice: Invoice, company: Company, teller: Teller, due_date: date) -> Payment | None:
    if not invoice.is_open or invoice.open_minor == 0:
        return None
    return Payment(
        amount=teller.money(invoice.open_minor),
        when=teller.words.due_on.format(date=teller.day(due_date)),
        is_overdue=False,
        facts=payment_facts(company, one_line(invoice.number or ""), teller),
    )
