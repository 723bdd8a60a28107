"""Accounting periods: months of the journal. A closed one never changes."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import ClassVar

from chalicelib.domain.base import Record
from chalicelib.domain.calendar import month_of
from chalicelib.domain.errors import InvalidField, StateConflict

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class ClosedPeriod(Record):
    """A month whose journal was handed over. ``file`` is kept for good and has this ``sha256``.

    ``entries`` counts what stands in the file, those that came late for the month before included.
    """

    kind: ClassVar[str] = "closed_period"

    month: str
    entries: int
    sha256: str
    file: str
    closed_at: datetime
    closed_by: str


def parse_month(text: str) -> date:
    """Return the first day of a month written ``YYYY-MM``. InvalidField."""
    if not _MONTH.fullmatch(text) or text < "1900":
        raise InvalidField("/month", "A month is written YYYY-MM.", field_code="not_a_month")
    return date.fromisoformat(f"{text}-01")


def last_day(first: date) -> date:
    """Return the last day of the month of this day."""
    return next_month(first) - timedelta(days=1)


def next_month(first: date) -> date:
    """Return the first day of the month after that of this day."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def previous_month(first: date) -> date:
    """Return the first day of the month before that of this day."""
    return (first.replace(day=1) - timedelta(days=1)).replace(day=1)


def require_closable(
    first: date, *, next_to_close: date, closed: Collection[str], today: date
) -> None:
    """StateConflict unless this month is over, not closed, and the next in order."""
    month = month_of(first)
    if month in closed:
        raise StateConflict(f"{month} is closed already.", code="period_closed_already")
    if last_day(first) >= today:
        raise StateConflict(f"{month} is not over yet.", code="period_not_over")
    if first != next_to_close:
        raise StateConflict(
            f"Months are closed in order; the next is {month_of(next_to_close)}.",
            code="period_order",
        )
