"""What a payment provider told us, in our own words."""

from datetime import datetime
from typing import ClassVar, Literal

from chalicelib.domain.base import Record, Value

FactKind = Literal["paid", "processing", "failed"]


class ProviderFact(Value):
    """One provider event, understood. ``payment_key`` is the provider's own name of the payment.

    ``invoice_id`` is what the event's metadata names; it is a claim, not yet an invoice of ours.
    """

    what: FactKind
    provider: str
    event_id: str
    payment_key: str
    invoice_id: str | None
    amount_minor: int
    currency: str
    occurred_at: datetime
    detail: str | None = None


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
