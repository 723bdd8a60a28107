"""What is crashed of checkouts: beginning one, posting what came of it, closing others."""

from collections.abc import Callable
from datetime import timedelta

from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.close_checkouts import close_checkouts
from chalicelib.usecases.context import system_context
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.start_checkout import start_checkout
from tests.builders import NOON, Book, a_fact, by_ana, provider_says, receive
from tests.checkouts import a_checkout, a_new_checkout

Act = Callable[[Ports], object]


def start(book: Book) -> Act:
    """Begin a checkout over two invoices."""
    invoices = [book.issued(60_000), book.issued(40_000)]
    new = a_new_checkout(book, invoices)
    return lambda ports: start_checkout(ports, by_ana(), new)


def _paying(book: Book, checkout_id: str) -> Act:
    fact = a_fact(checkout_id=checkout_id, event_id="evt_paying")
    receive(book.ports, fact)
    event = find_event(book.ports, fact.provider, fact.event_id)
    return lambda ports: apply_provider_event(ports, system_context(NOON), event, fact)


def pay_two(book: Book) -> Act:
    """Post what pays two invoices at once."""
    book.issued(60_000)
    book.issued(40_000)
    return _paying(book, a_checkout(book).id)


def pay_many(book: Book) -> Act:
    """Post what pays more invoices than one transaction holds."""
    for number in range(50):
        book.issued(2_000, series=f"S{number}", issue_date=f"2026-01-{1 + number // 2:02d}")
    return _paying(book, a_checkout(book).id)


def pay_two_after_it_was_unknown(book: Book) -> Act:
    """The first event about the money named nothing; it lies with the unidentified."""
    book.issued(60_000)
    book.issued(40_000)
    checkout = a_checkout(book)
    provider_says(book.ports, a_fact(event_id="evt_unnamed"))
    return _paying(book, checkout.id)


def pay_several_facts(book: Book) -> Act:
    """One event tells of a payment and of a part of it that went back."""
    book.issued(60_000)
    book.issued(40_000)
    facts = [
        a_fact(checkout_id=a_checkout(book).id, event_id="evt_both"),
        a_fact("refunded_so_far", amount_minor=30_000, event_id="evt_both"),
    ]
    receive(book.ports, facts[0])
    event = find_event(book.ports, "stripe", "evt_both")
    return lambda ports: apply_provider_event(ports, system_context(NOON), event, *facts)


def close(book: Book) -> Act:
    """Close the page of what was paid by transfer."""
    invoice = book.issued()
    a_checkout(book, [invoice])
    book.paid(100_000)
    at = NOON + timedelta(minutes=3)
    return lambda ports: close_checkouts(ports, system_context(at))


HANDLERS = {
    "begin a checkout": start,
    "pay two": pay_two,
    "pay many": pay_many,
    "pay two after it was unknown": pay_two_after_it_was_unknown,
    "pay and give back in one event": pay_several_facts,
    "close a checkout": close,
}
