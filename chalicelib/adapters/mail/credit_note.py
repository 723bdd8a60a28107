"""What the mail that carries a credit note says."""

from typing import Any

from chalicelib.adapters.mail.letter import Teller, one_line
from chalicelib.adapters.mail.sender import common_values, farewell, greeting
from chalicelib.adapters.words import words_in
from chalicelib.adapters.words.sentences import sentences_in
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote


def credit_note_values(note: CreditNote, company: Company) -> dict[str, str]:
    """Return the value of each placeholder of the mail."""
    teller = Teller(note.currency, note.language, note.issue_date, words_in(note.language))
    return {
        **common_values(
            company,
            customer=note.customer.name,
            contact=None,
            today=note.issue_date,
            language=note.language,
        ),
        "number": one_line(note.number),
        "issued_on": teller.day(note.issue_date),
        "total": teller.money(note.total_minor),
        "invoice_number": one_line(note.invoice_number),
        "reason": one_line(note.reason),
        "what_it_settles": _what_it_settles(note, teller),
    }


def _what_it_settles(note: CreditNote, teller: Teller) -> str:
    said = sentences_in(note.language)
    credit_minor = note.total_minor - note.applied_minor
    if note.applied_minor and credit_minor:
        sentence = said.credit_both
    else:
        sentence = said.credit_applied if note.applied_minor else said.credit_left
    return sentence.format(
        number=one_line(note.invoice_number),
        applied=teller.money(note.applied_minor),
        credit=teller.money(credit_minor),
    )


def credit_note_layout(note: CreditNote) -> dict[str, Any]:
    """Return what the layout of the mail shows beside its words."""
    words = words_in(note.language)
    return {
        "words": words,
        "language": note.language,
        "greeting": greeting(words, "neutral", note.customer.name),
        "regards": farewell(words, "neutral"),
    }
