"""What the mail provider reports about a message, in any order and any number of times."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from chalicelib.domain.message import Message, Suppression, fold_address
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.deliver import record
from chalicelib.usecases.ports import Insert, Ports
from chalicelib.usecases.references import message_ref, suppression_ref
from chalicelib.usecases.work import ensure_work_item, work_item


@dataclass(frozen=True, kw_only=True)
class MailEvent:
    """One report. ``is_permanent`` says that writing to the address again is pointless."""

    reached: Literal["sent", "delivered", "opened", "bounced", "complained", "refused"]
    customer_id: str
    message_id: str
    provider_message_id: str
    occurred_at: datetime
    is_permanent: bool = True
    detail: str | None = None


def record_mail_event(ports: Ports, context: Context, event: MailEvent) -> None:
    """Move the message on; a bounce or complaint stops the address and asks a person to look.

    An event about a message that we do not know is somebody else's and changes nothing.
    """
    message = ports.store.get(message_ref(event.customer_id, event.message_id))
    if message is None:
        return
    if event.reached == "bounced" and not event.is_permanent:
        return  # the provider goes on trying; it reports a permanent bounce if it gives up
    if event.reached in ("bounced", "complained"):
        _stop_address(ports, context, message, event)
    fields: dict[str, Any] = {"provider_message_id": event.provider_message_id}
    if event.reached == "sent" and message.sent_at is None:
        fields["sent_at"] = event.occurred_at
    if event.detail and event.reached in ("bounced", "complained", "refused"):
        fields["reason"] = event.detail[:200]
    record(ports, context, message, event.reached, **fields)


def _stop_address(ports: Ports, context: Context, message: Message, event: MailEvent) -> None:
    is_bounce = event.reached == "bounced"
    suppression = Suppression(
        address=fold_address(message.to),
        reason="bounced" if is_bounce else "complained",
        since=event.occurred_at,
        detail=event.detail,
    )

    def attempt() -> None:
        if ports.store.get(suppression_ref(message.to)) is None:
            ports.store.commit([Insert(suppression)])

    until_committed(ports, attempt)
    item = work_item(
        context,
        f"{event.reached}-{message.id}",
        "address_bounced" if is_bounce else "address_complained",
        ": ".join(part for part in (message.to, event.detail) if part)[:500],
        priority=2,
        customer_id=message.customer_id,
        customer_name=message.customer_name,
        message_id=message.id,
        invoice_id=message.invoice_ids[0] if len(message.invoice_ids) == 1 else None,
        amount_minor=message.amount_minor,
        currency=message.currency,
    )
    ensure_work_item(ports, item)
