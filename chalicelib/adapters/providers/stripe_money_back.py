"""What Stripe's events say about money that goes back (docs.stripe.com/refunds, /disputes).

Refunds and disputes carry no metadata of ours; they belong to their payment by its PaymentIntent.
What was charged without one, by the older Charges API, has the charge's id as its payment key.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.stripe_fields import (
    NAME,
    currency_of,
    field,
    id_in,
    instant,
    minor,
    object_of,
)
from chalicelib.domain.money_back import DECIDED
from chalicelib.domain.provider import DisputeStatus, ProviderFact, RefundStatus

Money = Literal["out", "back"]
_NEVER_CHARGED: Final = "expired_uncaptured_charge"
_REFUNDS: Final[Mapping[str, RefundStatus]] = {
    "pending": "pending",
    "requires_action": "requires_action",
    "succeeded": "succeeded",
    "canceled": "canceled",
    "failed": "failed",
}
_DISPUTES: Final[Mapping[str, DisputeStatus]] = {
    "warning_needs_response": "inquiry",
    "warning_under_review": "inquiry",
    "needs_response": "contested",
    "under_review": "contested",
    "appeal_needs_response": "contested",
    "appeal_under_review": "contested",
    "warning_closed": "won",
    "charge_refunded": "won",  # no longer sent: the refund had settled it
    "won": "won",
    "lost": "lost",
    "prevented": "prevented",
}


def refund_as_listed(refund: Mapping[str, Any], as_of: datetime) -> Sequence[ProviderFact]:
    """Return what a refund on a list says; that it failed is known since then or before."""
    status = refund.get("status")
    is_over = _REFUNDS.get(str(status)) in ("failed", "canceled")
    fact = _refund(_as_event(refund, as_of if is_over else instant(refund)))
    return [fact] if fact else []


def dispute_as_listed(dispute: Mapping[str, Any], as_of: datetime) -> Sequence[ProviderFact]:
    """Return what a dispute on a list says: when its money moved, and how it stands."""
    told = [_dispute_created(_as_event(dispute, instant(dispute)))]
    back_at: datetime | None = None
    for moved in dispute.get("balance_transactions") or []:
        at = instant(moved)
        if field(moved, "amount", int) < 0:
            told.append(_dispute_withdrawn(_as_event(dispute, at)))
        else:
            back_at = at
    status = _dispute_status(_as_event(dispute, as_of))
    if status in DECIDED:
        at = back_at if status == "won" and back_at else as_of
        told.append(_dispute_told(_as_event(dispute, at)))
    return [fact for fact in told if fact]


def _as_event(thing: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
    return {"id": thing.get("id"), "created": int(at.timestamp()), "data": {"object": thing}}


def _charge_refunded(event: Mapping[str, Any]) -> ProviderFact | None:
    """Read the sum of a charge's refunds; it grows with each event.

    What was authorised and never captured counts as refunded to Stripe, but was never money.
    """
    charge = object_of(event)
    if charge.get("captured") is False:
        return None
    refunded = field(charge, "amount_refunded", int)
    if charge.get("amount_captured") is not None:
        released = field(charge, "amount", int) - field(charge, "amount_captured", int)
        refunded -= min(max(released, 0), max(refunded, 0))
    return _fact(event, "refunded_so_far", refunded, payment_key=_payment_key(charge, "id"))


def _refund(event: Mapping[str, Any]) -> ProviderFact | None:
    refund = object_of(event)
    if refund.get("charge") is None and refund.get("payment_intent") is None:
        return None  # it gives back a customer's balance at Stripe, not a payment
    if refund.get("reason") == _NEVER_CHARGED:
        return None
    status = field(refund, "status", str)
    if status not in _REFUNDS:
        raise EventMalformed(NAME, f"{status} is no status of a refund")
    failure = refund.get("failure_reason")
    return _fact(
        event,
        "refund",
        field(refund, "amount", int),
        payment_key=_payment_key(refund, "charge"),
        object_id=field(refund, "id", str),
        refund_status=_REFUNDS[status],
        began_at=instant(refund),
        detail=failure if isinstance(failure, str) else None,
    )


def _dispute_created(event: Mapping[str, Any]) -> ProviderFact | None:
    """A dispute takes its amount at once, unless it is only an inquiry."""
    takes = _dispute_status(event) in ("contested", "lost")
    return _of_dispute(event, "out" if takes else None)


def _dispute_withdrawn(event: Mapping[str, Any]) -> ProviderFact | None:
    return _of_dispute(event, "out")


def _dispute_reinstated(event: Mapping[str, Any]) -> ProviderFact | None:
    """Of a lost dispute only that comes back which had been refunded before; the rest is gone."""
    is_lost = _dispute_status(event) == "lost"
    return _of_dispute(event, "out" if is_lost else "back")


def _dispute_told(event: Mapping[str, Any]) -> ProviderFact | None:
    verdicts: dict[DisputeStatus, Money] = {"won": "back", "lost": "out"}
    return _of_dispute(event, verdicts.get(_dispute_status(event)))


def _of_dispute(event: Mapping[str, Any], money: Money | None) -> ProviderFact | None:
    dispute = object_of(event)
    reason = dispute.get("reason")
    return _fact(
        event,
        "dispute",
        field(dispute, "amount", int),
        payment_key=_payment_key(dispute, "charge"),
        object_id=field(dispute, "id", str),
        dispute_status=_dispute_status(event),
        money=money,
        due_by=_due_by(dispute),
        detail=reason if isinstance(reason, str) else None,
    )


def _dispute_status(event: Mapping[str, Any]) -> DisputeStatus:
    status = field(object_of(event), "status", str)
    if status not in _DISPUTES:
        raise EventMalformed(NAME, f"{status} is no status of a dispute")
    return _DISPUTES[status]


def _due_by(dispute: Mapping[str, Any]) -> datetime | None:
    details = dispute.get("evidence_details")
    if not isinstance(details, Mapping) or not details.get("due_by"):
        return None  # null or 0: the bank takes no answer
    return instant(details, "due_by")


def _payment_key(thing: Mapping[str, Any], of_charge: str) -> str:
    if thing.get("payment_intent") is not None:
        return id_in(thing, "payment_intent")
    return id_in(thing, of_charge)


def _fact(
    event: Mapping[str, Any],
    what: Literal["refunded_so_far", "refund", "dispute"],
    amount: int,
    **fields: Any,
) -> ProviderFact | None:
    currency = currency_of(object_of(event))
    amount_minor = minor(amount, currency)
    if amount_minor == 0:
        return None
    return ProviderFact(
        what=what,
        provider=NAME,
        event_id=field(event, "id", str),
        invoice_id=None,
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=instant(event),
        **fields,
    )


READERS: Final[Mapping[str, Callable[[Mapping[str, Any]], ProviderFact | None]]] = {
    "charge.refunded": _charge_refunded,
    "charge.refund.updated": _refund,
    "refund.created": _refund,
    "refund.updated": _refund,
    "refund.failed": _refund,
    "charge.dispute.created": _dispute_created,
    "charge.dispute.updated": _dispute_told,
    "charge.dispute.funds_withdrawn": _dispute_withdrawn,
    "charge.dispute.funds_reinstated": _dispute_reinstated,
    "charge.dispute.closed": _dispute_told,
}
