"""Dates and hours: due dates are calendar dates; only planning and showing know time zones."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OPENS: Final = time(9, 0)
CLOSES: Final = time(18, 0)
_SATURDAY: Final = 5


@lru_cache(maxsize=512)  # there are fewer zones than this
def zone(name: str) -> ZoneInfo:
    """Return the IANA time zone. ValueError when there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise ValueError(f"There is no time zone {name!r}.") from exc


def local_date(instant: datetime, zone_name: str) -> date:
    """Return the calendar date that people in this zone have at this instant."""
    return instant.astimezone(zone(zone_name)).date()


def is_working_day(day: date) -> bool:
    """Tell whether mail of this kind may go out on this day: Monday to Friday."""
    return day.weekday() < _SATURDAY


def is_working_time(instant: datetime, zone_name: str) -> bool:
    """Tell whether it is 9 to 18 h on a working day in this zone."""
    local = instant.astimezone(zone(zone_name))
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def opening(day: date, zone_name: str) -> datetime:
    """Return the instant (UTC) at which the first working day from ``day`` on opens in this zone.

    A nine o'clock that a clock change skips becomes the first valid instant after it: zoneinfo
    resolves the gap with the offset before the change, which lies after the gap in UTC.
    """
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, tzinfo=zone(zone_name)).astimezone(UTC)


def next_working_time(instant: datetime, zone_name: str) -> datetime:
    """Return ``instant`` if it is working time in this zone, otherwise the next opening."""
    if is_working_time(instant, zone_name):
        return instant
    local = instant.astimezone(zone(zone_name))
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return opening(day, zone_name)


def month_of(day: date) -> str:
    """Return the month as ``YYYY-MM``."""
    return f"{day.year:04d}-{day.month:02d}"


def rfc3339(instant: datetime) -> str:
    """Return an instant in UTC as it stands on the wire and in keys: second precision and ``Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
