"""Statements of account: what moved, what was open, what may be asked for now."""

from datetime import date, timedelta

import pytest

from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.statement import Statement
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.return_payment import Giving, return_payment
from chalicelib.usecases.statements import read_statement
from chalicelib.usecases.write_off import GivingUp, write_off
from tests.builders import Book, aging_as_of, at, by_ana

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
APRIL = at("2026-04-02")


def march(book: Book) -> Statement:
    return read_statement(book.ports, by_ana(APRIL), book.customer.id, "EUR", *MARCH).statement


def lines(statement: Statement) -> list[tuple[str, str, str | None, int, int]]:
    return [
        (one.on.isoformat(), one.kind, one.reference, one.amount_minor, one.balance_minor)
        for one in statement.movements
    ]


def test_a_statement_has_each_movement_by_its_value_date_with_the_balance_after_it(
    book: Book,
) -> None:
    old = book.issued(50_000, issue_date="2026-02-10", when=at("2026-02-10"))
    new = book.issued(100_000, when=at("2026-03-05"))
    book.paid(60_000, when=at("2026-03-20"), received_on=date(2026, 3, 10), reference="TR-1")
    book.credited(new, 20_000, when=at("2026-03-12"))

    statement = march(book)

    assert statement.opening_minor == 50_000
    assert lines(statement) == [
        ("2026-03-05", "invoice", new.number, 100_000, 150_000),
        ("2026-03-10", "payment", "TR-1", -60_000, 90_000),
        ("2026-03-12", "credit_note", "R-000001", -20_000, 70_000),
    ]
    assert statement.movements[1].invoices == (old.number, new.number)
    assert statement.closing_minor == 70_000
    assert [(one.number, one.open_minor) for one in statement.items] == [(new.number, 70_000)]


def test_what_comes_after_the_period_changes_what_is_due_now_and_not_the_past(book: Book) -> None:
    one = book.issued(100_000, when=at("2026-03-05"), due_date="2026-03-20")
    book.paid(30_000, when=at("2026-04-01"))

    statement = march(book)

    assert statement.closing_minor == 100_000
    (item,) = statement.items
    assert (item.number, item.open_minor, item.open_now_minor) == (one.number, 100_000, 70_000)
    assert item.days_late == 11
    assert statement.aging.days_1_30_minor == 100_000
    assert (statement.due.to_pay_minor, statement.due.overdue_minor) == (70_000, 70_000)


def test_money_that_settles_nothing_is_in_the_customer_s_favour(book: Book) -> None:
    book.issued(100_000, when=at("2026-03-05"))
    book.paid(40_000, when=at("2026-03-10"), wanted=[])

    statement = march(book)

    assert statement.closing_minor == 60_000
    assert statement.aging.total_minor == 100_000
    assert statement.aging.unapplied_minor == 40_000
    assert statement.due.to_pay_minor == 60_000


def test_what_rests_is_marked_and_not_due(book: Book) -> None:
    one = book.issued(100_000, when=at("2026-03-05"))
    new = NewDispute(invoice_id=one.id, amount_minor=30_000, reason="quality")
    open_dispute(book.ports, by_ana(at("2026-03-15")), new)

    statement = march(book)

    assert [(mark.kind, mark.amount_minor) for mark in statement.items[0].marks] == [
        ("dispute", 30_000)
    ]
    assert (statement.due.to_pay_minor, statement.due.resting_minor) == (70_000, 30_000)


def test_refunds_and_write_offs_are_movements_of_their_own(book: Book) -> None:
    one = book.issued(100_000, when=at("2026-03-05"))
    paid = book.paid(100_000, when=at("2026-03-10"))
    giving = Giving(kind="refunded", amount_minor=25_000, on=date(2026, 3, 12), reason="x")
    return_payment(book.ports, by_ana(at("2026-03-12")), paid.id, giving)
    giving_up = GivingUp(invoice_id=one.id, amount_minor=25_000, reason="x")
    write_off(book.ports, by_ana(at("2026-03-20")), giving_up, expected_version=None)

    assert [(kind, amount) for _, kind, _, amount, _ in lines(march(book))] == [
        ("invoice", 100_000),
        ("payment", -100_000),
        ("return", 25_000),
        ("write_off", -25_000),
    ]
    assert march(book).closing_minor == 0


def test_an_allocation_moves_nothing_of_the_balance(book: Book) -> None:
    book.issued(100_000, when=at("2026-03-05"))
    paid = book.paid(40_000, when=at("2026-03-10"), wanted=[])
    allocate_payment(book.ports, by_ana(at("2026-03-11")), paid.id, None)

    assert [kind for _, kind, *_ in lines(march(book))] == ["invoice", "payment"]


def test_the_closing_balance_is_that_of_the_aging_report_on_every_day(book: Book) -> None:
    one = book.issued(100_000, when=at("2026-03-05"))
    book.paid(130_000, when=at("2026-03-10"), received_on=date(2026, 2, 20))
    book.credited(one, 50_000, when=at("2026-03-25"))
    book.issued(70_000, when=at("2026-04-01"), issue_date="2026-04-01")

    for after in range(60):
        day = date(2026, 2, 10) + timedelta(days=after)
        first = day.replace(day=1)
        context = by_ana(at("2026-04-20"))
        file = read_statement(book.ports, context, book.customer.id, "EUR", first, day)
        (aging,) = aging_as_of(book.ports, day) or (None,)
        expected = aging.total_minor - aging.unapplied_minor if aging else 0
        assert file.statement.closing_minor == expected
        if aging:
            assert file.statement.aging == aging


def test_without_days_it_is_of_the_month_before(book: Book) -> None:
    file = read_statement(book.ports, by_ana(APRIL), book.customer.id, "EUR")

    assert (file.statement.first, file.statement.last) == MARCH
    assert file.statement.is_empty


@pytest.mark.parametrize(
    ("first", "last", "pointer"),
    [
        (date(2026, 4, 2), date(2026, 4, 1), "/to"),
        (date(2026, 4, 1), date(2026, 4, 3), "/to"),
        (date(1980, 1, 1), date(2026, 4, 1), "/from"),
    ],
)
def test_a_period_that_is_none_is_refused(
    book: Book, first: date, last: date, pointer: str
) -> None:
    with pytest.raises(InvalidField) as refusal:
        read_statement(book.ports, by_ana(APRIL), book.customer.id, "EUR", first, last)

    assert refusal.value.pointer == pointer


def test_money_of_nobody_has_no_statement(book: Book) -> None:
    with pytest.raises(NotFound):
        read_statement(book.ports, by_ana(APRIL), "unidentified", "EUR")
