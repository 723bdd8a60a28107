"""Dates and hours: due dates are calendar dates; only planning and showing know time zones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chalicelib.domain.errors import InvariantBroken

OPENS: Final = time(9, 0)
CLOSES: Final = time(18, 0)
MONDAY_TO_FRIDAY: Final = (1, 2, 3, 4, 5)
_LONGEST_CLOSURE: Final = 5 * 366
"""Days: more of one weekday than a company can declare days off (``MAX_DAYS_OFF``)."""


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
    """Tell whether this is a day from Monday to Friday, whatever is celebrated on it."""
    return day.isoweekday() in MONDAY_TO_FRIDAY


def never_off(_day: date) -> bool:
    """No day is off: who only plans need not know the holidays (see WorkCalendar)."""
    return False


@dataclass(frozen=True)
class WorkCalendar:
    """When mail of this kind may reach somebody: days and hours in the zone of the recipient.

    ``weekdays`` are ISO (1 is Monday). ``is_off`` knows holidays and days on which the company is
    closed. To load the holidays costs a tenth of a second, so a posting plans without them, and
    whoever then sends or shows a message looks at them.
    """

    zone_name: str
    opens: time = OPENS
    closes: time = CLOSES
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY
    is_off: Callable[[date], bool] = never_off

    def today(self, instant: datetime) -> date:
        """Return the date there at this instant."""
        return local_date(instant, self.zone_name)

    def is_working_day(self, day: date) -> bool:
        """Tell whether mail may go out on this day."""
        return day.isoweekday() in self.weekdays and not self.is_off(day)

    def is_working_time(self, instant: datetime) -> bool:
        """Tell whether mail may go out at this instant."""
        local = instant.astimezone(zone(self.zone_name))
        return self.opens <= local.time() < self.closes and self.is_working_day(local.date())

    def opening(self, day: date) -> datetime:
        """Return the instant (UTC) at which the first working day from ``day`` on opens.

        An hour that a clock change skips becomes the first valid instant after it: zoneinfo
        resolves the gap with the offset before the change, which lies after the gap in UTC.
        InvariantBroken for a calendar without working days.
        """
        for after in range(_LONGEST_CLOSURE):
            if self.is_working_day(day + timedelta(days=after)):
                open_on = day + timedelta(days=after)
                return datetime.combine(open_on, self.opens, zone(self.zone_name)).astimezone(UTC)
        raise InvariantBroken(f"Nobody works within five years from {day} on.")

    def next_working_time(self, instant: datetime) -> datetime:
        """Return ``instant`` if mail may go out then, otherwise the next opening."""
        if self.is_working_time(instant):
            return instant
        local = instant.astimezone(zone(self.zone_name))
        is_before = local.time() < self.opens
        return self.opening(local.date() if is_before else local.date() + timedelta(days=1))


def month_of(day: date) -> str:
    """Return the month as ``YYYY-MM``."""
    return f"{day.year:04d}-{day.month:02d}"


def rfc3339(instant: datetime) -> str:
    """Return an instant in UTC as it stands on the wire and in keys: second precision and ``Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
