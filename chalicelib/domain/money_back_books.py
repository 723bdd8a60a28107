"""From what is known of money that went back to what the books lack of it. Pure decisions.

Returned money is taken from what is unapplied first, then off the invoices that it settles, the
latest first; what comes back goes the same way in the other direction. So the books depend on how
much is gone, not on the order in which it went.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from chalicelib.domain.base import Value
from chalicelib.domain.money_back import (
    MoneyBack,
    Taken,
    charged_back_by_dispute,
    contested,
    wanted,
)
from chalicelib.domain.payment import Payment, Wanted
from chalicelib.domain.rest import Part, Rest

_FIELDS: Mapping[str, str] = {"refunded": "refunded_minor", "charged_back": "charged_back_minor"}


class Move(Value):
    """Money to be posted as gone in this way; a negative amount has come back."""

    kind: Literal["refunded", "charged_back"]
    amount_minor: int


def with_returns_by_hand(record: MoneyBack, payment: Payment) -> MoneyBack:
    """Return the record with what people had entered already counted as what the provider says.

    Whoever gives money back at the provider and enters it here as well means it once.
    """
    refunded, charged_back = wanted(record, payment.amount_minor, payment.currency)
    return record.but(
        refunded_minor=record.refunded_minor
        + _entered(payment.returned_minor("refunded"), record.refunded_minor, refunded),
        charged_back_minor=record.charged_back_minor
        + _entered(payment.returned_minor("charged_back"), record.charged_back_minor, charged_back),
    )


def _entered(returned_minor: int, posted_minor: int, wanted_minor: int) -> int:
    return max(min(returned_minor, wanted_minor) - posted_minor, 0)


def moves(record: MoneyBack, payment: Payment) -> tuple[Move, ...]:
    """Return what the books lack, what has come back first; no more goes than there is left."""
    refunded, charged_back = wanted(record, payment.amount_minor, payment.currency)
    lacking = (
        Move(kind="refunded", amount_minor=refunded - record.refunded_minor),
        Move(kind="charged_back", amount_minor=charged_back - record.charged_back_minor),
    )
    left = payment.amount_minor - payment.returned_minor()
    chosen: list[Move] = []
    for move in sorted(lacking, key=lambda each: each.amount_minor):
        part = min(move.amount_minor, left)
        left -= part
        if part:
            chosen.append(move.but(amount_minor=part))
    return tuple(chosen)


def is_wholly_posted(record: MoneyBack, payment: Payment) -> bool:
    """Tell whether the books have all that the provider said."""
    posted = (record.refunded_minor, record.charged_back_minor)
    return wanted(record, payment.amount_minor, payment.currency) == posted


def posted(record: MoneyBack, move: Move, freed: Iterable[Wanted]) -> MoneyBack:
    """Return the record after money went, with what it was taken off."""
    field = _FIELDS[move.kind]
    taken = record.taken
    for one in freed:
        taken = with_taken(taken, one)
    return record.but(taken=taken, **{field: getattr(record, field) + move.amount_minor})


def with_taken(taken: tuple[Taken, ...], more: Wanted) -> tuple[Taken, ...]:
    """Return what was taken with this as the last of it."""
    if taken and taken[-1].invoice_id == more.invoice_id:
        last = taken[-1].amount_minor + more.amount_minor
        return (*taken[:-1], taken[-1].but(amount_minor=last))
    return (*taken, Taken(invoice_id=more.invoice_id, amount_minor=more.amount_minor))


def put_back(
    record: MoneyBack, amount_minor: int, open_minor: Mapping[str, int]
) -> tuple[tuple[Taken, ...], tuple[Wanted, ...]]:
    """Return what then is still taken, and what money that has come back settles again.

    As far as the invoices are still open; the rest of it stays unapplied.
    """
    left = dict(open_minor)
    taken = list(record.taken)
    settles: dict[str, int] = {}
    while taken and amount_minor:
        last = taken.pop()
        part = min(last.amount_minor, amount_minor)
        amount_minor -= part
        if part < last.amount_minor:
            taken.append(last.but(amount_minor=last.amount_minor - part))
        fits = min(part, left.get(last.invoice_id, 0))
        left[last.invoice_id] = left.get(last.invoice_id, 0) - fits
        settles[last.invoice_id] = settles.get(last.invoice_id, 0) + fits
    return tuple(taken), tuple(
        Wanted(invoice_id=invoice_id, amount_minor=part)
        for invoice_id, part in settles.items()
        if part
    )


def held_by(record: MoneyBack, payment: Payment) -> dict[str, int]:
    """Return how much of the payment each dispute holds whose money is out."""
    refunded, _ = wanted(record, payment.amount_minor, payment.currency)
    return charged_back_by_dispute(record, payment.amount_minor - refunded, payment.currency)


def rest_of(record: MoneyBack, payment: Payment, open_minor: Mapping[str, int]) -> Rest | None:
    """Return what of the invoices rests as long as the money is contested: nobody owes it twice."""
    held = held_by(record, payment)
    waiting = sum(held.get(dispute.id, 0) for dispute in contested(record))
    taken: dict[str, int] = {}
    for one in record.taken:
        taken[one.invoice_id] = taken.get(one.invoice_id, 0) + one.amount_minor
    open_again = {
        invoice_id: min(amount, open_minor.get(invoice_id, 0))
        for invoice_id, amount in taken.items()
    }
    amount = min(waiting, sum(open_again.values()))
    if amount <= 0:
        return None
    return Rest(
        kind="chargeback",
        id=payment.id,
        invoice_ids=tuple(name for name, part in open_again.items() if part),
        parts=(Part(amount_minor=amount),),
    )
