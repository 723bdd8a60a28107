"""The book of one currency by month, folded from the totals: what the key figures are made of."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property

from chalicelib.domain.calendar import month_of
from chalicelib.domain.ledger import Totals, add_totals


class Book:
    """One currency as of a day; its last month goes up to that day."""

    def __init__(self, as_of: date, totals: Iterable[Totals]) -> None:
        self.as_of = as_of
        parts: dict[str, list[Totals]] = {}
        for one in totals:
            parts.setdefault(one.period[:7], []).append(one)
        self._months = {month: add_totals(many) for month, many in sorted(parts.items())}

    def billed(self, month: str) -> int:
        """Return what was invoiced in a month (``YYYY-MM``), gross, less what was voided."""
        return self._months[month].billed_minor if month in self._months else 0

    def collected(self, month: str) -> int:
        """Return the payments received in a month, less what went back."""
        return self._months[month].collected_minor if month in self._months else 0

    def written_off(self, month: str) -> int:
        """Return what was given up in a month, less what was recovered of it."""
        return self._months[month].written_off_minor if month in self._months else 0

    def open_by_due(self, day: date) -> Mapping[date, int]:
        """Return what was open by due date at the end of the month in which this day lies."""
        ended = [open_minor for month, open_minor in self._ends if month <= month_of(day)]
        return ended[-1] if ended else {}

    @cached_property
    def _ends(self) -> list[tuple[str, dict[date, int]]]:
        # Each month adds its changes to what was open at the end of the one before it.
        ends: list[tuple[str, dict[date, int]]] = []
        open_minor: dict[date, int] = {}
        for month, totals in self._months.items():
            open_minor = dict(open_minor)
            for due, change in totals.open_by_due.items():
                due_on = date.fromisoformat(due)
                open_minor[due_on] = open_minor.get(due_on, 0) + change
            ends.append((month, open_minor))
        return ends

    @cached_property
    def _open_now(self) -> Mapping[date, int]:
        return self.open_by_due(self.as_of)

    @cached_property
    def outstanding(self) -> int:
        """All that is owed; unapplied money is not deducted."""
        return sum(self._open_now.values())

    @cached_property
    def current(self) -> int:
        """The part of it that is not past due."""
        return not_past_due(self._open_now, self.as_of)

    @property
    def unapplied(self) -> int:
        """Money received that settles nothing yet."""
        return sum(totals.unapplied_minor for totals in self._months.values())

    def expected(self, days: int) -> int:
        """Return what falls due on the day itself and in so many days after it."""
        last = self.as_of + timedelta(days=days)
        return sum(amount for due, amount in self._open_now.items() if self.as_of <= due <= last)


def not_past_due(open_by_due: Mapping[date, int], day: date) -> int:
    """Return the part whose due date has not passed on this day."""
    return sum(amount for due, amount in open_by_due.items() if due >= day)


def months_before(day: date, count: int) -> date:
    """Return the first day of the month so many months before that of ``day``."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def last_day(day: date) -> date:
    """Return the last day of the month of this day."""
    return day.replace(day=monthrange(day.year, day.month)[1])
