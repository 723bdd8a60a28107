"""The journal: what each posting means in double entry, for the accountant.

Every entry of the ledger carries balanced legs. Two of them follow from its lines: what customers
owe, and what we owe them; the fact names the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal

from chalicelib.domain.base import Value
from chalicelib.domain.errors import InvariantBroken

JournalAccount = Literal[
    "receivable",
    "customer_credit",
    "sales",
    "sales_returns",
    "tax",
    "bank",
    "cash_discount",
    "small_difference",
    "bad_debt",
    "transfer",
]
CHART: Final[dict[str, str]] = {
    "receivable": "430",
    "customer_credit": "438",
    "sales": "700",
    "sales_returns": "708",
    "tax": "477",
    "bank": "572",
    "cash_discount": "706",
    "small_difference": "659",
    "bad_debt": "650",
    "transfer": "555",
}
"""Account numbers of the Spanish chart (Plan General de Contabilidad, RD 1514/2007).

Every company may have its own.
"""


class Leg(Value):
    """One side of a posting: debit is positive. ``rate`` is the tax rate, on tax alone."""

    account: JournalAccount
    amount_minor: int
    rate: Decimal | None = None


def chart_of(own: Mapping[str, str]) -> dict[str, str]:
    """Return the number of every account: the company's own where it has one."""
    return {name: own.get(name, number) for name, number in CHART.items()}


def legs_of(
    open_delta_minor: int, unapplied_delta_minor: int, against: Iterable[Leg]
) -> tuple[Leg, ...]:
    """Return the balanced legs of a posting. InvariantBroken when ``against`` does not fit."""
    legs = [
        Leg(account="receivable", amount_minor=open_delta_minor),
        Leg(account="customer_credit", amount_minor=-unapplied_delta_minor),
        *against,
    ]
    if sum(leg.amount_minor for leg in legs):
        raise InvariantBroken(f"A posting does not balance: {legs}.")
    return tuple(leg for leg in legs if leg.amount_minor)


def reversed_legs(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """Return the legs that undo these."""
    return tuple(leg.but(amount_minor=-leg.amount_minor) for leg in legs)
