"""Early-payment discount: "2 % within 10 days, otherwise 30 days net".

The whole invoice is due at its due date; the discount is considered only when money arrives, by the
value date of that money and never by the day on which it was entered.

Two conventions for part payments, kept on the terms (features: early-payment discount):

- strict: nothing until all that is needed has arrived in the window; then the rest is forgiven;
- proportional: money P in the window clears P / (1 − rate).

Three ways with tax: ``included`` reduces base and tax when it is taken; ``excluded`` the base
alone; ``mixed`` reduces the tax on the invoice from the start, and the base when it is taken.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from chalicelib.domain.base import Value
from chalicelib.domain.money import round_half_up

PartPayment = Literal["strict", "proportional"]
TaxMode = Literal["included", "excluded", "mixed"]


class DiscountTerms(Value):
    """What is offered: a fraction of the invoice, for money that arrives within so many days."""

    rate: Decimal
    days: int
    part_payment: PartPayment = "strict"
    tax: TaxMode = "included"


class DiscountOffer(Value):
    """What of the discount is still to be had on an open invoice.

    ``left_minor`` is what may still be forgiven; ``needed_minor`` what must still arrive by
    ``until`` for all of it.
    """

    until: date
    left_minor: int
    needed_minor: int
    part_payment: PartPayment


def offer(
    terms: DiscountTerms,
    issue_date: date,
    *,
    total_minor: int,
    net_minor: int,
    settled: Iterable[tuple[str, int, date]] = (),
) -> DiscountOffer:
    """Return the offer on an invoice of which this much is left after credit notes.

    ``settled`` are settlements as (kind, amount, value date); undone ones are negative.
    """
    base = total_minor if terms.tax == "included" else net_minor
    whole = round_half_up(base * terms.rate)
    until = issue_date + timedelta(days=terms.days)
    left, needed = whole, total_minor - whole
    for kind, amount, value_date in settled:
        if kind == "discount":
            left -= amount
        elif kind in ("payment", "credit") and value_date <= until:
            needed -= amount
    return DiscountOffer(
        until=until, left_minor=left, needed_minor=needed, part_payment=terms.part_payment
    )


def earned(
    offered: DiscountOffer | None, open_minor: int, amount_minor: int, received_on: date
) -> int:
    """Return how much discount money of this value date earns when it settles so much."""
    if offered is None or received_on > offered.until or offered.left_minor <= 0:
        return 0
    most = min(offered.left_minor, open_minor - amount_minor)
    if amount_minor >= offered.needed_minor:
        return max(most, 0)
    if offered.part_payment == "strict" or amount_minor <= 0:
        return 0
    share = Decimal(amount_minor * offered.left_minor) / Decimal(offered.needed_minor)
    return max(min(round_half_up(share), most), 0)


def payable(offered: DiscountOffer | None, open_minor: int, received_on: date) -> int:
    """Return the least money of this value date that settles all that is open."""
    if offered is None or received_on > offered.until:
        return open_minor
    needed = max(offered.needed_minor, 0)
    return needed if 0 < open_minor - needed <= offered.left_minor else open_minor
