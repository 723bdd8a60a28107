"""A checkout fixes the amount, carries our name of it, and settles what it was for."""

from datetime import timedelta
from itertools import permutations

import pytest

from chalicelib.domain.checkout import Checkout
from chalicelib.domain.errors import (
    InvalidField,
    ProviderRefused,
    ProviderUnavailable,
    StateConflict,
    known,
)
from chalicelib.domain.payment import Payment
from chalicelib.domain.rf_reference import rf_reference
from chalicelib.usecases.close_checkouts import LOOK_AGAIN, close_checkouts, payers
from chalicelib.usecases.context import system_context
from chalicelib.usecases.provider_ports import Told
from tests.builders import NOON, Book, a_customer, a_fact, at, provider_says
from tests.checkouts import a_checkout, checkout_now
from tests.invariants import assert_quiet
from tests.worker import drain, settle

LATER = NOON + timedelta(hours=2)


@pytest.fixture
def book() -> Book:
    return Book()


def test_a_checkout_asks_the_provider_for_what_is_open_now(book: Book) -> None:
    first, second = book.issued(30_000), book.issued(20_000, due_date="2026-05-01")
    book.paid(10_000, wanted=[(first.id, 10_000)])

    checkout = a_checkout(book)

    ((provider, order),) = book.fakes.gateway.orders
    assert (provider, order.id, order.amount_minor) == ("stripe", checkout.id, 40_000)
    assert order.return_url == f"https://saldo.example/p/return?checkout={checkout.id}"
    assert order.description.endswith(f"{first.number}, {second.number}")
    assert [(one.invoice_id, one.amount_minor) for one in checkout.items] == [
        (first.id, 20_000), (second.id, 20_000),
    ]  # fmt: skip
    assert (checkout.state, checkout.url) == (
        "open", f"https://stripe.example/page_{checkout.id}",
    )  # fmt: skip
    assert book.account().open_minor == 40_000
    assert [one.subject_id for one in book.audit() if one.action == "checkout_started"] == [
        checkout.id
    ]


def test_the_same_wish_leads_to_the_same_page(book: Book) -> None:
    invoice = book.issued()

    first = a_checkout(book, [invoice])
    again = a_checkout(book, [invoice], NOON + timedelta(minutes=5))

    assert again == first
    assert len(book.fakes.gateway.orders) == 1


def test_another_amount_leads_to_another_page_and_the_old_one_is_closed(book: Book) -> None:
    invoice = book.issued()
    old = a_checkout(book, [invoice])
    book.paid(40_000)

    new = a_checkout(book, [invoice])
    close_checkouts(book.ports, system_context(NOON), book.customer.id)

    assert new.amount_minor == 60_000
    assert book.fakes.gateway.closed == [("stripe", old.reference)]
    assert (checkout_now(book, old).state, checkout_now(book, old).outcome) == ("closed", "settled")
    assert checkout_now(book, new).state == "open"


def test_what_is_on_its_way_is_not_asked_for_again(book: Book) -> None:
    invoice, other = book.issued(), book.issued(5_000)
    provider_says(book.ports, a_fact("processing", invoice_id=invoice.id))

    checkout = a_checkout(book)

    assert [one.invoice_id for one in checkout.items] == [other.id]
    with pytest.raises(StateConflict) as refused:
        a_checkout(book, [invoice])
    assert refused.value.code == "nothing_to_pay"


def test_an_invoice_of_somebody_else_cannot_be_paid(book: Book) -> None:
    stranger = a_customer(book.ports, name="Otro")
    book.issued()
    theirs = book.issued()
    before = book.snapshot()

    with pytest.raises(InvalidField) as refused:
        a_checkout(book, [theirs], customer_id=stranger.id)

    assert refused.value.pointer == "/invoice_ids/0"
    assert book.snapshot() == before
    assert book.fakes.gateway.orders == []


@pytest.mark.parametrize("error", [ProviderUnavailable, ProviderRefused])
def test_without_a_page_the_attempt_is_closed_and_owed_is_the_same(
    book: Book, error: type[ProviderRefused]
) -> None:
    invoice = book.issued()
    account = book.account()
    book.fakes.gateway.faults = [error("stripe", "no")]

    with pytest.raises(error):
        a_checkout(book, [invoice])

    (checkout,) = book.all(Checkout)
    assert (checkout.state, checkout.outcome) == ("closed", f"{error.code}: no")
    assert book.account() == account


def test_a_payment_settles_what_its_checkout_was_for_and_nothing_else(book: Book) -> None:
    first, second, third = book.issued(30_000), book.issued(20_000), book.issued(10_000)
    checkout = a_checkout(book, [first, third])

    provider_says(book.ports, a_fact(checkout_id=checkout.id, amount_minor=40_000))

    (payment,) = book.all(Payment)
    assert [book.invoice(one).open_minor for one in (first, second, third)] == [0, 20_000, 0]
    assert (checkout_now(book, checkout).state, checkout_now(book, checkout).payment_id) == (
        "paid", payment.id,
    )  # fmt: skip
    assert book.work() == []


def test_a_checkout_of_one_invoice_is_that_invoice(book: Book) -> None:
    invoice = book.issued()
    checkout = a_checkout(book, [invoice])

    provider_says(book.ports, a_fact("processing", checkout_id=checkout.id))
    provider_says(book.ports, a_fact(checkout_id=checkout.id))

    assert book.invoice(invoice).state == "paid"
    assert checkout_now(book, checkout).state == "paid"
    assert book.account().pending == ()


def test_paying_twice_is_the_customers_credit_and_a_task(book: Book) -> None:
    first, second = book.issued(60_000), book.issued(40_000)
    one = a_checkout(book, [first, second])
    other = a_checkout(book, [first, second], provider="redsys")

    provider_says(book.ports, a_fact(checkout_id=one.id, event_id="evt_1"))
    twice = a_fact(checkout_id=other.id, event_id="evt_2", payment_key="pi_2", provider="redsys")
    provider_says(book.ports, twice)

    assert book.account().unapplied_minor == 100_000
    assert [(item.what, item.amount_minor) for item in book.work()] == [("payment_excess", 100_000)]
    assert checkout_now(book, other).state == "paid"
    assert_quiet(book.fakes.table)


def test_less_than_was_asked_for_settles_the_oldest(book: Book) -> None:
    old, new = book.issued(60_000), book.issued(40_000, due_date="2026-05-01")
    checkout = a_checkout(book)

    provider_says(book.ports, a_fact(checkout_id=checkout.id, amount_minor=70_000))

    assert [book.invoice(one).open_minor for one in (old, new)] == [0, 30_000]


def test_money_in_another_currency_is_kept_and_asked_about(book: Book) -> None:
    book.issued(60_000)
    book.issued(40_000)
    checkout = a_checkout(book)

    provider_says(book.ports, a_fact(checkout_id=checkout.id, currency="USD"))

    assert book.account(currency="USD").unapplied_minor == 100_000
    assert book.account().open_minor == 100_000
    assert [item.what for item in book.work()] == ["payment_other_currency"]


def test_money_of_an_unknown_checkout_waits_for_a_person(book: Book) -> None:
    book.issued()

    provider_says(book.ports, a_fact(checkout_id="chk_unknown"))

    assert [item.what for item in book.work()] == ["payment_unmatched"]
    assert book.account().open_minor == 100_000


@pytest.mark.parametrize("name", ["number", "small", "reference"])
def test_an_invoice_may_be_named_by_its_number_or_reference(book: Book, name: str) -> None:
    invoice = book.issued()
    number = known(invoice.number)
    named = {
        "number": number, "small": number.lower(), "reference": rf_reference(number),
    }[name]  # fmt: skip

    provider_says(book.ports, a_fact(invoice_id=named))

    assert book.invoice(invoice).state == "paid"
    assert book.work() == []


@pytest.mark.parametrize("named", ["1", "A-000002", "RF00A000000001", "A-000001 A-000001"])
def test_half_a_name_is_no_name(book: Book, named: str) -> None:
    book.issued()

    provider_says(book.ports, a_fact(invoice_id=named))

    assert [item.what for item in book.work()] == ["payment_unmatched"]


def test_money_on_its_way_rests_each_invoice_of_its_checkout(book: Book) -> None:
    first, second = book.issued(60_000), book.issued(40_000)
    checkout = a_checkout(book)

    begun = a_fact("processing", checkout_id=checkout.id, occurred_at=at("2026-04-03"))
    provider_says(book.ports, begun, at("2026-04-03"))

    account = book.account()
    assert [account.pending_on(one.id, at("2026-04-06")) for one in (first, second)] == [
        60_000, 40_000,
    ]  # fmt: skip
    book.remind("2026-04-06")
    assert book.fakes.mailer.accepted == []

    failed = a_fact("failed", checkout_id=checkout.id, occurred_at=at("2026-04-07"))
    provider_says(book.ports, failed, at("2026-04-07"))
    book.remind("2026-04-07")

    assert len(book.fakes.mailer.accepted) == 1
    assert [item.what for item in book.work()] == ["payment_failed"]


def test_hundreds_of_invoices_are_settled_in_steps(book: Book) -> None:
    invoices = [
        book.issued(1_000, series=f"S{number}", issue_date=f"2026-01-{1 + number // 5:02d}")
        for number in range(110)
    ]
    checkout = a_checkout(book)

    outcome = provider_says(book.ports, a_fact(checkout_id=checkout.id, amount_minor=110_000))

    assert outcome.count("allocated") >= 1
    assert {book.invoice(one).state for one in invoices} == {"paid"}
    assert book.account().unapplied_minor == 0
    assert checkout_now(book, checkout).state == "paid"
    assert_quiet(book.fakes.table)


FACTS = (
    a_fact("processing", event_id="evt_1"),
    a_fact(event_id="evt_2", occurred_at=NOON + timedelta(minutes=1)),
    a_fact(event_id="evt_3", occurred_at=NOON + timedelta(minutes=1)),
    a_fact(
        "refunded_so_far", event_id="evt_4", amount_minor=30_000,
        occurred_at=NOON + timedelta(minutes=2),
    ),
)  # fmt: skip


@pytest.mark.parametrize("order", list(permutations(range(len(FACTS)))))
def test_the_order_of_events_about_a_checkout_does_not_matter(
    book: Book, order: tuple[int, ...]
) -> None:
    first, second = book.issued(60_000), book.issued(40_000)
    checkout = a_checkout(book)
    facts = [one.but(checkout_id=checkout.id) if one.what != "refunded_so_far" else one
             for one in FACTS]  # fmt: skip
    facts[2] = facts[2].but(checkout_id=None)  # a second event about the money names nothing

    for index in (*order, *order):
        provider_says(book.ports, facts[index])
    settle(book.fakes, NOON + timedelta(minutes=5))

    assert book.account().open_minor - book.account().unapplied_minor == 30_000
    assert book.invoice(first).open_minor + book.invoice(second).open_minor == 30_000
    assert checkout_now(book, checkout).state == "paid"
    assert_quiet(book.fakes.table)


def test_a_page_that_nobody_used_is_closed_when_its_time_is_over(book: Book) -> None:
    checkout = a_checkout(book, [book.issued()])

    assert close_checkouts(book.ports, system_context(NOON)) == 0
    assert close_checkouts(book.ports, system_context(LATER)) == 1

    assert checkout_now(book, checkout).outcome == "expired"


def test_what_a_lost_notification_should_have_told_is_asked_for_before_a_page_expires(
    book: Book,
) -> None:
    invoice = book.issued()
    checkout = a_checkout(book, [invoice])
    fact = a_fact(checkout_id=checkout.id, event_id="look-1", occurred_at=LATER)
    told = Told(id="look-1", type="approved", raw=fact.model_dump_json())
    book.fakes.gateway.told[checkout.reference or ""] = [told]
    book.fakes.gateway.faults = [ProviderUnavailable("stripe", "?")]

    closed = [close_checkouts(book.ports, system_context(LATER)) for _ in range(3)]
    settle(book.fakes, LATER)

    assert closed == [0, 1, 0]
    assert book.invoice(invoice).state == "paid"
    assert checkout_now(book, checkout).state == "paid"


def test_a_page_that_nobody_can_look_at_is_given_up_in_the_end(book: Book) -> None:
    checkout = a_checkout(book, [book.issued()])
    book.fakes.gateway.faults = [ProviderUnavailable("stripe", "?")] * 2
    end = checkout.expires_at + LOOK_AGAIN

    assert close_checkouts(book.ports, system_context(end - timedelta(minutes=1))) == 0
    assert close_checkouts(book.ports, system_context(end)) == 1


def test_the_sweeper_sees_to_pages_that_are_still_open(book: Book) -> None:
    invoice = book.issued()
    checkout = a_checkout(book, [invoice])
    book.paid(100_000)

    settle(book.fakes, NOON + timedelta(minutes=3))

    assert book.fakes.gateway.closed == [("stripe", checkout.reference)]
    assert checkout_now(book, checkout).outcome == "settled"


def test_a_page_that_cannot_be_closed_is_tried_again_until_it_expires(book: Book) -> None:
    checkout = a_checkout(book, [book.issued()])
    book.paid(100_000)
    book.fakes.gateway.faults = [ProviderUnavailable("stripe", "?")] * 2

    assert close_checkouts(book.ports, system_context(NOON)) == 0
    assert checkout_now(book, checkout).state == "open"
    assert close_checkouts(book.ports, system_context(LATER)) == 0
    assert close_checkouts(book.ports, system_context(LATER)) == 1


def test_a_page_that_was_paid_is_closed_so_that_nobody_pays_there_again(book: Book) -> None:
    checkout = a_checkout(book, [book.issued()])
    provider_says(book.ports, a_fact(checkout_id=checkout.id))
    book.fakes.gateway.faults = [ProviderUnavailable("stripe", "?")]

    closed = [close_checkouts(book.ports, system_context(NOON), book.customer.id) for _ in range(3)]

    assert closed == [0, 1, 0]
    assert book.fakes.gateway.closed == [("stripe", checkout.reference)]
    assert (checkout_now(book, checkout).state, checkout_now(book, checkout).outcome) == (
        "paid", "paid",
    )  # fmt: skip


def test_money_that_comes_to_a_closed_page_is_not_lost(book: Book) -> None:
    invoice = book.issued()
    checkout = a_checkout(book, [invoice])
    close_checkouts(book.ports, system_context(LATER))

    provider_says(book.ports, a_fact(checkout_id=checkout.id))

    assert book.invoice(invoice).state == "paid"
    assert checkout_now(book, checkout).state == "paid"


def test_only_payers_pages_are_looked_at_after_an_event(book: Book) -> None:
    invoice = book.issued()
    fact = a_fact(invoice_id=invoice.id)
    provider_says(book.ports, fact)

    assert payers(book.ports, [fact]) == {book.customer.id}
    assert payers(book.ports, [a_fact("failed", invoice_id=invoice.id)]) == set()
    drain(book.fakes, NOON)
