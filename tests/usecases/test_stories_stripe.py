"""Payments at Stripe's page from beginning to end: its real bodies, in every order and twice."""

import hashlib
import hmac
import itertools
import json
from collections.abc import Sequence
from typing import Any

import pytest

from chalicelib.adapters.providers.port import Notification
from chalicelib.domain.checkout import Checkout
from tests.adapters.setups import a_setup
from tests.adapters.stripe_bodies import a_charge, a_dispute, a_refund, an_event
from tests.builders import Book, at
from tests.checkouts import a_checkout, checkout_now
from tests.invariants import assert_books_hold
from tests.provider_story import end_of, hear

SECRET = "whsec_x"
Event = dict[str, Any]


def tell(book: Book, *events: Event, when: str = "2026-03-20") -> list[str]:
    """Deliver these events, each in a webhook of its own."""
    outcomes = []
    for event in events:
        raw = json.dumps(event).encode()
        seconds = str(int(at(when).timestamp()))
        signed = seconds.encode() + b"." + raw
        mac = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        notification = Notification(raw, {"stripe-signature": f"t={seconds},v1={mac}"}, {})
        outcomes += hear(book, "stripe", notification, a_setup(SECRET), at(when))
    return outcomes


def told(kind: str, thing: dict[str, Any], day: str) -> Event:
    """An event of a day in March."""
    name = f"evt_{kind}_{thing['id']}_{day}"
    return an_event(kind, thing, id=name, created=seconds_of(day))


def seconds_of(day: str) -> int:
    return int(at(f"2026-03-{day}").timestamp())


def an_intent(checkout: Checkout, **changes: Any) -> dict[str, Any]:
    intent = {
        "id": "pi_1",
        "object": "payment_intent",
        "amount": checkout.amount_minor,
        "amount_received": checkout.amount_minor,
        "currency": "eur",
        "metadata": {"checkout_id": checkout.id},
        "last_payment_error": None,
    }
    return intent | changes


def a_session(checkout: Checkout, **changes: Any) -> dict[str, Any]:
    session = {
        "id": "cs_1",
        "object": "checkout.session",
        "mode": "payment",
        "amount_total": checkout.amount_minor,
        "currency": "eur",
        "client_reference_id": checkout.id,
        "metadata": {"checkout_id": checkout.id},
        "payment_intent": "pi_1",
        "payment_status": "paid",
    }
    return session | changes


def paid_by_card(checkout: Checkout, **changes: Any) -> list[Event]:
    return [
        told("payment_intent.succeeded", an_intent(checkout, **changes), "03"),
        told("checkout.session.completed",
             a_session(checkout, payment_intent=changes.get("id", "pi_1")), "03"),
    ]  # fmt: skip


def a_debit(checkout: Checkout, outcome: str) -> list[Event]:
    """A SEPA debit: completed and unpaid, and days later it has arrived or not."""
    is_paid = outcome == "succeeded"
    unpaid = a_session(checkout, payment_status="unpaid")
    after = a_session(checkout, payment_status="paid" if is_paid else "unpaid")
    intent = an_intent(checkout, amount_received=checkout.amount_minor if is_paid else 0)
    kind = "payment_intent.succeeded" if is_paid else "payment_intent.payment_failed"
    return [
        told("payment_intent.processing", an_intent(checkout, amount_received=0), "03"),
        told("checkout.session.completed", unpaid, "03"),
        told(kind, intent, "08"),
        told(f"checkout.session.async_payment_{outcome}", after, "08"),
    ]


def every_order(story: Sequence[Event]) -> list[list[Event]]:
    return [list(order) for order in itertools.permutations(story)]


def test_a_card_payment_of_several_invoices_is_posted_once_in_every_order() -> None:
    for place in range(2):
        book = Book()
        invoices = [book.issued(60_000), book.issued(40_000)]
        checkout = a_checkout(book, invoices)
        order = every_order(paid_by_card(checkout))[place]

        tell(book, *order, *order)

        assert [book.invoice(one).state for one in invoices] == ["paid", "paid"]
        assert checkout_now(book, checkout).state == "paid"
        assert end_of(book)["payments"] == [("pi_1", 100_000, 0, 0)]
        assert end_of(book)["tasks"] == []


def test_a_debit_on_its_way_rests_the_chase(book: Book) -> None:
    invoice = book.issued(100_000)
    checkout = a_checkout(book, [invoice])
    processing, completed, *_ = a_debit(checkout, "succeeded")

    tell(book, completed, processing, when="2026-03-03")

    assert end_of(book)["pending"] == [("pi_1", 100_000)]
    book.remind("2026-03-04")
    assert book.messages() == []


@pytest.mark.parametrize(("outcome", "open_minor"), [("succeeded", 0), ("failed", 100_000)])
def test_a_debit_ends_the_same_way_in_every_order(outcome: str, open_minor: int) -> None:
    for place in range(24):
        book = Book()
        invoice = book.issued(100_000)
        checkout = a_checkout(book, [invoice])
        order = every_order(a_debit(checkout, outcome))[place]

        tell(book, *order, *order)

        assert_books_hold(book.fakes.table)
        end = end_of(book)
        assert book.invoice(invoice).open_minor == open_minor, place
        assert end["pending"] == [], place
        assert [what for what, _ in end["tasks"]] == (["payment_failed"] if open_minor else [])


def test_a_declined_card_and_then_another_is_one_payment_in_every_order() -> None:
    for place in range(6):
        book = Book()
        invoice = book.issued(100_000)
        checkout = a_checkout(book, [invoice])
        declined = an_intent(checkout, last_payment_error={"message": "Your card was declined."})
        failed = told("payment_intent.payment_failed", declined, "02")
        order = every_order([failed, *paid_by_card(checkout)])[place]

        tell(book, *order, *order)

        assert book.invoice(invoice).state == "paid"
        assert end_of(book)["tasks"] == [], place


@pytest.mark.parametrize("place", range(24))
def test_two_payments_for_one_invoice_leave_a_credit_in_every_order(book: Book, place: int) -> None:
    invoice = book.issued(100_000)
    checkout = a_checkout(book, [invoice])
    story = [*paid_by_card(checkout), *paid_by_card(checkout, id="pi_2")]
    story[3]["id"] += "_2"
    order = every_order(story)[place]

    tell(book, *order, *order)

    assert book.invoice(invoice).state == "paid"
    end = end_of(book)
    assert end["unapplied"] == 100_000
    assert end["tasks"] == [("payment_excess", 100_000)]


def refunded_and_disputed(verdict: str) -> list[Event]:
    """210.00 refunded, then the rest disputed and decided."""
    refund = a_refund(id="re_1", created=seconds_of("05"))
    dispute = a_dispute(created=seconds_of("07"))
    return [
        told("charge.refunded", a_charge(), "05"),
        told("refund.created", refund, "05"),
        told("charge.dispute.created", dispute, "07"),
        told("charge.dispute.closed", dispute | {"status": verdict}, "12"),
    ]


@pytest.mark.parametrize(("verdict", "open_minor"), [("won", 21_000), ("lost", 121_000)])
def test_a_refund_and_a_dispute_end_in_the_same_books_in_every_order(
    verdict: str, open_minor: int
) -> None:
    for place in range(0, 120, 3):  # the rest differ in ways that are tried with the facts
        book = Book()
        invoice = book.issued(121_000)
        checkout = a_checkout(book, [invoice])
        story = [paid_by_card(checkout)[0], *refunded_and_disputed(verdict)]
        order = every_order(story)[place]

        tell(book, *order, *order)

        assert_books_hold(book.fakes.table)
        assert book.invoice(invoice).open_minor == open_minor, place
        assert end_of(book)["payments"] == [("pi_1", 121_000, 0, open_minor)], place
        assert end_of(book)["rests"] == []


def test_a_refund_that_fails_gives_the_money_back_to_the_invoice_in_every_order() -> None:
    for place in range(24):
        book = Book()
        invoice = book.issued(121_000)
        checkout = a_checkout(book, [invoice])
        refund = a_refund(id="re_1", created=seconds_of("05"))
        story = [
            paid_by_card(checkout)[0],
            told("charge.refunded", a_charge(), "05"),
            told("refund.created", refund, "05"),
            told("refund.failed", refund | {"status": "failed"}, "09"),
        ]
        order = every_order(story)[place]

        tell(book, *order, *order)

        assert book.invoice(invoice).state == "paid", place
        assert end_of(book)["payments"] == [("pi_1", 121_000, 0, 0)]


def test_an_expired_session_changes_nothing_but_the_inbox(book: Book) -> None:
    invoice = book.issued(100_000)
    checkout = a_checkout(book, [invoice])
    before = end_of(book)
    expired = a_session(checkout, payment_intent=None, payment_status="unpaid")

    assert tell(book, told("checkout.session.expired", expired, "04")) == ["ignored"]

    assert end_of(book) == before
    assert checkout_now(book, checkout).state == "open"
