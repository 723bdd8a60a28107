"""The formulas against the published examples of their definitions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.kpi_formulas import (
    MAX_COUNTBACK_MONTHS,
    average_days_delinquent,
    bad_debt,
    collection_effectiveness,
    countback_dso,
    delinquency,
    dso,
    rounded,
)

QUARTER = ((3_890, 31), (3_610, 28), (3_390, 31))  # March, February, January
QUARTER_SALES = 10_890


@pytest.mark.parametrize(
    ("receivables", "sales", "days", "expected"),
    [
        (50, 730, 365, "25.00"),  # Association of Corporate Treasurers
        (15_000, 10_000, 30, "45.00"),  # Credit Guru
        (4_000, 10_000, 30, "12.00"),  # Credit Guru, best possible
        (6_340, QUARTER_SALES, 90, "52.40"),
        (3_590, QUARTER_SALES, 90, "29.67"),  # best possible
    ],
)
def test_dso_is_receivables_in_days_of_sales(
    receivables: int, sales: int, days: int, expected: str
) -> None:
    assert rounded(dso(receivables, sales, days), 2) == Decimal(expected)


@pytest.mark.parametrize("sales", [0, -100])
def test_dso_without_sales_is_undefined(sales: int) -> None:
    assert dso(100, sales, 90) is None


def test_countback_takes_whole_months_and_a_part_of_the_last() -> None:
    assert rounded(countback_dso(6_340, QUARTER), 2) == Decimal("50.00")


def test_countback_of_exactly_a_month_ends_with_it() -> None:
    assert countback_dso(3_890, QUARTER) == 31


def test_countback_passes_over_a_month_without_sales() -> None:
    assert countback_dso(150, ((100, 30), (0, 31), (100, 28))) == 30 + 31 + 14


def test_countback_of_nothing_is_no_days() -> None:
    assert countback_dso(0, ((0, 30), (100, 31))) == 0


def test_countback_gives_up_after_two_years() -> None:
    assert countback_dso(101, [(0, 30)] * (MAX_COUNTBACK_MONTHS + 5) + [(1_000, 30)]) is None
    assert countback_dso(101, [(100, 30)]) is None


@given(st.integers(1, 10**12), st.lists(st.tuples(st.integers(0, 10**9), st.integers(28, 31))))
def test_countback_never_says_more_days_than_it_counted(
    receivables: int, months: list[tuple[int, int]]
) -> None:
    days = countback_dso(receivables, months)

    assert days is None or 0 <= days <= sum(days for _, days in months)


def test_add_is_what_lateness_adds_to_dso() -> None:
    assert average_days_delinquent(dso(15_000, 10_000, 30), dso(4_000, 10_000, 30)) == 33
    assert average_days_delinquent(None, Fraction(1)) is None
    assert average_days_delinquent(Fraction(1), None) is None


def test_cei_is_the_share_collected_of_what_could_be() -> None:
    cei = collection_effectiveness(
        beginning=6_200, sales=QUARTER_SALES, months=3, ending=6_340, ending_current=3_590
    )

    assert rounded(cei, 1) == Decimal("55.9")


def test_cei_is_full_when_only_current_invoices_are_left() -> None:
    cei = collection_effectiveness(beginning=100, sales=50, months=1, ending=40, ending_current=40)

    assert cei == 100


@pytest.mark.parametrize("ending_current", [150, 200])
def test_cei_is_undefined_when_nothing_could_be_collected(ending_current: int) -> None:
    cei = collection_effectiveness(
        beginning=100, sales=50, months=1, ending=200, ending_current=ending_current
    )

    assert cei is None


def test_delinquency_is_the_overdue_share() -> None:
    assert delinquency(25, 200) == Fraction(25, 2)
    assert delinquency(0, 0) is None


def test_bad_debt_is_what_was_given_up_of_what_was_sold() -> None:
    assert bad_debt(50, 1_000) == 5
    assert bad_debt(-10, 1_000) == -1  # recovered more than given up
    assert bad_debt(50, 0) is None


@pytest.mark.parametrize(
    ("figure", "expected"),
    [(Fraction(1, 20), "0.1"), (Fraction(-1, 20), "-0.1"), (Fraction(0), "0.0")],
)
def test_figures_are_rounded_half_away_from_zero(figure: Fraction, expected: str) -> None:
    assert str(rounded(figure, 1)) == expected
