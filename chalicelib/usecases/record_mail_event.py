"""What the mail provider reports about a message, in any order and any number of times."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from chalicelib.domain.fate import Fate, FateKind, same_address
from chalicelib.domain.message import Message, Suppression, fold_address
from chalicelib.domain.work import WorkItem, WorkKind
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.deliver import record
from chalicelib.usecases.ports import Insert, Ports, Replace
from chalicelib.usecases.references import message_ref, suppression_ref
from chalicelib.usecases.work import ensure_work_item, work_item

Part = Literal["recipient", "contact", "colleague"]
_STOPS: Final[dict[str, tuple[Literal["bounced", "complained"], WorkKind]]] = {
    "bounced": ("bounced", "address_bounced"),
    "complained": ("complained", "address_complained"),
}


@dataclass(frozen=True, kw_only=True)
class MailEvent:
    """One report. Without ``address`` it is about the mail, or about its only recipient."""

    reached: FateKind
    customer_id: str
    message_id: str
    provider_message_id: str
    occurred_at: datetime
    address: str | None = None
    detail: str | None = None


def record_mail_event(ports: Ports, context: Context, event: MailEvent) -> None:
    """Move the message on; a bounce or complaint stops the address and asks a person to look.

    What happened to a contact that was copied, or to a colleague, says of the message only that it
    was sent. An event about a message that we do not know is somebody else's and changes nothing.
    """
    message = ports.store.get(message_ref(event.customer_id, event.message_id))
    if message is None:
        return
    part = _part(message, event.address)
    own = part == "recipient"
    report = Fate(
        what=event.reached,
        at=event.occurred_at,
        address=None if own else fold_address(event.address or ""),
        detail=event.detail[:200] if event.detail else None,
    )
    if report in message.fates:
        return  # known, with all that follows from it; a person may have decided since
    if event.reached in _STOPS:
        _stop(ports, context, message, event, part)
    record(
        ports,
        context,
        message,
        _state(event.reached) if own else "sent",
        report=report,
        if_unknown={
            "provider_message_id": event.provider_message_id,
            "sent_at": event.occurred_at if event.reached == "sent" else None,
        },
    )


def _state(reached: FateKind) -> str:
    return "opened" if reached == "clicked" else reached


def _part(message: Message, address: str | None) -> Part:
    if address is None or same_address(address, message.to):
        return "recipient"
    copied = any(same_address(address, one) for one in message.cc)
    return "contact" if copied else "colleague"


def _stop(ports: Ports, context: Context, message: Message, event: MailEvent, part: Part) -> None:
    reason, what = _STOPS[event.reached]
    address = fold_address(message.to if part == "recipient" else event.address or "")
    key = f"{event.reached}-{message.id}"
    if part == "recipient":
        ensure_work_item(ports, _item(context, message, event, (key, what), address))
    elif part == "contact":
        ensure_work_item(ports, _item(context, message, event, (f"{key}-{address}", what), address))
    else:
        # Once a day, by the provider's calendar: every copy of the day bounces alike.
        key = f"colleague-{address}-{event.occurred_at.date()}"
        ensure_work_item(ports, _of_colleague(context, event, key, address))
        return  # no customer is told less because a copy in the house does not arrive
    suppression = Suppression(
        address=address, reason=reason, since=event.occurred_at, detail=event.detail
    )

    def attempt() -> None:
        known = ports.store.get(suppression_ref(address))
        if known is None:
            ports.store.commit([Insert(suppression)])
        elif known.reason != "by_hand" and suppression.since < known.since:
            ports.store.commit([Replace(suppression.but(version=known.version + 1))])

    until_committed(ports, attempt)


def _item(
    context: Context, message: Message, event: MailEvent, named: tuple[str, WorkKind], address: str
) -> WorkItem:
    key, what = named
    return work_item(
        context,
        key,
        what,
        _said(address, event),
        priority=2,
        customer_id=message.customer_id,
        customer_name=message.customer_name,
        message_id=message.id,
        invoice_id=message.invoice_ids[0] if len(message.invoice_ids) == 1 else None,
        amount_minor=message.amount_minor,
        currency=message.currency,
    )


def _of_colleague(context: Context, event: MailEvent, key: str, address: str) -> WorkItem:
    return work_item(context, key, "colleague_bounced", _said(address, event), priority=4)


def _said(address: str, event: MailEvent) -> str:
    return ": ".join(part for part in (address, event.detail) if part)[:500]
