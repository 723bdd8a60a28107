"""Dates and hours in places whose clocks differ and change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.calendar import (
    WorkCalendar,
    is_working_day,
    local_date,
    month_of,
    rfc3339,
    zone,
)
from chalicelib.domain.errors import InvariantBroken
from tests.builders import at

MADRID = WorkCalendar("Europe/Madrid")
ZONES = [
    "Europe/Madrid", "Atlantic/Canary", "America/Santiago", "America/Mexico_City",
    "America/Bogota", "Pacific/Auckland", "Pacific/Apia", "Asia/Kolkata", "UTC",
]  # fmt: skip


@pytest.mark.parametrize(
    ("instant", "zone_name", "day"),
    [
        ("2026-01-31T23:30", "Europe/Madrid", date(2026, 2, 1)),
        ("2026-02-01T02:59", "America/Santiago", date(2026, 1, 31)),
        ("2026-02-01T03:00", "America/Santiago", date(2026, 2, 1)),
        ("2026-03-01T05:59", "America/Mexico_City", date(2026, 2, 28)),
        ("2028-02-28T11:00", "Pacific/Auckland", date(2028, 2, 29)),
        ("2028-02-29T11:00", "Pacific/Auckland", date(2028, 3, 1)),
    ],
)
def test_the_date_is_that_of_the_place(instant: str, zone_name: str, day: date) -> None:
    assert local_date(at(instant), zone_name) == day


@pytest.mark.parametrize(
    ("day", "zone_name", "utc"),
    [
        # Spain: summer time from 29 March to 25 October 2026.
        (date(2026, 3, 27), "Europe/Madrid", "2026-03-27T08:00"),
        (date(2026, 3, 30), "Europe/Madrid", "2026-03-30T07:00"),
        (date(2026, 10, 23), "Europe/Madrid", "2026-10-23T07:00"),
        (date(2026, 10, 26), "Europe/Madrid", "2026-10-26T08:00"),
        # Chile: the southern summer ends on 5 April.
        (date(2026, 4, 3), "America/Santiago", "2026-04-03T12:00"),
        (date(2026, 4, 6), "America/Santiago", "2026-04-06T13:00"),
        # Mexico gave up summer time in 2022.
        (date(2026, 1, 5), "America/Mexico_City", "2026-01-05T15:00"),
        (date(2026, 7, 6), "America/Mexico_City", "2026-07-06T15:00"),
        # New Zealand opens on the evening before in UTC.
        (date(2026, 4, 3), "Pacific/Auckland", "2026-04-02T20:00"),
        (date(2026, 4, 6), "Pacific/Auckland", "2026-04-05T21:00"),
        (date(2028, 2, 29), "Europe/Madrid", "2028-02-29T08:00"),
    ],
)
def test_nine_oclock_follows_the_clock_of_the_place(day: date, zone_name: str, utc: str) -> None:
    assert WorkCalendar(zone_name).opening(day) == at(utc)


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30)])
def test_a_weekend_opens_on_monday(day: date) -> None:
    assert MADRID.opening(day) == at("2026-03-30T07:00")


@pytest.mark.parametrize(
    ("instant", "is_working"),
    [
        ("2026-03-02T07:59", False),
        ("2026-03-02T08:00", True),
        ("2026-03-02T16:59", True),
        ("2026-03-02T17:00", False),
        ("2026-03-06T16:59", True),
        ("2026-03-07T11:00", False),
        ("2026-03-08T11:00", False),
        ("2026-03-30T07:00", True),  # one hour earlier in UTC since Sunday
    ],
)
def test_mail_goes_from_nine_to_six_on_working_days(instant: str, *, is_working: bool) -> None:
    assert MADRID.is_working_time(at(instant)) is is_working


@pytest.mark.parametrize(
    ("instant", "then"),
    [
        ("2026-03-02T11:00", "2026-03-02T11:00"),
        ("2026-03-02T05:00", "2026-03-02T08:00"),
        ("2026-03-02T17:00", "2026-03-03T08:00"),
        ("2026-03-06T17:00", "2026-03-09T08:00"),
        ("2026-03-27T17:30", "2026-03-30T07:00"),
        ("2026-10-23T16:30", "2026-10-26T08:00"),
    ],
)
def test_what_comes_outside_working_hours_waits(instant: str, then: str) -> None:
    assert MADRID.next_working_time(at(instant)) == at(then)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2036, 1, 1)),  # noqa: DTZ001 - made UTC below
    st.sampled_from(ZONES),
)
def test_the_next_working_time_is_one_and_at_most_a_long_weekend_away(
    moment: datetime, zone_name: str
) -> None:
    instant = moment.replace(tzinfo=UTC)

    calendar = WorkCalendar(zone_name)

    then = calendar.next_working_time(instant)

    assert calendar.is_working_time(then)
    assert instant <= then <= instant + timedelta(days=3, hours=1)
    assert calendar.next_working_time(then) == then


@given(st.dates(date(2020, 1, 1), date(2036, 1, 1)), st.sampled_from(ZONES))
def test_every_day_opens_once_at_nine_of_a_working_day(day: date, zone_name: str) -> None:
    local = WorkCalendar(zone_name).opening(day).astimezone(zone(zone_name))

    assert local.time() == time(9, 0)
    assert is_working_day(local.date())
    assert 0 <= (local.date() - day).days <= 2


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../etc/passwd", "UTC+1"])
def test_an_unknown_place_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone(name)


def test_instants_and_months_are_written_as_the_keys_need_them() -> None:
    instant = datetime(2026, 3, 2, 12, 0, 59, 999_999, tzinfo=zone("Europe/Madrid"))

    assert rfc3339(instant) == "2026-03-02T11:00:59Z"
    assert month_of(date(2026, 3, 31)) == "2026-03"


EASTER = frozenset({date(2026, 4, 2), date(2026, 4, 3)})


@pytest.mark.parametrize(
    ("instant", "then"),
    [
        ("2026-04-01T15:59", "2026-04-01T15:59"),
        ("2026-04-01T16:00", "2026-04-06T07:00"),  # Thursday and Friday are holidays
        ("2026-04-02T11:00", "2026-04-06T07:00"),
    ],
)
def test_nothing_goes_out_on_a_holiday(instant: str, then: str) -> None:
    calendar = WorkCalendar("Europe/Madrid", is_off=EASTER.__contains__)

    assert calendar.next_working_time(at(instant)) == at(then)
    assert calendar.opening(date(2026, 4, 2)) == at("2026-04-06T07:00")


def test_a_company_has_its_own_days_and_hours() -> None:
    saturdays = WorkCalendar("UTC", opens=time(8, 30), closes=time(14), weekdays=(6,))

    assert saturdays.next_working_time(at("2026-03-02T10:00")) == at("2026-03-07T08:30")
    assert saturdays.is_working_time(at("2026-03-07T13:59"))
    assert not saturdays.is_working_time(at("2026-03-07T14:00"))


def test_a_calendar_without_a_working_day_is_refused_and_not_searched_for_ever() -> None:
    closed = WorkCalendar("UTC", is_off=lambda _: True)

    with pytest.raises(InvariantBroken, match="Nobody works within five years"):
        closed.opening(date(2026, 3, 2))
