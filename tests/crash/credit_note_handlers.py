"""What is crashed of credit notes and their mail, each with the book that it needs."""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.usecases.context import RepeatKey, system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.ports import MailRefused, Ports
from chalicelib.usecases.send_credit_note import (
    issue_and_send_credit_note,
    send_credit_note,
)
from tests.builders import NOON, Book, at, by_ana

Act = Callable[[Ports], object]
ANA = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
RATE = MailRefused("rate", is_temporary=True)


def _new(book: Book, amount_minor: int) -> NewCreditNote:
    invoice = book.issued(100_000)
    book.paid(70_000, wanted=[(invoice.id, 70_000)])
    return NewCreditNote(invoice_id=invoice.id, reason="x", amount_minor=amount_minor)


def issue_a_part(book: Book) -> Act:
    """Take back less than is open."""
    new = _new(book, 20_000)
    return lambda ports: issue_credit_note(ports, ANA, new)


def issue_beyond_what_is_open(book: Book) -> Act:
    """Take back more than is open: a credit remains."""
    new = _new(book, 90_000)
    return lambda ports: issue_credit_note(ports, ANA, new)


def issue_over_a_waiting_reminder(book: Book) -> Act:
    """Take back everything while a reminder waits for another attempt."""
    invoice = book.issued()
    book.fakes.mailer.faults = [RATE]
    book.remind("2026-04-06")
    context = replace(ANA, at=at("2026-04-06"))
    new = NewCreditNote(invoice_id=invoice.id, reason="x")
    return lambda ports: issue_credit_note(ports, context, new)


def issue_and_send(book: Book) -> Act:
    """Issue and queue the mail."""
    new = _new(book, 20_000)
    return lambda ports: issue_and_send_credit_note(ports, ANA, new)


def send(book: Book) -> Act:
    """Queue the mail of one that is issued."""
    note = book.credited(book.issued(), 20_000)
    return lambda ports: send_credit_note(ports, ANA, note.id, again=False)


def deliver(*faults: BaseException) -> Callable[[Book], Act]:
    """Hand the queued mail to a provider that may refuse it."""

    def arrange(book: Book) -> Act:
        note = book.credited(book.issued(), 20_000)
        send_credit_note(book.ports, by_ana(), note.id, again=False)
        book.fakes.mailer.faults = list(faults)
        return lambda ports: deliver_document(
            ports, system_context(NOON), book.customer.id, f"{note.id}-1"
        )

    return arrange
