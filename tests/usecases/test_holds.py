"""Pauses: nothing goes out while they last, the chase goes on by itself, and money is money."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.hold import Hold
from chalicelib.usecases.context import system_context
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.holds import (
    HoldChange,
    NewHold,
    change_hold,
    find_hold,
    lift_hold,
    make_hold,
)
from chalicelib.usecases.ports import MailRefused
from chalicelib.usecases.promises import NewPromise, make_promise
from chalicelib.usecases.return_payment import undo_allocations
from tests.builders import Book, a_customer, an_issued_invoice, at, by_ana
from tests.faults import race_at_first_claim
from tests.proofs import Change, first, found_by, nights, prove, row, spoilt

FRIDAY = date(2026, 4, 10)
MONDAY_AT_NINE = at("2026-04-13T07:00")


def held(book: Book, until: date = FRIDAY, **changes: Any) -> Hold:
    fields: dict[str, Any] = {
        "customer_id": book.customer.id, "currency": "EUR", "reason": "agreed"
    }  # fmt: skip
    return make_hold(book.ports, by_ana(), NewHold(until=until, **(fields | changes)))


def first_rest(**changes: Any) -> Change:
    return lambda item: item["body"]["rests"][0]["parts"][0].update(changes)


def asked(book: Book) -> list[int]:
    return [one.amount_minor for one in book.messages()]


def test_a_paused_customer_gets_nothing_until_the_day_after(book: Book) -> None:
    book.issued(100_000)
    held(book)

    book.remind("2026-04-06")
    book.remind("2026-04-10")
    assert book.messages() == []
    assert book.account().next_action_at == MONDAY_AT_NINE
    book.remind("2026-04-13")

    assert asked(book) == [100_000]


def test_an_invoice_issued_during_a_pause_is_paused_too(book: Book) -> None:
    hold = held(book)
    book.issued(100_000, due_date="2026-03-10")

    book.remind("2026-04-06")

    assert book.messages() == []
    assert book.account().next_action_at == MONDAY_AT_NINE
    assert find_hold(book.ports, hold.id).state == "open"


def test_a_pause_of_one_invoice_leaves_the_other_to_be_asked_for(book: Book) -> None:
    first, _ = book.issued(100_000), book.issued(30_000)
    held(book, invoice_ids=[first.id])

    book.remind("2026-04-06")

    assert asked(book) == [30_000]


def test_a_pause_of_an_amount_leaves_the_rest_of_the_invoice(book: Book) -> None:
    invoice = book.issued(100_000)
    held(book, invoice_ids=[invoice.id], amount_minor=60_000)

    book.remind("2026-04-06")

    assert asked(book) == [40_000]


def test_a_reminder_that_waits_for_another_attempt_is_called_off_in_the_same_transaction(
    book: Book,
) -> None:
    book.issued(100_000)
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)]
    book.remind("2026-04-06")
    (message,) = book.messages()
    assert message.state == "planned"

    held(book)

    (message,) = book.messages()
    assert (message.state, message.reason) == ("suppressed", "covered")
    assert book.account().planned == ()


def test_a_pause_that_comes_between_the_decision_and_the_claim_wins(book: Book) -> None:
    book.issued(100_000)
    race_at_first_claim(book.fakes.table, lambda: held(book))

    book.remind("2026-04-06")

    assert book.fakes.mailer.accepted == []
    assert [one.state for one in book.messages() if one.state in ("claimed", "sent")] == []


def test_two_who_pause_the_same_at_once_make_one_pause(book: Book) -> None:
    book.issued(100_000)
    write, waiting = book.fakes.table.write, [lambda: held(book)]

    def racing(actions: Any) -> None:
        if waiting:
            waiting.pop()()
        write(actions)

    book.fakes.table.write = racing  # type: ignore[method-assign]

    with pytest.raises(StateConflict) as refusal:
        held(book)

    assert refusal.value.code == "held_already"
    assert len(book.account().rests) == len(book.all(Hold)) == 1


def test_money_comes_in_as_ever_and_what_is_undone_is_paused_again(book: Book) -> None:
    invoice = book.issued(100_000)
    hold = held(book, invoice_ids=[invoice.id], amount_minor=60_000)
    payment = book.paid(90_000)
    assert book.account().resting_minor(FRIDAY) == 10_000

    undo_allocations(book.ports, by_ana(), payment.id, None)

    assert book.account().resting_minor(FRIDAY) == 60_000
    assert find_hold(book.ports, hold.id) == hold


def test_who_is_paused_may_promise_and_contest(book: Book) -> None:
    invoice = book.issued(100_000)
    held(book)

    promise = NewPromise(
        customer_id=book.customer.id, currency="EUR", amount_minor=40_000,
        promised_on=date(2026, 4, 20), invoice_ids=[invoice.id],
    )  # fmt: skip
    make_promise(book.ports, by_ana(), promise)
    dispute = open_dispute(book.ports, by_ana(), NewDispute(invoice_id=invoice.id, reason="x"))

    assert dispute.amount_minor == 60_000
    book.remind("2026-04-13")
    assert book.messages() == []  # the pause is over; promise and dispute are not


def test_the_end_of_a_pause_is_on_record_and_no_task(book: Book) -> None:
    book.issued(100_000)
    hold = held(book)

    counts = [
        end_rests(book.ports, system_context(at(day)))
        for day in ("2026-04-10", "2026-04-11", "2026-04-11", "2026-04-13")
    ]

    assert counts == [0, 1, 0, 0]
    assert find_hold(book.ports, hold.id).state == "ended"
    assert book.account().rests == ()
    assert book.work() == []
    said = [one.action for one in book.all(AuditEntry) if one.action.startswith("hold_")]
    assert said == ["hold_made", "hold_ended"]


def test_a_pause_ends_with_the_day_at_the_customers(book: Book) -> None:
    there = a_customer(book.ports, name="Lima, S.A.C.", time_zone="America/Lima")
    an_issued_invoice(book.ports, there.id)
    held(book, customer_id=there.id)

    # Saturday in Madrid, and still Friday in Lima.
    assert end_rests(book.ports, system_context(at("2026-04-11T03:00"))) == 0
    assert end_rests(book.ports, system_context(at("2026-04-11T06:00"))) == 1


def test_a_lifted_pause_lets_the_chase_go_on_at_once(book: Book) -> None:
    book.issued(100_000)
    hold = held(book)

    after = lift_hold(book.ports, by_ana(), hold.id)

    assert (after.state, after.ended_by) == ("lifted", "Ana")
    book.remind("2026-04-06")
    assert asked(book) == [100_000]
    before = book.snapshot()
    with pytest.raises(StateConflict) as refusal:
        lift_hold(book.ports, by_ana(), hold.id)
    assert refusal.value.code == "ended_already"
    assert book.snapshot() == before


def test_an_extended_pause_lasts_longer(book: Book) -> None:
    book.issued(100_000)
    hold = held(book)

    after = change_hold(book.ports, by_ana(), hold.id, HoldChange(until=date(2026, 4, 17)))

    assert (after.until, after.reason, after.version) == (date(2026, 4, 17), "agreed", 2)
    book.remind("2026-04-13")
    assert book.messages() == []
    assert end_rests(book.ports, system_context(at("2026-04-13"))) == 0


def test_two_who_change_a_pause_do_not_overwrite_each_other(book: Book) -> None:
    hold = held(book)
    change_hold(book.ports, by_ana(), hold.id, HoldChange(note="x"), expected_version=1)
    before = book.snapshot()

    with pytest.raises(Stale):
        change_hold(book.ports, by_ana(), hold.id, HoldChange(note="y"), expected_version=1)

    assert book.snapshot() == before


def test_a_customer_without_an_account_can_be_paused_beforehand(book: Book) -> None:
    hold = held(book, currency="USD")
    assert book.account(currency="USD").rests == (hold.rest(),)

    an_issued_invoice(book.ports, book.customer.id, currency="USD", due_date="2026-03-10")

    account = book.account(currency="USD")
    assert account.open_minor == 100_000
    assert account.asked_for(FRIDAY, at("2026-04-10")) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"until": date(2026, 3, 1)}, "date_out_of_range"),
        ({"until": date(2027, 3, 3)}, "date_out_of_range"),
        ({"amount_minor": 100_001}, "more_than_open"),
        ({"invoice_ids": ["inv_unknown"]}, "not_open"),
    ],
)
def test_impossible_pauses_are_refused(book: Book, changes: Any, code: str) -> None:
    book.issued(100_000)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        held(book, **changes)

    assert refusal.value.field_code == code
    assert book.snapshot() == before


def test_the_longest_pause_is_a_year(book: Book) -> None:
    assert held(book, date(2027, 3, 2)).until == date(2027, 3, 2)


@pytest.mark.parametrize("first", [[], ["this"]])
def test_what_is_paused_as_a_whole_is_not_paused_again(book: Book, first: list[str]) -> None:
    invoice = book.issued(100_000)
    held(book, invoice_ids=[invoice.id] if first else [])
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        held(book, invoice_ids=[invoice.id])

    assert refusal.value.code == "held_already"
    assert book.snapshot() == before


def test_a_customer_may_be_paused_although_one_invoice_is(book: Book) -> None:
    invoice = book.issued(100_000)
    held(book, invoice_ids=[invoice.id])

    held(book)

    assert len(book.account().rests) == 2


def test_nobody_is_paused_who_is_not_there(book: Book) -> None:
    with pytest.raises(NotFound):
        held(book, customer_id="unidentified")
    with pytest.raises(NotFound):
        held(book, customer_id="cus_unknown")
    with pytest.raises(NotFound):
        find_hold(book.ports, "hld_unknown")


SPOILT: dict[str, tuple[Any, Change, str]] = {
    "a pause of less than was decided": (
        Account, first_rest(amount_minor=5), "amount_minor 5 ≠ 0; whole False ≠ True",
    ),
    "a pause that ended and still rests": (Hold, row(state="ended"), "rest True ≠ False"),
    "a pause whose day was changed": (
        Hold, row(until="2026-04-11"), "until ['2026-04-10'] ≠ ['2026-04-11']",
    ),
    "a pause that is gone": (Hold, lambda _: "gone", "rest True ≠ False"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_the_proof_finds(book: Book, what: str) -> None:
    record, change, detail = SPOILT[what]
    book.issued(100_000)
    hold = held(book)
    assert found_by(book, prove(book)) == []

    with spoilt(book, first(book, record), change):
        found = found_by(book, prove(book, nights(1)))

    assert found == [("rest", hold.id, detail)]
