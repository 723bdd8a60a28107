"""The company's own table of interest rates."""

from decimal import Decimal

import pytest

from chalicelib.domain.errors import InvalidField, Stale
from chalicelib.domain.interest_rates import InterestRate, InterestRates, shipped_rates
from chalicelib.usecases.interest_rates import change_interest_rates, read_interest_rates
from tests.builders import Book, by_ana
from tests.usecases.late import day


def a_rate(start: str, rate: str = "0.11") -> InterestRate:
    return InterestRate(from_day=day(start), annual_rate=Decimal(rate), source="BOE-A-2026-1")


def change(book: Book, *rates: InterestRate, expected_version: int | None = None) -> InterestRates:
    return change_interest_rates(
        book.ports, by_ana(), rates=rates, day_count=365, expected_version=expected_version
    )


def test_a_company_starts_with_the_shipped_table(book: Book) -> None:
    table = read_interest_rates(book.ports)

    assert table == shipped_rates()
    assert (table.version, table.day_count, book.all(InterestRates)) == (0, 365, [])


def test_the_companys_own_table_replaces_it(book: Book) -> None:
    change(book, a_rate("2026-01-01"), expected_version=0)

    table = change(book, a_rate("2026-01-01"), a_rate("2026-07-01"))

    assert table.version == 2
    assert read_interest_rates(book.ports) == table
    assert [one.annual_rate for one in table.rates] == [Decimal("0.11")] * 2


def test_two_editors_of_the_table_do_not_overwrite_each_other(book: Book) -> None:
    change(book, a_rate("2026-01-01"), expected_version=0)
    before = book.snapshot()

    with pytest.raises(Stale):
        change(book, a_rate("2026-07-01"), expected_version=0)

    assert book.snapshot() == before


def test_a_table_that_is_not_sound_is_refused(book: Book) -> None:
    before = book.snapshot()

    for starts in (("2026-02-01",), ("2026-07-01", "2026-01-01"), ("2026-01-01", "2026-01-01")):
        with pytest.raises(InvalidField):
            change(book, *(a_rate(start) for start in starts))

    assert book.snapshot() == before
