"""What happened in the example's fourteen months: who ordered when, and who paid when.

A plan made of dates and numbers only, the same for the same day; `load.py` makes it happen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from infra.local.example.buyers import BUYERS
from infra.local.example.company import Buyer, Habit

DAYS: Final = 425  # fourteen months
_MONTHS: Final = 14
_BEFORE_ALL: Final = DAYS + 7
_ORDERED: Final = 389
_LEFT_OUT: Final = 26  # the oldest, so that with what the other files sell it stays at four hundred
DRAFTS: Final = 6
_MONTH_DAYS: Final = 30
_FRIDAY: Final = 4
_SEED: Final = 20_260
# Days after the due date on which a habit pays: the earliest and the latest.
_LATENESS: Final[dict[Habit, tuple[int, int]]] = {
    "prompt": (-12, 2),
    "usual": (-3, 20),
    "slow": (18, 60),
    "very_slow": (45, 150),
    "by_month": (0, 0),
    "in_parts": (4, 40),
    "stopped": (10, 45),
}
# Who stopped paying did so this many days ago.
_STOPPED_DAYS: Final = 190


@dataclass(frozen=True)
class Part:
    """A share of an order's total, paid on a day."""

    on: date
    share: float


@dataclass(frozen=True)
class Order:
    """Something sold: invoiced on a day, and paid in parts, some of them after today."""

    buyer: Buyer
    on: date
    parts: tuple[Part, ...]


def orders(today: date) -> list[Order]:
    """The orders in the order of their days, the last one today or on the last working day."""
    chance = Random(_SEED)  # noqa: S311 - the same story every time
    days = sorted(_working_day(chance, today) for _ in range(_ORDERED))
    return [_order(chance, day, today) for day in days][_LEFT_OUT:]


def _order(chance: Random, day: date, today: date) -> Order:
    known = [buyer for buyer in BUYERS if first_day(buyer, today) <= day]
    (buyer,) = chance.choices(known, [buyer.weight for buyer in known])
    due = day + timedelta(days=buyer.terms_days)
    return Order(buyer, day, tuple(_parts(chance, buyer, due, today)))


def first_day(buyer: Buyer, today: date) -> date:
    """The day on which the company got to know a customer: for most, before the story begins."""
    days = _BEFORE_ALL if buyer.months_ago >= _MONTHS else buyer.months_ago * _MONTH_DAYS
    return today - timedelta(days=days)


def _parts(chance: Random, buyer: Buyer, due: date, today: date) -> Iterator[Part]:
    if buyer.habit == "by_month":
        return  # once a month it pays all that is due: see load.py
    if buyer.habit == "stopped" and due > today - timedelta(days=_STOPPED_DAYS):
        return
    paid_on = due + timedelta(days=chance.randint(*_LATENESS[buyer.habit]))
    if buyer.habit == "in_parts":
        yield Part(_on_working_day(paid_on), 0.5)
        yield Part(_on_working_day(paid_on + timedelta(days=2 * _MONTH_DAYS)), 1.0)
    else:
        yield Part(_on_working_day(paid_on), 1.0)


def _working_day(chance: Random, today: date) -> date:
    """Any working day of the fourteen months; later ones a little more often: business grows."""
    ago = int(DAYS * chance.betavariate(0.95, 1.1))
    day = today - timedelta(days=min(ago, DAYS - 1))
    while day.weekday() > _FRIDAY:
        day -= timedelta(days=1)
    return day


def _on_working_day(day: date) -> date:
    while day.weekday() > _FRIDAY:
        day += timedelta(days=1)
    return day
