"""Money of one provider payment that went back: refunds and disputes, and what of it is posted.

What is known is a fold over the provider's facts that is the same for every order and repetition of
them. So the books can be brought to it whenever something new is heard.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import ClassVar, Final, TypeVar

from chalicelib.domain.base import Record, Value
from chalicelib.domain.errors import known
from chalicelib.domain.provider import DisputeStatus, ProviderFact, RefundStatus

GAVE_UP: Final = frozenset[RefundStatus]({"failed", "canceled"})
DECIDED: Final = frozenset[DisputeStatus]({"won", "lost", "prevented"})
# Of two words in one second, the later in these lists came last.
_REFUND_ORDER: Final = ("pending", "requires_action", "succeeded", "canceled", "failed")
_DISPUTE_ORDER: Final = ("inquiry", "contested", "prevented", "won", "lost")


class SoFar(Value):
    """What the provider said was refunded in all until an instant."""

    at: datetime
    amount_minor: int
    currency: str


class Refund(Value):
    """One refund as it was last heard of. ``gave_up_at`` is the first time that it had failed."""

    id: str
    at: datetime
    status: RefundStatus
    amount_minor: int
    currency: str
    began_at: datetime
    gave_up_at: datetime | None = None


class Dispute(Value):
    """One dispute as it was last heard of, and when its money last went out and came back."""

    id: str
    at: datetime
    status: DisputeStatus
    amount_minor: int
    currency: str
    due_by: datetime | None = None
    out_at: datetime | None = None
    back_at: datetime | None = None

    @property
    def is_out(self) -> bool:
        """The disputed money is not in our hands."""
        out, back = self.out_at, self.back_at
        return out is not None and (back is None or out > back)

    @property
    def is_decided(self) -> bool:
        """Nobody waits for an answer or a verdict any more."""
        return self.status in DECIDED


class Taken(Value):
    """So much was taken off an invoice again, because the money that had settled it went back."""

    invoice_id: str
    amount_minor: int


class MoneyBack(Record):
    """What went back of one payment: first what is known, then what the books have of it.

    ``taken`` is in the order in which it was taken; money that comes back settles the last first.
    """

    kind: ClassVar[str] = "money_back"

    provider: str
    payment_key: str
    so_far: SoFar | None = None
    refunds: tuple[Refund, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    payment_id: str | None = None
    refunded_minor: int = 0
    charged_back_minor: int = 0
    taken: tuple[Taken, ...] = ()


def nothing_back(provider: str, payment_key: str) -> MoneyBack:
    """Return what is known of a payment before the first word about money back (version 0)."""
    return MoneyBack(version=0, provider=provider, payment_key=payment_key)


def learn(record: MoneyBack, fact: ProviderFact) -> MoneyBack:
    """Return what is known after a fact, whatever came before: order and repetition are the same.

    Facts about anything else than money back teach nothing.
    """
    if fact.what == "refunded_so_far":
        return record.but(so_far=_latest(record.so_far, _so_far(fact)))
    if fact.what == "refund":
        return record.but(refunds=_merged(record.refunds, _refund(fact), _later_refund))
    if fact.what == "dispute":
        return record.but(disputes=_merged(record.disputes, _dispute(fact), _later_dispute))
    return record


def wanted(record: MoneyBack, amount_minor: int, currency: str) -> tuple[int, int]:
    """Return how much of a payment of this amount was (refunded, charged back); never more than it.

    Refunded is the larger of two accounts of it. The sum that the provider names stands for all
    refunds, heard of or not; those which it includes and which failed later are taken off. The
    refunds that were heard of and did not fail add up to the other. What is refunded cannot be
    charged back as well: the provider gives that part of a dispute back.
    """
    told = _still_refunded(record, currency)
    heard = sum(
        one.amount_minor
        for one in record.refunds
        if one.currency == currency and one.status not in GAVE_UP
    )
    refunded = min(max(told, heard, 0), amount_minor)
    charged_back = charged_back_by_dispute(record, amount_minor - refunded, currency)
    return refunded, sum(charged_back.values())


def _still_refunded(record: MoneyBack, currency: str) -> int:
    told = record.so_far
    if told is None or told.currency != currency:
        return 0
    return told.amount_minor - sum(
        one.amount_minor
        for one in record.refunds
        if one.currency == currency
        and one.gave_up_at is not None
        and one.began_at <= told.at <= one.gave_up_at
    )


def charged_back_by_dispute(record: MoneyBack, left_minor: int, currency: str) -> dict[str, int]:
    """Return how much each dispute holds of what is left of a payment, decided ones first."""
    held: dict[str, int] = {}
    for one in sorted(record.disputes, key=lambda each: (not each.is_decided, each.id)):
        if one.is_out and one.currency == currency:
            held[one.id] = min(one.amount_minor, left_minor)
            left_minor -= held[one.id]
    return held


def contested(record: MoneyBack) -> tuple[Dispute, ...]:
    """Return the disputes whose money is out, but not for good: nobody is asked for it again."""
    return tuple(one for one in record.disputes if one.is_out and not one.is_decided)


def last_heard_at(record: MoneyBack) -> datetime | None:
    """Return the instant of the latest fact; None when nothing is known."""
    told = [record.so_far.at] if record.so_far else []
    parts: list[Refund | Dispute] = [*record.refunds, *record.disputes]
    return max([*told, *(part.at for part in parts)], default=None)


def in_other_currency(record: MoneyBack, currency: str) -> bool:
    """Tell whether something went back in a currency that the payment is not in."""
    told = [record.so_far] if record.so_far else []
    out = [one for one in record.disputes if one.is_out]
    parts: list[SoFar | Refund | Dispute] = [*told, *record.refunds, *out]
    return any(part.currency != currency for part in parts)


def _so_far(fact: ProviderFact) -> SoFar:
    return SoFar(at=fact.occurred_at, amount_minor=fact.amount_minor, currency=fact.currency)


def _latest(one: SoFar | None, other: SoFar) -> SoFar:
    if one is None:
        return other
    return max(one, other, key=lambda each: (each.at, each.amount_minor, each.currency))


def _refund(fact: ProviderFact) -> Refund:
    status: RefundStatus = known(fact.refund_status)
    return Refund(
        id=known(fact.object_id),
        at=fact.occurred_at,
        status=status,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
        began_at=fact.began_at or fact.occurred_at,
        gave_up_at=fact.occurred_at if status in GAVE_UP else None,
    )


def _later_refund(one: Refund, other: Refund) -> Refund:
    last = max(
        one,
        other,
        key=lambda each: (
            each.at,
            _REFUND_ORDER.index(each.status),
            each.amount_minor,
            each.currency,
        ),
    )
    return last.but(
        began_at=min(one.began_at, other.began_at),
        gave_up_at=_first([one.gave_up_at, other.gave_up_at]),
    )


def _dispute(fact: ProviderFact) -> Dispute:
    return Dispute(
        id=known(fact.object_id),
        at=fact.occurred_at,
        status=known(fact.dispute_status),
        amount_minor=fact.amount_minor,
        currency=fact.currency,
        due_by=fact.due_by,
        out_at=fact.occurred_at if fact.money == "out" else None,
        back_at=fact.occurred_at if fact.money == "back" else None,
    )


def _later_dispute(one: Dispute, other: Dispute) -> Dispute:
    last = max(
        one,
        other,
        key=lambda each: (
            each.at,
            _DISPUTE_ORDER.index(each.status),
            each.amount_minor,
            each.currency,
            each.due_by.timestamp() if each.due_by else 0,
        ),
    )
    return last.but(
        out_at=_last([one.out_at, other.out_at]), back_at=_last([one.back_at, other.back_at])
    )


def _first(instants: Iterable[datetime | None]) -> datetime | None:
    return min((each for each in instants if each is not None), default=None)


def _last(instants: Iterable[datetime | None]) -> datetime | None:
    return max((each for each in instants if each is not None), default=None)


P = TypeVar("P", Refund, Dispute)


def _merged(parts: tuple[P, ...], new: P, later: Callable[[P, P], P]) -> tuple[P, ...]:
    by_id = {part.id: part for part in parts}
    by_id[new.id] = later(by_id[new.id], new) if new.id in by_id else new
    return tuple(by_id[name] for name in sorted(by_id))
