"""What is crashed of claims by step: a reminder that claims, and a claim nobody heard of."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.usecases.context import system_context
from chalicelib.usecases.ports import MailRefused, Ports
from chalicelib.usecases.send_reminder import send_reminder
from chalicelib.usecases.waive_unsent import waive_unsent
from tests.builders import Book, at
from tests.usecases.charging import AGAIN, CLAIMS, climbs

Act = Callable[[Ports], object]
MARCH, APRIL = at("2026-03-06T09:00"), at("2026-04-06T09:00")
"""Thirty days after 4 February, and the first working day that is sixty days after it."""

RATE = MailRefused("rate", is_temporary=True)


def _two_late(book: Book) -> None:
    climbs(book, CLAIMS, AGAIN)
    for due_date in ("2026-02-04", "2026-03-04"):
        book.issued(121_000, issue_date="2026-01-20", due_date=due_date)


def remind(when: datetime, *faults: BaseException) -> Callable[[Book], Act]:
    """Send a reminder whose steps claim."""

    def arrange(book: Book) -> Act:
        _two_late(book)
        book.fakes.mailer.faults = list(faults)
        return lambda ports: send_reminder(ports, system_context(when), book.customer.id, "EUR")

    return arrange


def overtake(book: Book) -> Act:
    """Send a reminder that overtakes one that had claimed and was refused."""
    remind(MARCH, RATE)(book)(book.ports)
    return lambda ports: send_reminder(ports, system_context(APRIL), book.customer.id, "EUR")


def end_unsent(book: Book) -> Act:
    """Write down that what a reminder claimed is waived, since money came before it went out."""
    remind(MARCH, RATE)(book)(book.ports)
    book.paid(242_000, when=MARCH)
    (message,) = book.messages()
    facts = {"customer_id": message.customer_id, "message_id": message.id}
    return lambda ports: waive_unsent(ports, system_context(APRIL), facts)


HANDLERS: dict[str, Callable[[Book], Act]] = {
    "remind and claim": remind(APRIL),
    "remind and claim, refused": remind(APRIL, RATE),
    "overtake a claim": overtake,
    "end an unsent claim": end_unsent,
}
