"""On which days something recurs: each week, month or year, at most once in each.

Everything is computed from the rhythm itself, never from the day before, so that the 31st comes
back after a short month.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from chalicelib.domain.base import Value
from chalicelib.domain.calendar import zone
from chalicelib.domain.errors import InvalidField

Every = Literal["week", "month", "year"]
BEGINS: Final = time(6, 0)
"""When the work of a day begins at the company's place: before people do, and after midnight."""
_LAST_DAY: Final[dict[Every, int]] = {"week": 7, "month": 31, "year": 31}


class Rhythm(Value):
    """One day of every week, month or year from ``start_on`` to ``end_on``, both included.

    ``on_day`` is 1 (Monday) to 7 of a week, 1 to 31 of a month, or 1 to 31 of the month of
    ``start_on`` each year. A month that has no such day has its last one instead.
    """

    every: Every
    on_day: int
    start_on: date
    end_on: date | None = None

    def on_or_after(self, day: date) -> date | None:
        """Return the first occurrence that is not before this day; None when there is none."""
        day = max(day, self.start_on)
        found = self._in_period_of(day)
        if found < day:
            found = self._in_period_of(self._next_period(day))
        return None if self.end_on is not None and found > self.end_on else found

    def following(self, last: date) -> date | None:
        """Return the first occurrence in a later week, month or year than that of ``last``."""
        return self.on_or_after(self._next_period(last))

    def days(self, first: date | None) -> Iterator[date]:
        """Return the occurrence ``first`` and all later ones, without end if there is none."""
        while first is not None:
            yield first
            first = self.following(first)

    def _in_period_of(self, day: date) -> date:
        if self.every == "week":
            return day + timedelta(days=self.on_day - day.isoweekday())
        month = day.month if self.every == "month" else self.start_on.month
        return date(day.year, month, min(self.on_day, monthrange(day.year, month)[1]))

    def _next_period(self, day: date) -> date:
        if self.every == "week":
            return day + timedelta(days=8 - day.isoweekday())
        if self.every == "year":
            return date(day.year + 1, 1, 1)
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def rhythm(every: Every, on_day: int | None, start_on: date, end_on: date | None) -> Rhythm:
    """Return a rhythm that has an occurrence; without ``on_day`` the first is on ``start_on``.

    InvalidField for a day that no such period has, or an end before the first occurrence.
    """
    day = on_day if on_day is not None else _day_of(every, start_on)
    if not 1 <= day <= _LAST_DAY[every]:
        raise InvalidField(
            "/on_day",
            f"A day of a {every} is a number from 1 to {_LAST_DAY[every]}.",
            field_code="no_such_day",
        )
    made = Rhythm(every=every, on_day=day, start_on=start_on, end_on=end_on)
    if made.on_or_after(start_on) is None:
        raise InvalidField(
            "/end_on", "It would end before its first day.", field_code="ends_before_first"
        )
    return made


def _day_of(every: Every, day: date) -> int:
    return day.isoweekday() if every == "week" else day.day


def working_date(instant: datetime, zone_name: str) -> date:
    """Return the latest date whose work has begun (six o'clock) in this zone at this instant.

    Wall-clock arithmetic: however long the night was, six o'clock is six o'clock.
    """
    local = instant.astimezone(zone(zone_name)).replace(tzinfo=None)
    begins = timedelta(hours=BEGINS.hour, minutes=BEGINS.minute)
    return (local - begins).date()
