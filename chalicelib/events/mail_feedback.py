"""SES events by the event rule: what became of a mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal

from chalicelib import bootstrap
from chalicelib.observability import logger
from chalicelib.usecases.context import system_context
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event

Reached = Literal["sent", "delivered", "opened", "bounced", "complained", "refused"]
# The event types of SES (API reference, EventType) that say something final; others are ignored.
_REACHED: Final[dict[str, Reached]] = {
    "Send": "sent",
    "Delivery": "delivered",
    "Open": "opened",
    "Bounce": "bounced",
    "Complaint": "complained",
    "Reject": "refused",
    "Rendering Failure": "refused",
}


def handle(event: Mapping[str, Any]) -> None:
    """Record one SES event. One without our tags is not about a message of ours."""
    detail = event["detail"]
    reached = _REACHED.get(detail.get("eventType", ""))
    tags = detail["mail"].get("tags", {})
    if reached is None or "message_id" not in tags or "customer_id" not in tags:
        return
    occurred_at = datetime.fromisoformat(event["time"])
    record_mail_event(
        bootstrap.app().ports,
        system_context(occurred_at),
        MailEvent(
            reached=reached,
            customer_id=tags["customer_id"][0],
            message_id=tags["message_id"][0],
            provider_message_id=detail["mail"]["messageId"],
            occurred_at=occurred_at,
            is_permanent=_is_permanent(detail),
            detail=_reason(detail),
        ),
    )
    logger.info("mail event", reached=reached, message_id=tags["message_id"][0])


def _is_permanent(detail: Mapping[str, Any]) -> bool:
    bounce = detail.get("bounce")
    return bounce is None or bounce.get("bounceType") == "Permanent"


def _reason(detail: Mapping[str, Any]) -> str | None:
    bounce, complaint = detail.get("bounce"), detail.get("complaint")
    if bounce is not None:
        recipients = bounce.get("bouncedRecipients") or [{}]
        said = recipients[0].get("diagnosticCode") or bounce.get("bounceSubType")
        return str(said) if said else None
    if complaint is not None:
        return complaint.get("complaintFeedbackType")
    reject = detail.get("reject")
    return reject.get("reason") if reject else None
