"""Late-payment interest: simple, day by day, at the rate of each half-year.

Interest runs from the day after the due date on whatever is open that day, tax included (Directive
2011/7/EU; Ley 3/2004). The day on which money arrives still bears interest. The derivation is split
at half-years and at each change of what is open; each part is rounded by itself, so that what is
printed adds up.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from chalicelib.domain.base import Value
from chalicelib.domain.interest_rates import InterestRates, following_half_year, half_year_of
from chalicelib.domain.money import round_half_up

_DAY: Final = timedelta(days=1)


class Principal(Value):
    """What was owed on each day: the total, and what settled it, by value date.

    Negative amounts undo earlier ones from their own value date on.
    """

    total_minor: int
    settled: tuple[tuple[date, int], ...] = ()

    def open_on(self, day: date) -> int:
        """Return what bears interest on a day; money that arrives on it does not lower it yet."""
        settled = sum(amount for value_date, amount in self.settled if value_date < day)
        return max(self.total_minor - settled, 0)


class Segment(Value):
    """Days of one half-year, the last included, on which the same amount was open."""

    from_day: date
    until_day: date
    days: int
    principal_minor: int
    annual_rate: Decimal
    source: str
    interest_minor: int


class Derivation(Value):
    """Interest step by step.

    ``missing`` are the first days of the half-years in which something was open but whose rate
    nobody knows: while there is one, the sum is not the whole.
    """

    segments: tuple[Segment, ...] = ()
    missing: tuple[date, ...] = ()

    @property
    def interest_minor(self) -> int:
        """The sum of the segments."""
        return sum(segment.interest_minor for segment in self.segments)

    @property
    def days(self) -> int:
        """How many days bear interest."""
        return sum(segment.days for segment in self.segments)

    @property
    def is_late(self) -> bool:
        """Something was open on at least one of the days."""
        return bool(self.segments or self.missing)


def derive(principal: Principal, *, after: date, until: date, table: InterestRates) -> Derivation:
    """Return the interest of the days after ``after`` up to and including ``until``.

    ``after`` is the due date, or the last day that was claimed already.
    """
    segments: list[Segment] = []
    missing: list[date] = []
    for first, last, open_minor in _stretches(principal, after + _DAY, until):
        half_year = half_year_of(first)
        rate = table.of(half_year)
        if rate is None:
            missing.append(half_year)
            continue
        days = (last - first).days + 1
        exact = Decimal(open_minor) * days * rate.annual_rate / table.day_count
        segments.append(
            Segment(
                from_day=first,
                until_day=last,
                days=days,
                principal_minor=open_minor,
                annual_rate=rate.annual_rate,
                source=rate.source,
                interest_minor=round_half_up(exact),
            )
        )
    return Derivation(segments=tuple(segments), missing=tuple(dict.fromkeys(missing)))


def _stretches(principal: Principal, first: date, until: date) -> Iterator[tuple[date, date, int]]:
    """Yield first and last day of the longest stretches with one half-year and one open amount."""
    joined: list[tuple[date, int]] = []
    for start in sorted(_starts(principal, first, until)):
        open_minor = principal.open_on(start)
        if not joined or joined[-1][1] != open_minor or start == half_year_of(start):
            joined.append((start, open_minor))
    ends = [start - _DAY for start, _ in joined[1:]] + [until]
    for index, (start, open_minor) in enumerate(joined):
        if open_minor:
            yield start, ends[index], open_minor


def _starts(principal: Principal, first: date, until: date) -> set[date]:
    if first > until:
        return set()
    starts = {first}
    starts |= {day + _DAY for day, _ in principal.settled if first <= day < until}
    half_year = following_half_year(first)
    while half_year <= until:
        starts.add(half_year)
        half_year = following_half_year(half_year)
    return starts
