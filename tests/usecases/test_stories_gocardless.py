"""Direct debits from beginning to end: whatever GoCardless tells, in every order and twice."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.checkout import Checkout
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.context import system_context
from chalicelib.usecases.provider_ports import COMPARED
from chalicelib.usecases.receive_provider_event import receive_provider_event
from tests.adapters.gocardless_api import Debit, a_webhook
from tests.builders import Book, at
from tests.checkouts import a_checkout, checkout_now
from tests.invariants import assert_books_hold
from tests.provider_story import end_of, hear

Event = dict[str, Any]


def a_debit(book: Book, invoices: Sequence[Invoice]) -> tuple[Checkout, Debit]:
    checkout = a_checkout(book, invoices, provider="gocardless")
    metadata = {"checkout_id": checkout.id}
    return checkout, Debit(metadata=metadata, amount=checkout.amount_minor)


def tell(book: Book, debit: Debit, *events: Event, when: str = "2026-03-20") -> list[str]:
    """Deliver events in one webhook; what they are about is as it is by now."""
    return hear(book, "gocardless", a_webhook(*events), debit.setup, at(when))


def test_a_debit_rests_the_chase_for_days_and_then_is_paid(book: Book) -> None:
    invoice = book.issued(100_000)
    checkout, debit = a_debit(book, [invoice])
    assert tell(book, debit, debit.happens("created", "2026-03-02"), when="2026-03-02") == [
        "rests the chase"
    ]
    assert book.account().pending_on(invoice.id, at("2026-03-04")) == 100_000
    book.remind("2026-03-04")
    assert book.messages() == []

    tell(book, debit, debit.happens("confirmed", "2026-03-06"), when="2026-03-06")

    assert book.invoice(invoice).state == "paid"
    assert checkout_now(book, checkout).state == "paid"
    assert end_of(book) == {
        "open": [],
        "unapplied": 0,
        "pending": [],
        "rests": [],
        "payments": [("PM123", 100_000, 0, 0)],
        "tasks": [],
    }


def test_a_debit_of_several_invoices_settles_them_all(book: Book) -> None:
    invoices = [book.issued(60_000), book.issued(40_000)]
    _, debit = a_debit(book, invoices)

    tell(book, debit, debit.happens("confirmed", "2026-03-06"))

    assert [book.invoice(one).state for one in invoices] == ["paid", "paid"]


def test_several_events_in_one_webhook_are_each_worked_on(book: Book) -> None:
    invoice = book.issued(100_000)
    _, debit = a_debit(book, [invoice])
    events = [
        debit.happens("created", "2026-03-02"),
        debit.happens("submitted", "2026-03-03"),
        debit.happens("confirmed", "2026-03-06"),
    ]

    outcomes = tell(book, debit, *events)

    assert len(outcomes) == 3
    assert outcomes[0].startswith("posted pay_")
    assert outcomes[1:] == ["known already", "known already"]
    assert tell(book, debit, *events) == outcomes


def test_a_failed_debit_lets_the_chase_go_on(book: Book) -> None:
    invoice = book.issued(100_000)
    _, debit = a_debit(book, [invoice])
    tell(book, debit, debit.happens("created", "2026-03-02"), when="2026-03-02")

    tell(book, debit, debit.happens("failed", "2026-03-05"), when="2026-03-05")

    end = end_of(book)
    assert end["tasks"] == [("payment_failed", 100_000)]
    assert end["pending"] == []
    book.remind("2026-06-01")
    assert [message.invoice_ids for message in book.messages()] == [(invoice.id,)]


def test_a_late_failure_opens_the_invoice_again_and_the_chase_goes_on(book: Book) -> None:
    invoice = book.issued(100_000)
    _, debit = a_debit(book, [invoice])
    tell(book, debit, debit.happens("confirmed", "2026-03-06"), when="2026-03-06")
    tell(book, debit, debit.happens("paid_out", "2026-03-09"), when="2026-03-09")
    assert book.invoice(invoice).state == "paid"

    tell(book, debit, debit.happens("failed", "2026-03-12"), when="2026-03-12")
    tell(book, debit, debit.happens("late_failure_settled", "2026-03-13"), when="2026-03-13")

    assert book.invoice(invoice).open_minor == 100_000
    end = end_of(book)
    assert end["payments"] == [("PM123", 100_000, 0, 100_000)]
    assert end["tasks"] == [("chargeback_lost", 100_000)]
    assert end["rests"] == []
    book.remind("2026-06-01")
    assert [message.invoice_ids for message in book.messages()] == [(invoice.id,)]


STORIES: dict[str, tuple[list[tuple[str, str]], int, list[str]]] = {
    "paid": (
        [("created", "02"), ("submitted", "03"), ("confirmed", "06"), ("paid_out", "09")],
        0,
        [],
    ),
    "failed": ([("created", "02"), ("submitted", "03"), ("failed", "06")], 100_000,
               ["payment_failed"]),
    "retried": (
        [("submitted", "02"), ("failed", "05"), ("resubmission_requested", "06"),
         ("confirmed", "10")],
        0,
        [],
    ),
    "failed late": (
        [("submitted", "02"), ("confirmed", "06"), ("failed", "10"),
         ("late_failure_settled", "11")],
        100_000,
        ["chargeback_lost"],
    ),
    "failed late and retried": (
        [("confirmed", "06"), ("failed", "10"), ("resubmission_requested", "11"),
         ("confirmed", "14")],
        0,
        [],
    ),
    "charged back": (
        [("confirmed", "06"), ("paid_out", "08"), ("charged_back", "10"),
         ("chargeback_settled", "12")],
        100_000,
        ["chargeback_lost"],
    ),
    "charged back and called off": (
        [("confirmed", "06"), ("paid_out", "08"), ("charged_back", "10"),
         ("chargeback_cancelled", "12")],
        0,
        [],
    ),
    "approval denied": (
        [("created", "02"), ("customer_approval_denied", "03")], 100_000, ["payment_failed"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("is_told_late", [False, True], ids=["as it happens", "when all is over"])
def test_every_order_of_a_story_ends_in_the_same_books(name: str, is_told_late: bool) -> None:
    story, open_minor, tasks = STORIES[name]
    for order in itertools.permutations(range(len(story))):
        book = Book()
        invoice = book.issued(100_000)
        checkout, _ = a_debit(book, [invoice])

        happened = len(story) if is_told_late else 0
        for number in (*order, *order):
            happened = max(happened, number + 1)
            debit = until(checkout, story[:happened])
            tell(book, debit, debit.events[number])

        assert_books_hold(book.fakes.table)
        assert book.invoice(invoice).open_minor == open_minor, order
        end = end_of(book)
        assert [what for what, _ in end["tasks"]] == tasks, order
        assert (end["unapplied"], end["pending"], end["rests"]) == (0, [], []), order


def until(checkout: Checkout, story: list[tuple[str, str]]) -> Debit:
    """The debit as GoCardless shows it after so much of its story."""
    debit = Debit(metadata={"checkout_id": checkout.id}, amount=checkout.amount_minor)
    for action, day in story:
        debit.happens(action, f"2026-03-{day}")
    return debit


REFUNDED = [("created", "10", "RF1"), ("paid", "11", "RF1"), ("created", "12", "RF2"),
            ("failed", "14", "RF2")]  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(range(5))))
def test_refunds_end_in_the_same_books_in_every_order(book: Book, order: tuple[int, ...]) -> None:
    invoice = book.issued(100_000)
    _, debit = a_debit(book, [invoice])
    events = [debit.happens("confirmed", "2026-03-06")]
    for action, day, name in REFUNDED:
        amount = 30_000 if name == "RF1" else 20_000
        events.append(debit.refunded(amount, action, f"2026-03-{day}", name))

    for number in (*order, *order):
        tell(book, debit, events[number])

    assert book.invoice(invoice).open_minor == 30_000
    assert end_of(book)["payments"] == [("PM123", 100_000, 0, 30_000)]
    assert end_of(book)["tasks"] == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_refunded_in_part_and_then_charged_back_no_more_goes_than_came(
    book: Book, order: tuple[int, ...]
) -> None:
    invoice = book.issued(100_000)
    _, debit = a_debit(book, [invoice])
    events = [
        debit.happens("confirmed", "2026-03-06"),
        debit.refunded(30_000, "created", "2026-03-08"),
        debit.refunded(30_000, "paid", "2026-03-09"),
        debit.happens("charged_back", "2026-03-12"),
    ]

    for number in (*order, *order):
        tell(book, debit, events[number])

    assert book.invoice(invoice).open_minor == 100_000
    assert end_of(book)["payments"] == [("PM123", 100_000, 0, 100_000)]
    assert end_of(book)["tasks"] == [("chargeback_lost", 70_000)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_paid_twice_the_second_is_the_customers_credit(book: Book, order: tuple[int, ...]) -> None:
    invoice = book.issued(100_000)
    checkout, _ = a_debit(book, [invoice])
    named = {"checkout_id": checkout.id}
    debits = [Debit("PM1", metadata=named), Debit("PM2", metadata=named)]
    events = [(debit, debit.happens("confirmed", "2026-03-06")) for debit in debits]
    events.append((debits[1], debits[1].happens("paid_out", "2026-03-09")))

    for number in (*order, *order):
        tell(book, events[number][0], events[number][1])

    assert book.invoice(invoice).state == "paid"
    end = end_of(book)
    assert end["unapplied"] == 100_000
    assert sorted(unapplied for _, _, unapplied, _ in end["payments"]) == [0, 100_000]
    assert end["tasks"] == [("payment_excess", 100_000)]


def test_a_mandate_given_at_the_page_becomes_a_debit_and_is_paid(book: Book) -> None:
    invoice = book.issued(100_000)
    checkout, debit = a_debit(book, [invoice])
    agreed = {"checkout_id": checkout.id, "amount": "100000 EUR"}
    links = {"mandate_request_mandate": "MD123"}
    debit.api.answers["GET /billing_requests/BRQ1"] = {
        "billing_requests": {"id": "BRQ1", "metadata": agreed, "links": links}
    }
    debit.api.answers["GET /payments"] = {"payments": []}
    debit.api.answers["POST /payments"] = {"payments": {"id": "PM123"}}
    fulfilled = {
        "id": "EV900",
        "created_at": datetime.now(UTC).isoformat(),
        "resource_type": "billing_requests",
        "action": "fulfilled",
        "links": {"billing_request": "BRQ1"},
    }

    tell(book, debit, fulfilled, when="2026-03-02")

    assert end_of(book)["pending"] == [("PM123", 100_000)]
    tell(book, debit, debit.happens("confirmed", "2026-03-06"))
    assert book.invoice(invoice).state == "paid"


def test_what_was_missed_is_posted_from_the_list(book: Book) -> None:
    invoice = book.issued(100_000)
    _, debit = a_debit(book, [invoice])
    debit.happens("confirmed", "2026-03-06")
    debit.refunded(30_000, "created", "2026-03-08")
    adapter = provider_of("gocardless")
    assert adapter.find is not None
    assert adapter.listed_facts is not None
    listed = adapter.find("PM123", debit.setup)
    assert listed is not None

    facts = adapter.listed_facts(listed.raw, debit.setup)
    receive_provider_event(
        book.ports, system_context(at("2026-03-20")), provider="gocardless",
        event_id="list-PM123", event_type=COMPARED, raw=listed.raw,
    )  # fmt: skip
    event = find_event(book.ports, "gocardless", "list-PM123")
    apply_provider_event(book.ports, system_context(at("2026-03-20")), event, *facts)

    assert book.invoice(invoice).open_minor == 30_000
    before = book.snapshot()
    tell(book, debit, debit.events[0])
    assert end_of(book)["payments"] == [("PM123", 100_000, 0, 30_000)]
    assert book.snapshot() != before  # the event itself is kept
