"""Late-payment interest: day by day, by half-year, split where what is open changes."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.interest_rates import (
    InterestRate,
    InterestRates,
    following_half_year,
    half_year_of,
    require_sound,
    shipped_rates,
)
from chalicelib.domain.late_interest import Derivation, Principal, derive

DUE = date(2026, 5, 31)


def day(text: str) -> date:
    return date.fromisoformat(text)


def owed(total_minor: int, **settled: int) -> Principal:
    """A total, and what settled it: ``owed(100, d2026_07_31=100)``."""
    changes = tuple((day(name[1:].replace("_", "-")), part) for name, part in settled.items())
    return Principal(total_minor=total_minor, settled=changes)


def a_table(*rates: tuple[str, str], day_count: int = 365) -> InterestRates:
    return InterestRates(
        rates=tuple(
            InterestRate(from_day=day(start), annual_rate=Decimal(rate), source=f"of {start}")
            for start, rate in rates
        ),
        day_count=day_count,
    )


def parts(derivation: Derivation) -> list[tuple[str, str, int, int, int]]:
    return [
        (one.from_day.isoformat(), one.until_day.isoformat(), one.days, one.principal_minor,
         one.interest_minor)
        for one in derivation.segments
    ]  # fmt: skip


def test_interest_over_two_half_years_is_that_of_the_published_example() -> None:
    paid = owed(121_000, d2026_07_31=121_000)

    derivation = derive(paid, after=DUE, until=day("2026-12-31"), table=shipped_rates())

    assert parts(derivation) == [
        ("2026-06-01", "2026-06-30", 30, 121_000, 1_009),
        ("2026-07-01", "2026-07-31", 31, 121_000, 1_069),
    ]
    assert [one.annual_rate for one in derivation.segments] == [Decimal("0.1015"), Decimal("0.104")]
    assert (derivation.interest_minor, derivation.days, derivation.missing) == (2_078, 61, ())


def test_each_segment_names_the_source_of_its_rate() -> None:
    derivation = derive(owed(100), after=DUE, until=day("2026-07-01"), table=shipped_rates())

    assert [one.source.partition(" ")[0] for one in derivation.segments] == [
        "BOE-A-2025-27201",
        "Reference",
    ]
    assert all("check against BOE" in one.source for one in derivation.segments)


@pytest.mark.parametrize(
    ("until", "days"),
    [("2026-05-30", 0), ("2026-05-31", 0), ("2026-06-01", 1), ("2026-06-30", 30),
     ("2026-07-01", 31)],
)  # fmt: skip
def test_the_first_day_that_bears_interest_is_the_one_after_the_due_date(
    until: str, days: int
) -> None:
    derivation = derive(owed(121_000), after=DUE, until=day(until), table=shipped_rates())

    assert (derivation.days, derivation.is_late) == (days, days > 0)


def test_a_half_year_ends_with_june_and_with_december() -> None:
    table = a_table(("2025-07-01", "0.1"), ("2026-01-01", "0.2"), ("2026-07-01", "0.3"))

    derivation = derive(owed(365_00), after=day("2025-12-29"), until=day("2026-07-02"), table=table)

    assert parts(derivation) == [
        ("2025-12-30", "2025-12-31", 2, 36_500, 20),
        ("2026-01-01", "2026-06-30", 181, 36_500, 3_620),
        ("2026-07-01", "2026-07-02", 2, 36_500, 60),
    ]


def test_a_leap_year_has_a_day_more_and_a_year_still_counts_365() -> None:
    table = a_table(("2024-01-01", "0.1"), ("2024-07-01", "0.1"))

    derivation = derive(
        owed(365_000), after=day("2023-12-31"), until=day("2024-12-31"), table=table
    )

    assert [one.days for one in derivation.segments] == [182, 184]
    assert derivation.interest_minor == 36_600


def test_a_company_may_count_360_days_a_year() -> None:
    table = a_table(("2026-01-01", "0.1"), day_count=360)

    derivation = derive(
        owed(360_000), after=day("2026-02-28"), until=day("2026-03-30"), table=table
    )

    assert derivation.interest_minor == 3_000


def test_a_part_payment_lowers_the_interest_from_the_day_after_it_arrived() -> None:
    principal = owed(100_000, d2026_06_10=40_000, d2026_06_20=60_000)

    derivation = derive(principal, after=DUE, until=day("2026-06-30"), table=shipped_rates())

    assert parts(derivation) == [
        ("2026-06-01", "2026-06-10", 10, 100_000, 278),
        ("2026-06-11", "2026-06-20", 10, 60_000, 167),
    ]


def test_a_payment_that_was_taken_back_bears_interest_again_from_its_own_day() -> None:
    principal = owed(100_000, d2026_06_10=100_000, d2026_06_20=-100_000)

    derivation = derive(principal, after=DUE, until=day("2026-06-30"), table=shipped_rates())

    assert [part[:4] for part in parts(derivation)] == [
        ("2026-06-01", "2026-06-10", 10, 100_000),
        ("2026-06-21", "2026-06-30", 10, 100_000),
    ]


def test_a_payment_undone_with_its_own_value_date_has_never_been() -> None:
    principal = Principal(
        total_minor=100_000,
        settled=((day("2026-06-10"), 100_000), (day("2026-06-10"), -100_000)),
    )

    derivation = derive(principal, after=DUE, until=day("2026-06-30"), table=shipped_rates())

    assert [part[:4] for part in parts(derivation)] == [("2026-06-01", "2026-06-30", 30, 100_000)]


@pytest.mark.parametrize("paid_on", ["2026-05-01", "2026-05-31"])
def test_what_was_paid_in_time_bears_nothing(paid_on: str) -> None:
    principal = Principal(total_minor=100_000, settled=((day(paid_on), 100_000),))

    derivation = derive(principal, after=DUE, until=day("2026-12-31"), table=shipped_rates())

    assert derivation == Derivation()


def test_a_row_governs_its_own_half_year_and_no_other() -> None:
    table = a_table(("2026-01-01", "0.1"), ("2027-01-01", "0.1"))

    derivation = derive(owed(365_000), after=DUE, until=day("2027-07-01"), table=table)

    assert derivation.missing == (day("2026-07-01"), day("2027-07-01"))
    assert [one.from_day for one in derivation.segments] == [day("2026-06-01"), day("2027-01-01")]


def test_a_rate_that_is_missing_where_nothing_was_open_is_not_missed() -> None:
    principal = owed(100_000, d2026_06_10=100_000)

    derivation = derive(
        principal, after=DUE, until=day("2030-12-31"), table=a_table(("2026-01-01", "0.1"))
    )

    assert (derivation.missing, derivation.days) == ((), 10)


def test_a_missing_rate_is_named_once_however_often_the_amount_changed() -> None:
    principal = owed(100_000, d2026_06_10=10, d2026_06_20=10)

    derivation = derive(principal, after=DUE, until=day("2026-06-30"), table=a_table())

    assert (derivation.missing, derivation.is_late) == ((day("2026-01-01"),), True)


def test_halves_of_a_cent_are_rounded_up_in_each_segment() -> None:
    table = a_table(("2026-01-01", "0.5"), ("2026-07-01", "0.5"))

    derivation = derive(owed(365), after=day("2026-06-29"), until=day("2026-07-01"), table=table)

    assert [one.interest_minor for one in derivation.segments] == [1, 1]
    assert derivation.interest_minor == 2


_RATE = st.decimals(0, 1, places=6)
_DAYS = st.dates(day("2023-01-01"), day("2028-12-31"))


@st.composite
def a_full_table(draw: st.DrawFn) -> InterestRates:
    starts = [date(year, month, 1) for year in range(2022, 2030) for month in (1, 7)]
    rates = [InterestRate(from_day=one, annual_rate=draw(_RATE), source="x") for one in starts]
    return InterestRates(rates=tuple(rates))


@st.composite
def a_history(draw: st.DrawFn) -> Principal:
    total = draw(st.integers(1, 10**9))
    settled: list[tuple[date, int]] = []
    for moment in sorted(draw(st.lists(_DAYS, max_size=6))):
        paid = sum(amount for _, amount in settled)
        settled.append((moment, draw(st.integers(-paid, total - paid))))
    return Principal(total_minor=total, settled=tuple(settled))


def days_late_by_hand(principal: Principal, after: date, until: date) -> int:
    spread = ((after + timedelta(days=n)) for n in range(1, (until - after).days + 1))
    return sum(
        sum(amount for value_date, amount in principal.settled if value_date < one)
        < principal.total_minor
        for one in spread
    )


@given(a_history(), a_full_table(), st.tuples(_DAYS, _DAYS))
def test_the_days_of_the_segments_add_up_to_the_days_late(
    principal: Principal, table: InterestRates, period: tuple[date, date]
) -> None:
    after, until = sorted(period)

    derivation = derive(principal, after=after, until=until, table=table)

    segments = derivation.segments
    assert derivation.days == days_late_by_hand(principal, after, until)
    assert all(one.days == (one.until_day - one.from_day).days + 1 > 0 for one in segments)
    assert all(half_year_of(one.from_day) == half_year_of(one.until_day) for one in segments)
    assert all(one.until_day < two.from_day for one, two in pairwise(segments))


@given(a_history(), a_full_table(), st.tuples(_DAYS, _DAYS, _DAYS))
def test_claiming_in_two_parts_differs_by_less_than_a_cent_a_segment(
    principal: Principal, table: InterestRates, period: tuple[date, date, date]
) -> None:
    after, between, until = sorted(period)

    whole = derive(principal, after=after, until=until, table=table)
    first = derive(principal, after=after, until=between, table=table)
    second = derive(principal, after=between, until=until, table=table)

    segments = len(first.segments) + len(second.segments)
    assert first.days + second.days == whole.days
    difference = first.interest_minor + second.interest_minor - whole.interest_minor
    assert abs(difference) <= segments


@given(a_history(), a_full_table(), st.tuples(_DAYS, _DAYS))
def test_interest_is_the_sum_of_its_days_within_a_cent_a_segment(
    principal: Principal, table: InterestRates, period: tuple[date, date]
) -> None:
    after, until = sorted(period)

    derivation = derive(principal, after=after, until=until, table=table)

    exact = Decimal(0)
    one = after + timedelta(days=1)
    while one <= until:
        rate = table.of(half_year_of(one))
        assert rate is not None
        exact += principal.open_on(one) * rate.annual_rate / 365
        one += timedelta(days=1)
    assert abs(derivation.interest_minor - exact) <= Decimal("0.5") * len(derivation.segments)


@pytest.mark.parametrize(
    ("text", "start", "following"),
    [
        ("2026-01-01", "2026-01-01", "2026-07-01"),
        ("2026-06-30", "2026-01-01", "2026-07-01"),
        ("2026-07-01", "2026-07-01", "2027-01-01"),
        ("2026-12-31", "2026-07-01", "2027-01-01"),
    ],
)
def test_half_years_begin_in_january_and_in_july(text: str, start: str, following: str) -> None:
    assert half_year_of(day(text)) == day(start)
    assert following_half_year(day(text)) == day(following)


def test_the_shipped_table_is_sound_and_names_its_sources() -> None:
    shipped = shipped_rates().rates

    require_sound(shipped)
    shown = {one.from_day.isoformat(): str(one.annual_rate) for one in shipped}
    assert shown == {
        "2014-07-01": "0.0815",
        "2020-01-01": "0.08",
        "2026-01-01": "0.1015",
        "2026-07-01": "0.104",
    }
    assert all("BOE" in one.source for one in shipped)


@pytest.mark.parametrize(
    ("starts", "pointer", "code"),
    [(["2026-01-01", "2026-02-01"], "/rates/1/from_day", "not_a_half_year"),
     (["2026-07-01", "2026-01-01"], "/rates", "rates_out_of_order"),
     (["2026-01-01", "2026-01-01"], "/rates", "rates_out_of_order")],
)  # fmt: skip
def test_a_table_has_each_half_year_once_and_in_order(
    starts: list[str], pointer: str, code: str
) -> None:
    with pytest.raises(InvalidField) as refusal:
        require_sound(a_table(*((start, "0.1") for start in starts)).rates)

    assert (refusal.value.pointer, refusal.value.field_code) == (pointer, code)
