"""What a payment provider told us, in our own words."""

from datetime import datetime
from typing import ClassVar, Literal

from chalicelib.domain.base import Record, Value

FactKind = Literal["paid", "processing", "failed", "refunded_so_far", "refund", "dispute"]
RefundStatus = Literal["pending", "requires_action", "succeeded", "canceled", "failed"]
DisputeStatus = Literal["inquiry", "contested", "prevented", "won", "lost"]


class ProviderFact(Value):
    """One provider event, understood. ``payment_key`` is the provider's own name of the payment.

    ``invoice_id`` or ``checkout_id`` is what the payment names; it is a claim, not yet a record.
    ``amount_minor`` of ``refunded_so_far`` is the sum of all refunds of the payment until then.
    A ``refund`` or ``dispute`` has the provider's name of it (``object_id``), when it ``began_at``,
    and the status it has now. ``money`` says which way a dispute has moved the disputed amount:
    out of our hands, back into them, or not at all by this event. ``due_by``: answer it until then.
    """

    what: FactKind
    provider: str
    event_id: str
    payment_key: str
    invoice_id: str | None
    amount_minor: int
    currency: str
    occurred_at: datetime
    checkout_id: str | None = None
    detail: str | None = None
    object_id: str | None = None
    refund_status: RefundStatus | None = None
    dispute_status: DisputeStatus | None = None
    money: Literal["out", "back"] | None = None
    began_at: datetime | None = None
    due_by: datetime | None = None


class InboxEvent(Record):
    """A provider's event as it arrived, kept for good. Stored once per provider and event id."""

    kind: ClassVar[str] = "inbox_event"

    provider: str
    event_id: str
    event_type: str
    raw: str
    received_at: datetime
    state: Literal["received", "processed", "ignored"] = "received"
    outcome: str | None = None


class PaymentKey(Record):
    """The permanent key of one provider payment: whoever writes it posts the money."""

    kind: ClassVar[str] = "payment_key"

    provider: str
    payment_key: str
    payment_id: str
    customer_id: str
