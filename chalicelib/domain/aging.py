"""Aging: the book as it stood at the end of any day, folded from the totals."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from chalicelib.domain.base import Value
from chalicelib.domain.ledger import Totals

BUCKETS: Final = ("current", "days_1_30", "days_31_60", "days_61_90", "over_90")
_LAST_DAY_OF_BUCKET: Final = ((30, "days_1_30"), (60, "days_31_60"), (90, "days_61_90"))


class Aging(Value):
    """One currency's open items by days past due, remaining amounts, and unapplied money apart.

    ``total_minor`` is the sum of the buckets: what customers owe. Unapplied money is not deducted.
    """

    currency: str
    current_minor: int = 0
    days_1_30_minor: int = 0
    days_31_60_minor: int = 0
    days_61_90_minor: int = 0
    over_90_minor: int = 0
    unapplied_minor: int = 0
    total_minor: int = 0


def bucket_of(days_past_due: int) -> str:
    """Return the bucket: current until the due date, then 1-30, 31-60, 61-90, over 90 days."""
    if days_past_due <= 0:
        return "current"
    for last_day, name in _LAST_DAY_OF_BUCKET:
        if days_past_due <= last_day:
            return name
    return "over_90"


def age(as_of: date, totals: Iterable[Totals]) -> tuple[Aging, ...]:
    """Bucket the totals up to ``as_of``: one row a currency, in alphabetical order."""
    by_currency: dict[str, dict[str, int]] = {}
    for one in totals:
        sums = by_currency.setdefault(one.currency, {})
        sums["unapplied"] = sums.get("unapplied", 0) + one.unapplied_minor
        for due, amount in one.open_by_due.items():
            bucket = bucket_of((as_of - date.fromisoformat(due)).days)
            sums[bucket] = sums.get(bucket, 0) + amount
    return tuple(_row(currency, sums) for currency, sums in sorted(by_currency.items()))


def _row(currency: str, sums: dict[str, int]) -> Aging:
    return Aging(
        currency=currency,
        unapplied_minor=sums.get("unapplied", 0),
        total_minor=sum(sums.get(bucket, 0) for bucket in BUCKETS),
        **{f"{bucket}_minor": sums.get(bucket, 0) for bucket in BUCKETS},
    )
