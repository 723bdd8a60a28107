"""The tick and the sweeper: what they queue, how often, and what they leave alone."""

import json

import pytest

from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.contents import OutgoingMail
from chalicelib.usecases.context import system_context
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.sweep import sweep
from chalicelib.usecases.tick import queue_due_reminders
from tests.builders import NOON, Book, a_customer, a_fact, an_issued_invoice, at, by_ana, receive


def tick(book: Book, when: str) -> int:
    return queue_due_reminders(book.ports, system_context(at(when)))


def test_the_tick_queues_every_account_that_is_due_ten_a_message(book: Book) -> None:
    for number in range(23):
        customer = a_customer(book.ports, name=f"Cliente {number}")
        an_issued_invoice(book.ports, customer.id, due_date="2026-04-01")
    an_issued_invoice(book.ports, book.customer.id, due_date="2026-09-01")

    queued = tick(book, "2026-03-30T07:00")

    bodies = book.fakes.queues.bodies("reminders")
    assert queued == 23
    assert [len(body["accounts"]) for body in bodies] == [10, 10, 3]
    assert {body["time"] for body in bodies} == {"2026-03-30T07:00:00Z"}
    accounts = {tuple(account) for body in bodies for account in body["accounts"]}
    assert len(accounts) == 23
    assert (book.customer.id, "EUR") not in accounts


def test_the_tick_spreads_mails_to_the_rate_of_the_provider(book: Book) -> None:
    for number in range(35):
        customer = a_customer(book.ports, name=f"Cliente {number}")
        an_issued_invoice(book.ports, customer.id, due_date="2026-04-01")
    context = system_context(at("2026-03-30T07:00"))
    book.fakes.queues.delays.clear()

    assert queue_due_reminders(book.ports, context, mails_a_second=2) == 35
    assert book.fakes.queues.delays == [0, 5, 10, 15]


def test_what_does_not_leave_before_the_next_tick_is_left_for_it(book: Book) -> None:
    for number in range(35):
        customer = a_customer(book.ports, name=f"Cliente {number}")
        an_issued_invoice(book.ports, customer.id, due_date="2026-04-01")
    context = system_context(at("2026-03-30T07:00"))
    book.fakes.queues.take()
    book.fakes.queues.delays.clear()

    assert queue_due_reminders(book.ports, context, mails_a_second=0.03) == 27
    assert [len(body["accounts"]) for body in book.fakes.queues.bodies("reminders")] == [10, 10, 7]
    assert book.fakes.queues.delays == [0, 333, 666]


def test_the_tick_asks_for_due_or_overdue_never_for_today(book: Book) -> None:
    book.issued()

    queued = [
        tick(book, when)
        for when in ("2026-03-30T06:59", "2026-03-30T07:00", "2026-06-30", "2029-01-01")
    ]

    assert queued == [0, 1, 1, 1]


def test_a_tick_changes_nothing_and_an_account_with_nothing_due_costs_nothing(book: Book) -> None:
    book.issued()
    before = book.snapshot()

    assert tick(book, "2026-03-02") == 0
    assert tick(book, "2026-04-30") == 1

    assert book.snapshot() == before


def test_the_tick_follows_the_pages_of_its_index(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        customer = a_customer(book.ports, name=f"Cliente {number}")
        an_issued_invoice(book.ports, customer.id)
    monkeypatch.setattr("chalicelib.usecases.tick._PAGE", 1)

    assert tick(book, "2026-04-06") == 7


def test_the_sweeper_queues_what_a_crash_left_behind_and_nothing_younger(book: Book) -> None:
    invoice = book.issued()
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    receive(book.ports, a_fact())
    book.fakes.queues.take()  # as if the process had died between commit and queue

    young = sweep(book.ports, system_context(at("2026-03-02T11:01")))
    assert (young, book.fakes.queues.messages) == (
        {"messages": 0, "events": 0, "uncertain": 0},
        [],
    )
    counts = sweep(book.ports, system_context(at("2026-03-02T11:03")))

    assert counts == {"messages": 1, "events": 1, "uncertain": 0}
    queues = [queue for queue, _ in book.fakes.queues.messages]
    assert queues == ["mail", "provider_events"]


def test_the_sweeper_trusts_no_index_that_lags_behind(book: Book) -> None:
    receive(book.ports, a_fact())
    book.fakes.table.lag = 100
    event = find_event(book.ports, "stripe", "evt_paid")
    apply_provider_event(book.ports, system_context(NOON), event, a_fact())
    book.fakes.queues.take()
    before = book.snapshot()

    sweep(book.ports, system_context(at("2026-03-03")))

    assert book.fakes.queues.messages == []
    assert book.snapshot() == before


def test_a_sent_message_that_an_index_still_shows_as_claimed_stays_sent(book: Book) -> None:
    book.issued()

    def lag(_: OutgoingMail) -> None:
        book.fakes.table.lag = 100

    book.fakes.mailer.before = lag
    book.remind("2026-04-06")
    before = book.snapshot()

    counts = sweep(book.ports, system_context(at("2026-04-06T12:00")))

    assert counts["uncertain"] == 1  # as far as the index knows
    assert book.snapshot() == before


def test_a_mail_that_is_queued_again_by_the_sweeper_is_the_same_mail(book: Book) -> None:
    send_invoice(book.ports, by_ana(), book.issued().id, again=False)

    sweep(book.ports, system_context(at("2026-03-03")))

    bodies = [body for _, body in book.fakes.queues.messages]
    assert len(bodies) == 2
    assert json.loads(bodies[0]) == json.loads(bodies[1])
