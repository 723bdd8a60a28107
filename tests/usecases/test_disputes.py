"""Disputes: exactly the contested amount rests, until somebody decides."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.dispute import Dispute
from chalicelib.domain.errors import InvalidField, Stale, StateConflict
from chalicelib.usecases.context import system_context
from chalicelib.usecases.disputes import (
    NewDispute,
    Resolution,
    change_dispute,
    find_dispute,
    open_dispute,
    resolve_dispute,
)
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.record_payment import Deduction
from tests.builders import Book, at, by_ana
from tests.invariants import assert_books_hold


@pytest.fixture
def book() -> Book:
    return Book()


def _open(book: Book, invoice_id: str, amount: int | None = None, **changes: Any) -> Dispute:
    new = NewDispute(invoice_id=invoice_id, amount_minor=amount, reason="Faltan cajas", **changes)
    return open_dispute(book.ports, by_ana(), new)


def _resolve(book: Book, dispute: Dispute, **changes: Any) -> Dispute:
    resolution = Resolution(**changes)
    return resolve_dispute(book.ports, by_ana(at("2026-03-10")), dispute.id, resolution)


def test_a_dispute_over_the_whole_gives_no_reminder(book: Book) -> None:
    _open(book, book.issued(100_000).id)

    book.remind("2026-04-06")

    assert book.messages() == []
    assert book.account().next_action_at is None
    assert_books_hold(book.fakes.table)


def test_a_dispute_over_a_part_leaves_the_rest_to_be_asked_for(book: Book) -> None:
    _open(book, book.issued(100_000).id, 30_000)

    book.remind("2026-04-06")

    (message,) = book.messages()
    assert message.amount_minor == 70_000
    assert "A-000001=70000 open=70000" in book.fakes.mailer.accepted[-1].content.text
    assert_books_hold(book.fakes.table)


def test_when_only_the_disputed_part_is_left_nothing_is_asked_for(book: Book) -> None:
    invoice = book.issued(100_000)
    _open(book, invoice.id, 30_000)
    book.paid(70_000)

    book.remind("2026-04-06")

    assert book.messages() == []
    assert book.invoice(invoice).open_minor == 30_000
    assert_books_hold(book.fakes.table)


def test_a_rejected_dispute_lets_the_chase_go_on(book: Book) -> None:
    dispute = _open(book, book.issued(100_000).id)

    after = _resolve(book, dispute, outcome="rejected", note="Entregado")

    assert (after.state, after.outcome, after.resting_minor) == ("resolved", "rejected", 0)
    book.remind("2026-04-06")
    assert [one.amount_minor for one in book.messages()] == [100_000]
    assert_books_hold(book.fakes.table)


def test_an_accepted_dispute_ends_in_a_credit_note_over_its_amount(book: Book) -> None:
    invoice = book.issued(100_000)
    dispute = _open(book, invoice.id, 30_000)

    after = _resolve(book, dispute, outcome="credited", credit=True)

    assert after.credit_note_id is not None
    assert book.invoice(invoice).open_minor == 70_000
    assert book.account().rests == ()


def test_a_dispute_ends_by_itself_when_everything_is_paid(book: Book) -> None:
    dispute = _open(book, book.issued(100_000).id, 30_000)

    book.paid(80_000)
    assert find_dispute(book.ports, dispute.id).resting_minor == 20_000
    book.paid(20_000)

    after = find_dispute(book.ports, dispute.id)
    assert (after.state, after.outcome) == ("resolved", "settled")
    with pytest.raises(StateConflict) as refusal:
        _resolve(book, dispute, outcome="rejected")
    assert refusal.value.code == "resolved_already"
    assert_books_hold(book.fakes.table)


def test_no_more_is_disputed_than_is_open_and_free(book: Book) -> None:
    invoice = book.issued(100_000)
    _open(book, invoice.id, 60_000)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        _open(book, invoice.id, 40_001)

    assert refusal.value.field_code == "more_than_free"
    assert book.snapshot() == before
    assert _open(book, invoice.id).amount_minor == 40_000
    with pytest.raises(StateConflict) as conflict:
        _open(book, invoice.id)
    assert conflict.value.code == "nothing_to_dispute"


def test_a_paid_invoice_has_nothing_to_dispute(book: Book) -> None:
    invoice = book.issued(100)
    book.paid(100)

    with pytest.raises(StateConflict) as refusal:
        _open(book, invoice.id)

    assert refusal.value.code == "nothing_open"


def test_a_dispute_past_its_deadline_goes_to_the_work_list_once_and_still_rests(
    book: Book,
) -> None:
    dispute = _open(book, book.issued(100_000).id, deadline=date(2026, 3, 9), owner="Luis")

    for day in ("2026-03-09", "2026-03-10", "2026-03-10", "2026-03-15"):
        end_rests(book.ports, system_context(at(day)))

    (item,) = book.work()
    assert (item.what, item.detail) == ("dispute_overdue", "Luis: 2026-03-09")
    book.remind("2026-04-06")
    assert book.messages() == []
    change_dispute(
        book.ports, by_ana(at("2026-03-16")), dispute.id, owner=None, deadline=date(2026, 3, 30)
    )
    assert book.work() == []
    end_rests(book.ports, system_context(at("2026-03-31")))
    assert [one.what for one in book.work()] == ["dispute_overdue"]


@pytest.mark.parametrize("deadline", [date(2026, 3, 1), date(2027, 6, 1)])
def test_a_deadline_lies_in_the_year_ahead(book: Book, deadline: date) -> None:
    invoice = book.issued(100)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        _open(book, invoice.id, deadline=deadline)

    assert refusal.value.field_code == "date_out_of_range"
    assert book.snapshot() == before


def test_a_short_payment_with_a_reason_becomes_a_case(book: Book) -> None:
    invoice = book.issued(100_000)
    kept_back = Deduction(invoice_id=invoice.id, amount_minor=8_000, reason="Portes")

    book.paid(92_000, deductions=[kept_back])

    (case,) = book.all(Dispute)
    assert (case.what, case.amount_minor, case.reason) == ("deduction", 8_000, "Portes")
    book.remind("2026-04-06")
    assert book.messages() == []
    assert_books_hold(book.fakes.table)


def test_no_more_is_kept_back_than_is_left_open(book: Book) -> None:
    invoice = book.issued(100_000)
    before = book.snapshot()
    kept_back = Deduction(invoice_id=invoice.id, amount_minor=8_001, reason="Portes")

    with pytest.raises(InvalidField) as refusal:
        book.paid(92_000, deductions=[kept_back])

    assert refusal.value.pointer == "/deductions/0/amount_minor"
    assert book.snapshot() == before


def test_whoever_has_not_seen_the_last_change_of_a_dispute_changes_nothing(book: Book) -> None:
    dispute = _open(book, book.issued(100_000).id)
    context = by_ana(at("2026-03-03"))
    change_dispute(book.ports, context, dispute.id, owner="Luis", deadline=None, expected_version=1)
    before = book.snapshot()

    with pytest.raises(Stale):
        change_dispute(
            book.ports, context, dispute.id, owner="Eva", deadline=None, expected_version=1
        )

    assert book.snapshot() == before
    assert find_dispute(book.ports, dispute.id).owner == "Luis"
