"""Promises and instalment plans: they rest their amount, and break by themselves."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.promise import Instalment, Plan, Promise
from chalicelib.usecases.context import system_context
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.next_messages import next_messages
from chalicelib.usecases.promises import (
    NewPlan,
    NewPromise,
    cancel_plan,
    cancel_promise,
    find_plan,
    find_promise,
    make_plan,
    make_promise,
)
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import Book, a_customer, an_issued_invoice, at, by_ana
from tests.invariants import assert_books_hold

FRIDAY = date(2026, 4, 10)


@pytest.fixture
def book() -> Book:
    return Book()


def _promise(book: Book, amount: int, on: date = FRIDAY, **changes: Any) -> Promise:
    new = NewPromise(
        customer_id=book.customer.id, currency="EUR", amount_minor=amount, promised_on=on, **changes
    )
    return make_promise(book.ports, by_ana(), new)


def _plan(book: Book, invoice_ids: list[str], *parts: tuple[str, int]) -> Plan:
    instalments = [
        Instalment(due_on=date.fromisoformat(day), amount_minor=amount) for day, amount in parts
    ]
    new = NewPlan(invoice_ids=invoice_ids, instalments=instalments)
    return make_plan(book.ports, by_ana(), new)


def test_a_promise_gives_silence_until_its_day_and_the_chase_the_day_after(book: Book) -> None:
    book.issued(100_000)
    _promise(book, 100_000)

    book.remind("2026-04-08")
    book.remind("2026-04-10")
    assert book.messages() == []
    assert book.account().next_action_at == at("2026-04-13T07:00")  # a Monday, nine in Madrid
    book.remind("2026-04-13")

    assert [one.amount_minor for one in book.messages()] == [100_000]
    assert_books_hold(book.fakes.table)


def test_a_promise_over_a_part_leaves_the_rest_to_be_asked_for(book: Book) -> None:
    book.issued(100_000)
    _promise(book, 60_000)

    book.remind("2026-04-08")

    assert [one.amount_minor for one in book.messages()] == [40_000]


def test_a_promise_is_kept_by_the_money_and_stays_kept(book: Book) -> None:
    book.issued(100_000)
    promise = _promise(book, 60_000)

    book.paid(20_000)
    assert find_promise(book.ports, promise.id).received_minor == 20_000
    book.paid(40_000)

    assert find_promise(book.ports, promise.id).state == "kept"
    assert end_rests(book.ports, system_context(at("2026-04-13"))) == 0
    book.remind("2026-04-13")
    assert [one.amount_minor for one in book.messages()] == [40_000]
    assert_books_hold(book.fakes.table)


def test_a_broken_promise_is_told_to_staff_once(book: Book) -> None:
    book.issued(100_000)
    promise = _promise(book, 60_000)

    counts = [
        end_rests(book.ports, system_context(at(day)))
        for day in ("2026-04-10", "2026-04-11", "2026-04-11", "2026-04-12")
    ]

    assert counts == [0, 1, 0, 0]
    assert find_promise(book.ports, promise.id).state == "broken"
    (item,) = book.work()
    assert (item.what, item.amount_minor) == ("promise_broken", 60_000)
    assert book.account().rests == ()
    assert_books_hold(book.fakes.table)


def test_a_promise_of_a_customer_in_another_zone_ends_with_the_day_there(book: Book) -> None:
    there = a_customer(book.ports, name="Lima, S.A.C.", time_zone="America/Lima")
    an_issued_invoice(book.ports, there.id, 100_000)
    new = NewPromise(customer_id=there.id, currency="EUR", amount_minor=1_000, promised_on=FRIDAY)
    make_promise(book.ports, by_ana(), new)

    # Saturday in Madrid, and still Friday in Lima.
    assert end_rests(book.ports, system_context(at("2026-04-11T03:00"))) == 0
    assert end_rests(book.ports, system_context(at("2026-04-11T06:00"))) == 1


def test_a_cancelled_promise_rests_no_more(book: Book) -> None:
    book.issued(100_000)
    promise = _promise(book, 100_000)

    assert cancel_promise(book.ports, by_ana(), promise.id).state == "cancelled"

    book.remind("2026-04-08")
    assert [one.amount_minor for one in book.messages()] == [100_000]
    with pytest.raises(StateConflict) as refusal:
        cancel_promise(book.ports, by_ana(), promise.id)
    assert refusal.value.code == "ended_already"


def test_a_promise_over_a_voided_invoice_is_settled_and_not_kept(book: Book) -> None:
    invoice = book.issued(100_000)
    promise = _promise(book, 100_000, invoice_ids=[invoice.id])

    void_invoice(book.ports, by_ana(), invoice.id, reason=None, expected_version=None)

    after = find_promise(book.ports, promise.id)
    assert (after.state, after.received_minor) == ("settled", 0)
    assert_books_hold(book.fakes.table)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": 100_001}, "more_than_free"),
        ({"amount": 1, "on": date(2026, 3, 1)}, "date_out_of_range"),
        ({"amount": 1, "on": date(2028, 3, 1)}, "date_out_of_range"),
        ({"amount": 1, "invoice_ids": ["inv_unknown"]}, "not_open"),
    ],
)
def test_impossible_promises_are_refused(book: Book, changes: Any, code: str) -> None:
    book.issued(100_000)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        _promise(book, changes.pop("amount"), **changes)

    assert refusal.value.field_code == code
    assert book.snapshot() == before


def test_a_plan_rests_everything_while_its_instalments_come_in_time(book: Book) -> None:
    first, second = book.issued(60_000), book.issued(40_000)
    plan = _plan(book, [first.id, second.id], ("2026-04-10", 50_000), ("2026-05-10", 50_000))

    book.remind("2026-04-08")
    book.paid(50_000, when=at("2026-04-09"))
    book.remind("2026-04-20")
    book.remind("2026-05-08")

    assert book.messages() == []
    after = find_plan(book.ports, plan.id)
    assert [one.paid_minor for one in after.instalments] == [50_000, 0]
    assert book.account().next_action_at == at("2026-05-11T07:00")
    book.paid(50_000, when=at("2026-05-10"))
    assert find_plan(book.ports, plan.id).state == "kept"
    assert_books_hold(book.fakes.table)


def test_a_missed_instalment_breaks_the_plan_and_the_chase_goes_on(book: Book) -> None:
    invoice = book.issued(100_000)
    plan = _plan(book, [invoice.id], ("2026-04-10", 50_000), ("2026-05-10", 50_000))
    book.paid(49_999, when=at("2026-04-09"))

    book.remind("2026-04-13")
    end_rests(book.ports, system_context(at("2026-04-13")))

    assert [one.amount_minor for one in book.messages()] == [50_001]
    assert find_plan(book.ports, plan.id).state == "broken"
    (item,) = book.work()
    assert (item.what, item.detail) == ("plan_broken", "2026-04-10")
    assert_books_hold(book.fakes.table)


def test_a_plan_may_leave_a_part_out_and_that_is_chased(book: Book) -> None:
    invoice = book.issued(100_000)
    _plan(book, [invoice.id], ("2026-04-10", 30_000), ("2026-05-10", 30_000))

    book.remind("2026-04-08")

    assert [one.amount_minor for one in book.messages()] == [40_000]


def test_a_cancelled_plan_rests_no_more(book: Book) -> None:
    invoice = book.issued(100_000)
    plan = _plan(book, [invoice.id], ("2026-04-10", 100_000))

    assert cancel_plan(book.ports, by_ana(), plan.id).state == "cancelled"

    assert book.account().rests == ()
    assert_books_hold(book.fakes.table)


def test_impossible_plans_are_refused(book: Book) -> None:
    invoice = book.issued(100_000)
    other = a_customer(book.ports, name="Otra, S.L.")
    foreign = an_issued_invoice(book.ports, other.id, 100)
    before = book.snapshot()
    cases: list[tuple[list[str], list[tuple[str, int]], str]] = [
        ([invoice.id], [("2026-05-10", 1), ("2026-04-10", 1)], "not_in_order"),
        ([invoice.id], [("2026-03-01", 1)], "date_out_of_range"),
        ([invoice.id], [("2026-04-10", 100_001)], "more_than_free"),
        ([invoice.id, foreign.id], [("2026-04-10", 1)], "several_accounts"),
        (["inv_unknown"], [("2026-04-10", 1)], "unknown_invoice"),
        ([invoice.id, invoice.id], [("2026-04-10", 1)], "named_twice"),
    ]

    for invoice_ids, parts, code in cases:
        with pytest.raises(InvalidField) as refusal:
            _plan(book, invoice_ids, *parts)
        assert refusal.value.field_code == code
        assert book.snapshot() == before


def test_the_forecast_is_the_reminder_after_a_promise_that_would_be_broken(book: Book) -> None:
    book.issued(100_000)
    _promise(book, 100_000)

    (message,) = next_messages(book.ports, by_ana(at("2026-04-06")), book.customer.id)

    step = message.forecast.step
    assert step is not None
    assert (message.forecast.at, step.offset_days) == (at("2026-04-13T07:00"), 7)


def test_the_forecast_says_that_everything_is_disputed(book: Book) -> None:
    invoice = book.issued(100_000)
    open_dispute(book.ports, by_ana(), NewDispute(invoice_id=invoice.id, reason="Rotura"))

    (message,) = next_messages(book.ports, by_ana(at("2026-04-06")), book.customer.id)

    assert (message.forecast.reason_none, message.content) == ("dispute", None)
