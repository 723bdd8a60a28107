"""What is crashed of pauses, hand-overs and pre-legal files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.usecases.build_legal_file import build_legal_file
from chalicelib.usecases.context import RepeatKey, system_context
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.handovers import (
    NewHandover,
    close_handover,
    hand_over_invoices,
    take_back,
)
from chalicelib.usecases.holds import HoldChange, NewHold, change_hold, lift_hold, make_hold
from chalicelib.usecases.legal_files import request_legal_file
from chalicelib.usecases.ports import MailRefused, Ports
from chalicelib.usecases.record_payment import NewPayment, record_payment
from tests.builders import NOON, Book, at, by_ana

Act = Callable[[Ports], object]
ANA = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
FRIDAY = date(2026, 4, 10)
REMINDER_DAY = at("2026-04-06")


def _new_hold(book: Book) -> NewHold:
    return NewHold(customer_id=book.customer.id, currency="EUR", until=FRIDAY, reason="agreed")


def _held(book: Book) -> Hold:
    book.issued()
    return make_hold(book.ports, by_ana(), _new_hold(book))


def pause(book: Book) -> Act:
    """Pause a customer of whom a reminder waits for another attempt."""
    book.issued()
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)]
    book.remind(REMINDER_DAY)
    new = _new_hold(book)
    return lambda ports: make_hold(ports, ANA, new)


def extend(book: Book) -> Act:
    """Give a pause another last day."""
    name = _held(book).id
    change = HoldChange(until=date(2026, 4, 17))
    return lambda ports: change_hold(ports, ANA, name, change)


def lift(book: Book) -> Act:
    """End a pause."""
    name = _held(book).id
    return lambda ports: lift_hold(ports, ANA, name)


def end_pauses(book: Book) -> Act:
    """The last day of a pause has passed."""
    _held(book)
    return lambda ports: end_rests(ports, system_context(at("2026-04-13")))


def _new_handover(book: Book) -> NewHandover:
    return NewHandover(customer_id=book.customer.id, currency="EUR", to_name="Bufete Serra")


def _handed(book: Book) -> Handover:
    book.issued()
    return hand_over_invoices(book.ports, by_ana(), _new_handover(book))


def hand_over(book: Book) -> Act:
    """Hand two invoices over."""
    book.issued()
    book.issued()
    new = _new_handover(book)
    return lambda ports: hand_over_invoices(ports, ANA, new)


def give_back(book: Book) -> Act:
    """Take invoices back."""
    name = _handed(book).id
    return lambda ports: take_back(ports, ANA, name)


def close_case(book: Book) -> Act:
    """Close a case that was paid."""
    name = _handed(book).id
    book.paid(100_000)
    return lambda ports: close_handover(ports, ANA, name)


def pay_lawyers_case(book: Book) -> Act:
    """Money comes in on what lawyers have."""
    _handed(book)
    new = NewPayment(
        customer_id=book.customer.id, amount_minor=60_000, currency="EUR",
        received_on=NOON.date(), method="transfer",
    )  # fmt: skip
    return lambda ports: record_payment(ports, ANA, new)


def ask_for_file(book: Book) -> Act:
    """Ask for a pre-legal file."""
    named = [book.issued().id]
    of = book.customer.id
    return lambda ports: request_legal_file(ports, ANA, of, "EUR", named)


def build_file(book: Book) -> Act:
    """Put a pre-legal file together, with a mail in it."""
    book.issued()
    book.remind(REMINDER_DAY)
    file = request_legal_file(book.ports, by_ana(REMINDER_DAY), book.customer.id, "EUR", [])
    book.fakes.queues.take()
    return lambda ports: build_legal_file(ports, system_context(REMINDER_DAY), file.id)


HANDLERS: dict[str, Callable[[Book], Act]] = {
    "pause": pause,
    "extend pause": extend,
    "lift pause": lift,
    "end pauses": end_pauses,
    "hand over": hand_over,
    "take back": give_back,
    "close case": close_case,
    "pay what lawyers have": pay_lawyers_case,
    "ask for legal file": ask_for_file,
    "build legal file": build_file,
}
