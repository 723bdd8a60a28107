"""What the mail that carries an invoice says."""

from typing import Any

from chalicelib.adapters.mail.letter import Payment, Teller, one_line
from chalicelib.adapters.mail.reminder import payment_facts
from chalicelib.adapters.mail.sender import common_values, farewell, greeting
from chalicelib.adapters.words import words_in
from chalicelib.adapters.words.early_payment import offer_still_open
from chalicelib.adapters.words.quoting import what_to_quote
from chalicelib.adapters.words.sentences import sentences_in
from chalicelib.domain.company import Company
from chalicelib.domain.errors import InvariantBroken, known
from chalicelib.domain.invoice import Invoice


def invoice_values(invoice: Invoice, company: Company) -> dict[str, str]:
    """Return the value of each placeholder of the mail. InvariantBroken for a draft."""
    teller = _teller(invoice)
    said = sentences_in(invoice.language)
    order = one_line(invoice.purchase_order or "")
    early = offer_still_open(invoice) if invoice.is_open else None
    return {
        **common_values(
            company,
            customer=invoice.customer.name,
            contact=None,
            today=teller.today,
            language=invoice.language,
        ),
        "number": one_line(known(invoice.number)),
        "issued_on": teller.day(known(invoice.issue_date)),
        "due_date": teller.day(known(invoice.due_date)),
        "total": teller.money(invoice.total_minor),
        "amount_to_pay": teller.money(invoice.open_minor if invoice.is_open else 0),
        "what_is_owed": _what_is_owed(invoice, teller),
        "your_order": said.for_order.format(number=order) if order else "",
        "early_payment": f"{early}." if early else "",
        "payment_reference": _reference(invoice, teller),
    }


def _teller(invoice: Invoice) -> Teller:
    if invoice.number is None or invoice.issue_date is None or invoice.due_date is None:
        raise InvariantBroken(f"Invoice {invoice.id} is not issued and cannot be sent.")
    words = words_in(invoice.language)
    return Teller(invoice.currency, invoice.language, invoice.issue_date, words)


def _reference(invoice: Invoice, teller: Teller) -> str:
    return what_to_quote([one_line(known(invoice.number))], teller.words)


def _what_is_owed(invoice: Invoice, teller: Teller) -> str:
    said = sentences_in(invoice.language)
    if invoice.open_minor == 0:
        return said.invoice_paid
    is_part = invoice.open_minor < invoice.total_minor
    return (said.invoice_part if is_part else said.invoice_whole).format(
        total=teller.money(invoice.total_minor),
        amount=teller.money(invoice.open_minor),
        date=teller.day(known(invoice.due_date)),
    )


def invoice_layout(invoice: Invoice, company: Company) -> dict[str, Any]:
    """Return what the layout of the mail shows beside its words."""
    teller = _teller(invoice)
    return {
        "words": teller.words,
        "language": invoice.language,
        "greeting": greeting(teller.words, "neutral", invoice.customer.name),
        "regards": farewell(teller.words, "neutral"),
        "payment": _payment(invoice, company, teller),
    }


def _payment(invoice: Invoice, company: Company, teller: Teller) -> Payment | None:
    if not invoice.is_open or invoice.open_minor == 0:
        return None
    return Payment(
        amount=teller.money(invoice.open_minor),
        when=teller.words.due_on.format(date=teller.day(known(invoice.due_date))),
        is_overdue=False,
        facts=payment_facts(company, _reference(invoice, teller), teller),
    )
