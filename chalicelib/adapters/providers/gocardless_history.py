"""What the history of a payment or refund at GoCardless comes to.

A direct debit can fail after it was confirmed, even after it was paid out: then the money goes back
as it does when the payer has the bank return it. Nobody can contest either, so both are lost from
the start; a bank may call a chargeback off, and a failed debit may be tried again with success.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import Fields, Ours, ours
from chalicelib.domain.provider import FactKind, ProviderFact, RefundStatus

NAME: Final = "gocardless"
_CAME: Final = ("confirmed", "paid_out")
_FAILED: Final = ("failed", "cancelled", "customer_approval_denied")
_CHARGED_BACK: Final = "charged_back"
_CALLED_OFF: Final = "chargeback_cancelled"
_REFUNDS: Final[dict[str, RefundStatus]] = {
    "created": "pending",
    "pending_submission": "pending",
    "submitted": "pending",
    "paid": "succeeded",
    "cancelled": "canceled",
    "bounced": "failed",
    "failed": "failed",
    "funds_returned": "failed",
}
_REFUND_ACTIONS: Final[dict[str, RefundStatus]] = {
    "created": "pending",
    "paid": "succeeded",
    "failed": "failed",
    "bounced": "failed",
    "funds_returned": "failed",
}
_STATUSES: Final = frozenset({
    "pending_customer_approval", "pending_submission", "submitted",
    *_CAME, *_FAILED, _CHARGED_BACK,
})  # fmt: skip


class Change(NamedTuple):
    """Something that happened to a thing; sorted, they are in the order of time."""

    at: datetime
    id: str
    action: str
    why: str


class _Lost(NamedTuple):
    """Money that had come and went: since when it is out, or since when it is back."""

    at: datetime
    is_out: bool
    why: str


class _Story(NamedTuple):
    """How a payment stands: since when it is paid, and what went back since for which reason."""

    paid_at: datetime | None = None
    late_failure: _Lost | None = None
    chargeback: _Lost | None = None


def payment_facts(
    payment: Fields, changes: Sequence[Change], event_id: str
) -> Sequence[ProviderFact]:
    """Return what a payment is now: on its way, failed, or paid and perhaps lost again."""
    status = payment.text("status")
    if status not in _STATUSES:
        raise EventMalformed(NAME, f"{status} is no status of a payment")
    last = changes[-1] if changes else Change(payment.instant("created_at"), "", "", "")
    story = _told(changes, status, last)
    if story.paid_at is None:
        what: FactKind = "failed" if status in _FAILED else "processing"
        why = last.why if what == "failed" else ""
        return [_payment_fact(payment, event_id, what, last.at, detail=why or None)]
    facts = [_payment_fact(payment, event_id, "paid", story.paid_at)]
    for name, lost in (("late_failure", story.late_failure), ("chargeback", story.chargeback)):
        if lost is not None:
            facts.append(_lost_fact(payment, event_id, name, lost))
    return facts


def refund_facts(
    refund: Fields, changes: Sequence[Change], event_id: str
) -> Sequence[ProviderFact]:
    """Return what a refund is now; nothing for one that gives back no payment of ours."""
    payment_key = refund.inside("links").maybe_text("payment")
    if payment_key is None:
        return []
    began_at = refund.instant("created_at")
    last = changes[-1] if changes else Change(began_at, "", "", "")
    return [
        ProviderFact(
            what="refund",
            provider=NAME,
            event_id=event_id,
            payment_key=payment_key,
            invoice_id=None,
            amount_minor=refund.whole("amount"),
            currency=refund.currency("currency"),
            occurred_at=last.at,
            object_id=refund.text("id"),
            refund_status=_refund_status(refund, changes),
            began_at=began_at,
            detail=last.why or None,
        )
    ]


def _told(changes: Sequence[Change], status: str, last: Change) -> _Story:
    story = _Story()
    for change in changes:
        story = _after(story, change)
    # What the object says now stands above a history that is not complete yet.
    if status in (*_CAME, _CHARGED_BACK) and story.paid_at is None:
        story = story._replace(paid_at=last.at)
    if status in _FAILED and story.paid_at is not None and not _is_out(story.late_failure):
        story = story._replace(late_failure=_Lost(last.at, is_out=True, why=last.why))
    if status == _CHARGED_BACK and not _is_out(story.chargeback):
        story = story._replace(chargeback=_Lost(last.at, is_out=True, why=last.why))
    return story


def _after(story: _Story, change: Change) -> _Story:
    if change.action in _CAME:
        if _is_out(story.late_failure):
            story = story._replace(late_failure=_Lost(change.at, is_out=False, why=""))
        return story if story.paid_at else story._replace(paid_at=change.at)
    if story.paid_at is None:
        return story
    if change.action in _FAILED:
        return story._replace(late_failure=_Lost(change.at, is_out=True, why=change.why))
    if change.action == _CHARGED_BACK:
        return story._replace(chargeback=_Lost(change.at, is_out=True, why=change.why))
    if change.action == _CALLED_OFF and story.chargeback is not None:
        return story._replace(chargeback=_Lost(change.at, is_out=False, why=change.why))
    return story


def _is_out(lost: _Lost | None) -> bool:
    return lost is not None and lost.is_out


def _lost_fact(payment: Fields, event_id: str, name: str, lost: _Lost) -> ProviderFact:
    money: Literal["out", "back"] = "out" if lost.is_out else "back"
    return _payment_fact(
        payment,
        event_id,
        "dispute",
        lost.at,
        object_id=f"{payment.text('id')}-{name}",
        dispute_status="lost" if lost.is_out else "won",
        money=money,
        detail=lost.why or None,
    )


def _payment_fact(
    payment: Fields, event_id: str, what: FactKind, at: datetime, **more: Any
) -> ProviderFact:
    metadata = payment.maybe_inside("metadata")
    named = Ours()
    if metadata is not None:
        named = ours(metadata.maybe_text("checkout_id") or metadata.maybe_text("invoice_id"))
    return ProviderFact(
        what=what,
        provider=NAME,
        event_id=event_id,
        payment_key=payment.text("id"),
        **named._asdict(),
        amount_minor=payment.whole("amount"),
        currency=payment.currency("currency"),
        occurred_at=at,
        **more,
    )


def _refund_status(refund: Fields, changes: Sequence[Change]) -> RefundStatus:
    # Older versions of the API tell no status: then the last event does.
    status = refund.maybe_text("status")
    if status is not None:
        if status not in _REFUNDS:
            raise EventMalformed(NAME, f"{status} is no status of a refund")
        return _REFUNDS[status]
    said = [_REFUND_ACTIONS[one.action] for one in changes if one.action in _REFUND_ACTIONS]
    return said[-1] if said else "pending"
