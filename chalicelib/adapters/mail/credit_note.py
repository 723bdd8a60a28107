"""What the mail that carries a credit note says."""

from typing import Any

from chalicelib.adapters.mail.letter import Teller, one_line
from chalicelib.adapters.words import words_in
from chalicelib.domain.credit_note import CreditNote


def credit_note_facts(note: CreditNote) -> dict[str, Any]:
    """Return the names that the credit note templates may use."""
    words = words_in(note.language)
    teller = Teller(note.currency, note.language, note.issue_date, words)
    credit_minor = note.total_minor - note.applied_minor
    return {
        "words": words,
        "language": note.language,
        "customer_name": one_line(note.customer.name),
        "number": one_line(note.number),
        "invoice_number": one_line(note.invoice_number),
        "issued_on": teller.day(note.issue_date),
        "reason": one_line(note.reason),
        "total": teller.money(note.total_minor),
        "applied": teller.money(note.applied_minor) if note.applied_minor else None,
        "credit": teller.money(credit_minor) if credit_minor else None,
        "unapplied": None,
        "rows": [],
        "more": None,
        "sums": [],
        "payment": None,
    }
