"""The queue of SES events: what became of a mail. The rule on aws.ses fills it.

Shapes: docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html. A soft
bounce (Transient, Undetermined) is reported only when SES no longer tries; while it does, it
reports DeliveryDelay.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from chalicelib import bootstrap
from chalicelib.domain.fate import FateKind
from chalicelib.events.batches import Failures, each_message
from chalicelib.observability import logger
from chalicelib.usecases.context import system_context
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event

# By event type: the fate, the object that tells about it, and where its recipients stand.
# Subscription is missing: it says nothing about a mail.
_KINDS: Final[dict[str, tuple[FateKind, str, str | None]]] = {
    "Send": ("sent", "send", None),
    "Delivery": ("delivered", "delivery", "recipients"),
    "DeliveryDelay": ("delayed", "deliveryDelay", "delayedRecipients"),
    "Open": ("opened", "open", None),
    "Click": ("clicked", "click", None),
    "Bounce": ("bounced", "bounce", "bouncedRecipients"),
    "Complaint": ("complained", "complaint", "complainedRecipients"),
    "Reject": ("refused", "reject", None),
    "Rendering Failure": ("refused", "failure", None),
}
# Feedback reports that are no complaint of a reader (RFC 5965 and its registry).
_NO_COMPLAINT: Final = frozenset({"not-spam", "auth-failure"})


def handle(event: Mapping[str, Any]) -> Failures:
    """Record each SES event of a batch."""
    return each_message(event, _record)


def _record(body: dict[str, Any]) -> None:
    context = system_context(bootstrap.now())
    for report in reports(body):
        record_mail_event(bootstrap.app().ports, context, report)
        logger.info("mail event", reached=report.reached, message_id=report.message_id)


def reports(event: Mapping[str, Any]) -> Iterator[MailEvent]:
    """Return what an event on the bus says, recipient by recipient.

    Nothing for one without our tags, which is not about a message of ours, and for what is no fate.
    """
    detail = event["detail"]
    mail = detail["mail"]
    tags = mail.get("tags", {})
    known = _KINDS.get(detail.get("eventType", ""))
    if known is None or "message_id" not in tags or "customer_id" not in tags:
        return
    reached, name, listed = known
    what: Mapping[str, Any] = detail.get(name) or {}
    if what.get("complaintFeedbackType") in _NO_COMPLAINT:
        logger.warning("feedback that is no complaint", kind=what["complaintFeedbackType"])
        return
    if reached == "bounced" and what.get("bounceType") != "Permanent":
        reached = "undelivered"
    for address, said in _recipients(mail, what, listed):
        yield MailEvent(
            reached=reached,
            customer_id=tags["customer_id"][0],
            message_id=tags["message_id"][0],
            provider_message_id=mail["messageId"],
            occurred_at=_time(event, mail, what),
            address=address,
            detail=said or _said(what),
        )


def _recipients(
    mail: Mapping[str, Any], what: Mapping[str, Any], listed: str | None
) -> Iterator[tuple[str | None, str | None]]:
    named = what.get(listed) if listed else None
    if not named:
        yield None, None
        return
    # A forwarding mail server names another address than we wrote to: of a mail with one
    # recipient it cannot be about anybody else.
    is_alone = len(mail.get("destination") or ()) <= 1
    for one in named:
        address, said = (one, None) if isinstance(one, str) else _one_recipient(one)
        yield None if is_alone else address, said


def _one_recipient(one: Mapping[str, Any]) -> tuple[str | None, str | None]:
    return one.get("emailAddress"), one.get("diagnosticCode")


def _said(what: Mapping[str, Any]) -> str | None:
    names = (
        "bounceSubType",
        "complaintFeedbackType",
        "complaintSubType",
        "delayType",
        "reason",
        "errorMessage",
        "link",
    )
    return next((str(what[name]) for name in names if what.get(name)), None)


def _time(event: Mapping[str, Any], mail: Mapping[str, Any], what: Mapping[str, Any]) -> datetime:
    # Send and Reject carry no time of their own; the mail's is that of its sending.
    return datetime.fromisoformat(what.get("timestamp") or mail.get("timestamp") or event["time"])
