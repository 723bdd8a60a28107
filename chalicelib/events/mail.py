"""The queues of mails and reminders: deliver what is due, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from chalicelib import bootstrap
from chalicelib.events.batches import Failures, each_message
from chalicelib.observability import logger
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.deliver_staff_mail import deliver_staff_mail
from chalicelib.usecases.deliver_statement import deliver_statement
from chalicelib.usecases.send_reminder import send_reminder
from chalicelib.usecases.tell_old_address import deliver_telling

_DELIVERING: Final = {"statement": deliver_statement, "contact": deliver_telling}
"""By purpose, where that is no document."""


def handle(event: Mapping[str, Any]) -> Failures:
    """Send each queued mail of a batch: with a document or a statement, to staff, or a word."""
    return each_message(event, _deliver)


def _deliver(body: dict[str, Any]) -> None:
    context = system_context(bootstrap.now())
    if "staff_mail" in body:
        deliver_staff_mail(bootstrap.app().ports, context, body["email"], body["staff_mail"])
        return
    deliver = _DELIVERING.get(body.get("purpose", ""), deliver_document)
    deliver(bootstrap.app().ports, context, body["customer_id"], body["message_id"])


def handle_reminders(event: Mapping[str, Any]) -> Failures:
    """Decide about each account of each message, as of the tick that queued it."""
    return each_message(event, _remind)


def _remind(body: dict[str, Any]) -> None:
    context = system_context(datetime.fromisoformat(body["time"]))
    failure: Exception | None = None
    for customer_id, currency in body["accounts"]:
        try:
            send_reminder(bootstrap.app().ports, context, customer_id, currency)
        except Exception as exc:  # noqa: BLE001 - one account must not hold up the other nine
            logger.exception("reminder failed", customer_id=customer_id, currency=currency)
            failure = exc
    if failure is not None:
        raise failure
