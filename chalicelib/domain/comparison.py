"""Nightly comparisons of our books with the lists of payment providers."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.money_back import MoneyBack, learn, nothing_back, wanted
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import ProviderFact

MOST_NAMED: Final = 50
"""Payments that a run names; its counts are of all."""


class Comparison(Record):
    """One look at a provider's list, from ``since`` to ``until``.

    ``seen`` payments were on the list; ``missed`` were heard of only now and are being posted by
    the handler of webhooks; ``differing`` need a person. ``keys`` names the first of both.
    """

    kind: ClassVar[str] = "comparison"

    id: str
    provider: str
    state: Literal["running", "done", "failed"] = "running"
    since: datetime
    until: datetime
    seen: int = 0
    missed: int = 0
    differing: int = 0
    keys: tuple[str, ...] = ()
    error: str | None = None
    started_at: datetime
    started_by: str
    ended_at: datetime | None = None


class Money(Value):
    """What a provider says of a payment; amounts in minor units."""

    amount_minor: int
    currency: str
    refunded_minor: int
    charged_back_minor: int


def said(provider: str, payment_key: str, facts: Iterable[ProviderFact]) -> Money | None:
    """Return what a provider's facts about one payment come to; None while it is not paid."""
    back = nothing_back(provider, payment_key)
    paid: ProviderFact | None = None
    for fact in facts:
        paid = fact if fact.what == "paid" else paid
        back = learn(back, fact)
    if paid is None:
        return None
    refunded, charged_back = wanted(back, paid.amount_minor, paid.currency)
    return Money(
        amount_minor=paid.amount_minor,
        currency=paid.currency,
        refunded_minor=refunded,
        charged_back_minor=charged_back,
    )


def is_news(known: MoneyBack | None, money: Money, ours: Payment) -> bool:
    """Tell whether a provider knows of more money that went back, or came back, than we do.

    What staff have noted by hand counts as known.
    """
    said_back = (money.refunded_minor, money.charged_back_minor)
    if said_back == (ours.returned_minor("refunded"), ours.returned_minor("charged_back")):
        return False
    return known is None or said_back != wanted(known, money.amount_minor, money.currency)
