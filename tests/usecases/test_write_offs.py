"""Giving up on what is open, and taking that back."""

from collections.abc import Callable
from datetime import date

import pytest

from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Totals
from chalicelib.usecases.approve import approve
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.write_off import GivingUp, reinstate, write_off
from tests.builders import Book, a_fact, aging_as_of, at, by_ana, by_bea, provider_says
from tests.invariants import assert_books_hold
from tests.second_person import rule

LATER = at("2026-06-01")


@pytest.fixture
def book() -> Book:
    return Book()


def _act(
    book: Book, action: Callable[..., Invoice], invoice: Invoice, amount: int | None = None
) -> Invoice:
    giving_up = GivingUp(invoice_id=invoice.id, amount_minor=amount, reason="Concurso")
    return action(book.ports, by_ana(LATER), giving_up, expected_version=None)


def test_what_is_written_off_is_neither_open_nor_chased(book: Book) -> None:
    invoice = book.issued(100_000)
    book.paid(40_000)

    after = _act(book, write_off, invoice)

    assert (after.state, after.open_minor, after.settled_minor("write_off")) == (
        "written_off",
        0,
        60_000,
    )
    assert (book.account().open_items, book.account().next_action_at) == ((), None)
    assert [row.total_minor for row in aging_as_of(book.ports, date(2026, 5, 31))] == [60_000]
    assert [row.total_minor for row in aging_as_of(book.ports, LATER.date())] == [0]
    assert_books_hold(book.fakes.table)


def test_a_part_may_be_written_off_and_the_rest_is_still_owed(book: Book) -> None:
    invoice = book.issued(100_000)

    after = _act(book, write_off, invoice, 30_000)

    assert (after.state, after.open_minor) == ("issued", 70_000)
    assert_books_hold(book.fakes.table)


def test_bad_debt_counts_net_of_what_is_reinstated(book: Book) -> None:
    invoice = book.issued(100_000)
    _act(book, write_off, invoice)

    after = _act(book, reinstate, invoice, 25_000)

    assert (after.state, after.open_minor) == ("issued", 25_000)
    months = [one for one in book.all(Totals) if one.period == "2026-06"]
    assert sum(one.written_off_minor for one in months) == 75_000
    assert_books_hold(book.fakes.table)


def test_money_for_a_reinstated_invoice_settles_it(book: Book) -> None:
    invoice = book.issued(100_000)
    _act(book, write_off, invoice)
    _act(book, reinstate, invoice)

    book.paid(100_000, when=LATER)

    assert book.invoice(invoice).state == "paid"
    assert_books_hold(book.fakes.table)


@pytest.mark.parametrize("amount", [0, 100_001])
def test_no_more_is_written_off_than_is_open(book: Book, amount: int) -> None:
    invoice = book.issued(100_000)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        _act(book, write_off, invoice, amount)

    assert refusal.value.field_code == "more_than_open"
    assert book.snapshot() == before


def test_only_what_is_open_can_be_given_up_and_only_what_was_given_up_taken_back(
    book: Book,
) -> None:
    invoice = book.issued(100_000)
    book.paid(100_000)
    before = book.snapshot()

    for action, code in ((write_off, "nothing_open"), (reinstate, "not_written_off")):
        with pytest.raises(StateConflict) as refusal:
            _act(book, action, invoice)
        assert refusal.value.code == code
    assert book.snapshot() == before


def test_a_written_off_invoice_is_reinstated_before_it_is_credited(book: Book) -> None:
    invoice = book.issued(100_000)
    _act(book, write_off, invoice)
    before = book.snapshot()
    new = NewCreditNote(invoice_id=invoice.id, reason="Error")

    with pytest.raises(StateConflict) as refusal:
        issue_credit_note(book.ports, by_ana(LATER), new)

    assert refusal.value.code == "reinstate_first"
    assert book.snapshot() == before


def test_money_from_a_provider_for_a_written_off_invoice_recovers_it(book: Book) -> None:
    invoice = book.issued(100_000)
    _act(book, write_off, invoice)
    fact = a_fact(invoice_id=invoice.id, amount_minor=60_000, occurred_at=LATER)

    for _ in range(2):
        provider_says(book.ports, fact, LATER)

    after = book.invoice(invoice)
    assert (after.state, after.open_minor) == ("written_off", 0)
    assert after.settled_minor("write_off") == 40_000
    assert after.settled_minor("payment") == 60_000
    assert book.work() == []
    assert_books_hold(book.fakes.table)


def _approve(book: Book, invoice: Invoice) -> Invoice:
    return approve(book.ports, by_bea(LATER), invoice.id, note=None, expected_version=None)


def test_a_large_write_off_waits_for_a_second_person_and_then_happens(book: Book) -> None:
    rule(book, what="write_off", over_minor=50_000)
    invoice = book.issued(100_000)

    waiting = _act(book, write_off, invoice)

    assert (waiting.state, waiting.open_minor) == ("issued", 100_000)
    assert book.account().open_minor == 100_000
    with pytest.raises(StateConflict) as refusal:
        _act(book, write_off, invoice)
    assert refusal.value.code == "waiting_for_approval"
    with pytest.raises(StateConflict) as refusal:
        approve(book.ports, by_ana(LATER), invoice.id, note=None, expected_version=None)
    assert refusal.value.code == "four_eyes"

    after = _approve(book, invoice)

    assert (after.state, after.open_minor, after.approval_id) == ("written_off", 0, None)
    assert_books_hold(book.fakes.table)


def test_a_small_write_off_needs_nobody(book: Book) -> None:
    rule(book, what="write_off", over_minor=50_000)
    invoice = book.issued(100_000)

    assert _act(book, write_off, invoice, 50_000).open_minor == 50_000


def test_what_was_paid_meanwhile_is_not_written_off_as_well(book: Book) -> None:
    rule(book, what="write_off", over_minor=50_000)
    invoice = book.issued(100_000)
    _act(book, write_off, invoice)
    book.paid(40_000, when=LATER)
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        _approve(book, invoice)

    assert refusal.value.code == "amount_changed"
    assert book.snapshot() == before
