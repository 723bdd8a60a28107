"""What becomes of each mail, told to the app as SES tells it through EventBridge.

The emulator sends no such events. The addresses of SES's own mailbox simulator decide the fate:
bounce@, ooto@ (an automatic reply), complaint@, suppressionlist@ and (ours) reject@, delay@ and
full@simulator.amazonses.com; a +label is allowed. Every other address gets its mail.
"""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from infra.local.functions import ACCOUNT, Event, bus_event
from infra.local.mailbox import Mail, Mailbox

_SIMULATOR: Final = "simulator.amazonses.com"
_GIVES_UP_AFTER: Final = timedelta(hours=14)
_TITLES: Final = {
    "Send": "Email Sent",
    "Delivery": "Email Delivered",
    "Open": "Email Opened",
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
    "Reject": "Email Rejected",
    "DeliveryDelay": "Email Delivery Delayed",
}
_OBJECTS: Final = {"DeliveryDelay": "deliveryDelay"}  # all others are named like their event


class MailFeedback:
    """Follows the mailbox and remembers, over restarts, which mails it has dealt with."""

    def __init__(
        self,
        mailbox: Mailbox,
        put: Callable[[Event], None],
        position_file: Path,
    ) -> None:
        self._mailbox = mailbox
        self._put = put
        self._file = position_file
        self._position = int(position_file.read_text()) if position_file.exists() else 0

    def deliver(self) -> bool:
        """Tells the app the fate of the next mail; False when all is told."""
        following = next(self._mailbox.since(self._position), None)
        if following is None:
            return False
        position, mail = following
        for event in events(mail):
            self.tell(event)
        self._position = position
        self._file.write_text(str(position), encoding="utf-8")
        return True

    def tell(self, event: Event) -> None:
        """Puts one event where the app waits for it."""
        self._put(event)


def events(mail: Mail) -> Iterator[Event]:
    """The events of one mail in the order in which SES sends them."""
    fates = {address: _fate(address) for address in mail.to}
    if "Reject" in fates.values():
        yield _event(mail, "Reject", {"reason": "Bad content"})
        return
    yield _event(mail, "Send", {})
    for address, fate in fates.items():
        yield from _events_of_recipient(mail, address, fate)


def opened(mail: Mail) -> Event:
    """The event of a mail that its reader opens now."""
    return _event(mail, "Open", {"timestamp": _now(), "ipAddress": "127.0.0.1", "userAgent": "-"})


def _fate(address: str) -> str:
    local, _, domain = address.lower().partition("@")
    known = {"bounce": "Bounce", "suppressionlist": "Suppressed", "complaint": "Complaint"}
    fates = known | {"reject": "Reject", "delay": "Delay", "full": "Full", "ooto": "Reply"}
    return fates.get(local.partition("+")[0], "Delivery") if domain == _SIMULATOR else "Delivery"


def _events_of_recipient(mail: Mail, address: str, fate: str) -> Iterator[Event]:
    if fate in ("Bounce", "Suppressed"):
        subtype = "General" if fate == "Bounce" else "Suppressed"
        yield _event(mail, "Bounce", _bounce(address, subtype))
        return
    if fate in ("Delay", "Full"):
        yield _event(mail, "DeliveryDelay", _delay(address))
        if fate == "Full":
            yield _event(mail, "Bounce", _soft_bounce(address, "MailboxFull"))
        return
    delivery = {"timestamp": _now(), "recipients": [address], "processingTimeMillis": 300}
    yield _event(mail, "Delivery", delivery | {"smtpResponse": "250 2.6.0 Message received"})
    if fate == "Complaint":
        yield _event(mail, "Complaint", _complaint(address))
    if fate == "Reply":
        yield _event(mail, "Bounce", _soft_bounce(address, "General"))


def _bounce(address: str, subtype: str) -> dict[str, Any]:
    recipient = {"emailAddress": address, "action": "failed", "status": "5.1.1"}
    diagnostic = "smtp; 550 5.1.1 user unknown"
    return {
        "bounceType": "Permanent",
        "bounceSubType": subtype,
        "bouncedRecipients": [recipient | {"diagnosticCode": diagnostic}],
        "timestamp": _now(),
        "feedbackId": str(uuid.uuid4()),
    }


def _soft_bounce(address: str, subtype: str) -> dict[str, Any]:
    recipient = {"emailAddress": address, "action": "failed", "status": "5.2.2"}
    diagnostic = "smtp; 552 5.2.2 mailbox full" if subtype == "MailboxFull" else None
    return {
        "bounceType": "Transient",
        "bounceSubType": subtype,
        "bouncedRecipients": [recipient | ({"diagnosticCode": diagnostic} if diagnostic else {})],
        "timestamp": _now(),
        "feedbackId": str(uuid.uuid4()),
    }


def _delay(address: str) -> dict[str, Any]:
    recipient = {"emailAddress": address, "status": "4.4.1"}
    diagnostic = "smtp; 421 4.4.1 Unable to connect to remote host"
    return {
        "timestamp": _now(),
        "delayType": "TransientCommunicationFailure",
        "expirationTime": _timestamp(datetime.now(UTC) + _GIVES_UP_AFTER),
        "delayedRecipients": [recipient | {"diagnosticCode": diagnostic}],
    }


def _complaint(address: str) -> dict[str, Any]:
    return {
        "complainedRecipients": [{"emailAddress": address}],
        "complaintFeedbackType": "abuse",
        "timestamp": _now(),
        "feedbackId": str(uuid.uuid4()),
    }


def _event(mail: Mail, kind: str, what: dict[str, Any]) -> Event:
    detail = {
        "eventType": kind,
        "mail": _described(mail),
        _OBJECTS.get(kind, kind.lower()): what,
    }
    return bus_event("aws.ses", _TITLES[kind], datetime.now(UTC), detail)


def _described(mail: Mail) -> dict[str, Any]:
    own = {name: [value] for name, value in mail.tags.items()}
    system = {
        "ses:operation": ["SendEmail"],
        "ses:configuration-set": [mail.configuration_set],
        "ses:caller-identity": ["local"],
    }
    return {
        "timestamp": _timestamp(mail.sent_at),
        "source": mail.sender,
        "sendingAccountId": ACCOUNT,
        "messageId": mail.id,
        "destination": list(mail.to),
        "headersTruncated": False,
        "headers": [{"name": "Subject", "value": mail.subject}],
        "commonHeaders": {"from": [mail.sender], "to": list(mail.to), "subject": mail.subject},
        "tags": system | own,
    }


def _now() -> str:
    return _timestamp(datetime.now(UTC))


def _timestamp(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
