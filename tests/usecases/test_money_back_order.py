"""Refunds and disputes in any order, repeated, late and all at once."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.context import system_context
from tests.builders import (
    Book,
    at,
    fact_of,
    receive,
)
from tests.money_back import (
    dispute,
    hear,
    paid,
    refund,
    refunded,
    tasks,
    the_payment,
)

HISTORY = [
    refund("pending", 30_000),
    refunded(30_000),
    dispute("contested", "out"),
    dispute("contested", "out", "disputed", event_id="evt_withdrawn"),
    refund("failed", 30_000, "answered"),
    dispute("won", "back", "closed"),
]


@pytest.mark.parametrize("place", range(len(HISTORY) + 1))
def test_wherever_the_payment_comes_in_the_history_it_is_paid_in_the_end(
    book: Book, place: int
) -> None:
    invoice = book.issued(60_000)

    hear(book, *HISTORY[:place], paid(invoice_id=invoice.id), *HISTORY[place:])

    payment = the_payment(book)
    assert book.invoice(invoice).state == "paid"
    assert (payment.unapplied_minor, payment.returned_minor()) == (40_000, 0)
    assert book.account().rests == ()
    assert tasks(book) == [("payment_excess", 40_000)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_refunds_and_a_lost_dispute_does_not_change_the_end(
    book: Book, order: tuple[int, ...]
) -> None:
    invoice = book.issued(60_000)
    story = [
        paid(invoice_id=invoice.id),
        refunded(30_000),
        dispute("contested", "out"),
        dispute("lost", "out", "closed"),
    ]

    hear(book, *(story[number] for number in (*order, *order)))

    payment = the_payment(book)
    assert (payment.returned_minor("refunded"), payment.returned_minor("charged_back")) == (
        30_000,
        70_000,
    )
    assert book.invoice(invoice).open_minor == 60_000
    assert book.account().rests == ()
    assert tasks(book) == [("chargeback_lost", 70_000)]


def test_a_late_duplicate_of_a_refund_changes_nothing(book: Book) -> None:
    invoice = book.issued(100_000)
    fact = refunded(30_000)
    hear(book, paid(invoice_id=invoice.id))
    receive(book.ports, fact)
    fresh = find_event(book.ports, "stripe", fact.event_id)
    outcome = apply_provider_event(book.ports, system_context(fact.occurred_at), fresh, fact)
    before = book.snapshot()

    for event in (fresh, find_event(book.ports, "stripe", fact.event_id)):
        late = system_context(at("2026-04-01"))
        assert apply_provider_event(book.ports, late, event, fact) == outcome

    assert book.snapshot() == before


@pytest.mark.parametrize("seed", range(5))
def test_workers_at_once_on_all_events_of_a_payment_end_in_the_same_books(
    book: Book, seed: int
) -> None:
    invoice = book.issued(60_000)
    story = [*HISTORY, paid(invoice_id=invoice.id)]
    for fact in story:
        receive(book.ports, fact)
    events = [find_event(book.ports, "stripe", fact.event_id) for fact in story]
    order = [*events[seed:], *events[:seed], *events]

    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda event: apply_provider_event(
                    book.ports, system_context(at("2026-03-20")), event, fact_of(event)
                ),
                order,
            )
        )

    assert book.invoice(invoice).state == "paid"
    assert the_payment(book).unapplied_minor == 40_000
    assert book.account().rests == ()
