"""On which days something recurs: short months, leap years, zones, and an oracle day by day."""

from calendar import isleap, monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.occurrences import Every, Rhythm, rhythm, working_date

EVERY: tuple[Every, ...] = ("week", "month", "year")
DAYS = st.dates(date(1999, 1, 1), date(2036, 12, 31))


def a_rhythm(every: Every, start_on: str, on_day: int | None = None, **more: Any) -> Rhythm:
    return rhythm(every, on_day, date.fromisoformat(start_on), more.get("end_on"))


def first(one: Rhythm, count: int) -> list[str]:
    start = one.on_or_after(one.start_on)
    return [day.isoformat() for day in islice(one.days(start), count)]


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    every = draw(st.sampled_from(EVERY))
    on_day = draw(st.integers(1, 7 if every == "week" else 31))
    start_on = draw(DAYS)
    end_on = draw(st.none() | st.dates(start_on, start_on + timedelta(days=3_000)))
    return Rhythm(every=every, on_day=on_day, start_on=start_on, end_on=end_on)


def is_day_of(one: Rhythm, day: date) -> bool:
    """The naive rule, looking at one day alone."""
    if day < one.start_on or (one.end_on is not None and day > one.end_on):
        return False
    if one.every == "week":
        return day.isoweekday() == one.on_day
    if one.every == "year" and day.month != one.start_on.month:
        return False
    last = monthrange(day.year, day.month)[1]
    return day.day == one.on_day or (day.day == last and one.on_day > last)


def by_hand(one: Rhythm, day: date, count: int) -> list[date]:
    """The days on or after a day, found by trying each."""
    found: list[date] = []
    day = max(day, one.start_on)
    end = one.end_on or day + timedelta(days=366 * (count + 1) + 1)
    while day <= end and len(found) < count:
        if is_day_of(one, day):
            found.append(day)
        day += timedelta(days=1)
    return found


def test_the_31st_comes_back_after_a_short_month() -> None:
    month_ends = a_rhythm("month", "2028-01-31")

    assert first(month_ends, 5) == [
        "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31",
    ]  # fmt: skip


def test_the_29th_of_february_is_the_28th_in_common_years() -> None:
    leap_day = a_rhythm("year", "2024-02-29")

    assert first(leap_day, 5) == [
        "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29",
    ]  # fmt: skip


def test_a_year_has_its_day_in_the_month_in_which_it_began() -> None:
    assert first(a_rhythm("year", "2026-06-20", 15), 2) == ["2027-06-15", "2028-06-15"]
    assert first(a_rhythm("year", "2026-06-10", 31), 2) == ["2026-06-30", "2027-06-30"]


def test_a_week_begins_on_monday() -> None:
    assert first(a_rhythm("week", "2026-03-04", 1), 3) == ["2026-03-09", "2026-03-16", "2026-03-23"]
    assert first(a_rhythm("week", "2026-03-04", 7), 2) == ["2026-03-08", "2026-03-15"]
    assert first(a_rhythm("week", "2026-12-30"), 2) == ["2026-12-30", "2027-01-06"]


def test_the_first_is_never_before_the_start_and_the_last_never_after_the_end() -> None:
    one = a_rhythm("month", "2026-01-16", 15, end_on=date(2026, 3, 15))

    assert first(one, 9) == ["2026-02-15", "2026-03-15"]


def test_another_day_of_the_month_never_makes_two_in_one_month() -> None:
    moved = a_rhythm("month", "2026-01-01", 20)

    assert moved.following(date(2026, 6, 1)) == date(2026, 7, 20)
    assert a_rhythm("week", "2026-01-01", 5).following(date(2026, 6, 1)) == date(2026, 6, 12)
    assert a_rhythm("year", "2026-09-30").following(date(2026, 6, 1)) == date(2027, 9, 30)


@pytest.mark.parametrize(
    ("every", "on_day"), [("week", 0), ("week", 8), ("month", 0), ("month", 32), ("year", 32)]
)
def test_a_day_that_no_period_has_is_refused(every: Every, on_day: int) -> None:
    with pytest.raises(InvalidField) as refusal:
        a_rhythm(every, "2026-01-01", on_day)

    assert (refusal.value.pointer, refusal.value.field_code) == ("/on_day", "no_such_day")


@pytest.mark.parametrize("end_on", [date(2025, 12, 31), date(2026, 1, 14)])
def test_an_end_before_the_first_day_is_refused(end_on: date) -> None:
    with pytest.raises(InvalidField) as refusal:
        a_rhythm("month", "2026-01-01", 15, end_on=end_on)

    assert (refusal.value.pointer, refusal.value.field_code) == ("/end_on", "ends_before_first")


@given(rhythms(), DAYS)
def test_the_days_are_those_found_by_trying_each(one: Rhythm, day: date) -> None:
    count = 3 if one.every == "year" else 12

    found = list(islice(one.days(one.on_or_after(day)), count))

    assert found == by_hand(one, day, count)


@given(rhythms())
def test_days_ascend_and_each_period_has_one(one: Rhythm) -> None:
    days = list(islice(one.days(one.on_or_after(one.start_on)), 40))

    periods = [period_of(one, day) for day in days]
    assert days == sorted(set(days))
    assert periods == list(range(periods[0], periods[0] + len(days))) if days else True


def period_of(one: Rhythm, day: date) -> int:
    if one.every == "week":
        return (day.toordinal() - 1) // 7
    return day.year * 12 + day.month if one.every == "month" else day.year


def test_leap_years_are_those_of_the_calendar() -> None:
    leap_day = a_rhythm("year", "2000-02-29")

    days = [date.fromisoformat(day) for day in first(leap_day, 101)]

    assert all((day.day == 29) is isleap(day.year) for day in days)


@pytest.mark.parametrize(
    ("zone", "before", "begins"),
    [
        # Winter and summer in Madrid, and both mornings after a change of the clock.
        ("Europe/Madrid", "2026-01-31T04:59:59", "2026-01-31T05:00:00"),
        ("Europe/Madrid", "2026-07-31T03:59:59", "2026-07-31T04:00:00"),
        ("Europe/Madrid", "2026-03-29T03:59:59", "2026-03-29T04:00:00"),
        ("Europe/Madrid", "2026-10-25T04:59:59", "2026-10-25T05:00:00"),
        ("America/Santiago", "2026-01-31T08:59:59", "2026-01-31T09:00:00"),
        # Santiago skips midnight on 6 September 2026.
        ("America/Santiago", "2026-09-06T08:59:59", "2026-09-06T09:00:00"),
        ("Pacific/Auckland", "2026-01-30T16:59:59", "2026-01-30T17:00:00"),
        ("Pacific/Auckland", "2026-07-30T17:59:59", "2026-07-30T18:00:00"),
    ],
)
def test_a_day_begins_at_six_at_the_companys_place(zone: str, before: str, begins: str) -> None:
    days = [
        working_date(datetime.fromisoformat(text).replace(tzinfo=UTC), zone)
        for text in (before, begins)
    ]

    assert days[1] - days[0] == timedelta(days=1)


def test_a_day_that_begins_in_auckland_is_still_yesterday_in_santiago() -> None:
    instant = datetime(2026, 1, 30, 17, tzinfo=UTC)

    assert working_date(instant, "Pacific/Auckland") == date(2026, 1, 31)
    assert working_date(instant, "America/Santiago") == date(2026, 1, 30)


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_the_working_date_never_goes_back(minutes: int) -> None:
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)

    for zone in ("Europe/Madrid", "America/Santiago", "Pacific/Auckland", "Pacific/Apia"):
        later = working_date(instant + timedelta(hours=1), zone)

        assert later - working_date(instant, zone) in (timedelta(0), timedelta(days=1))
