"""Works on queues in memory as the Lambdas do: every message may come again, a failed one does."""

import json
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.provider import InboxEvent
from chalicelib.events.chores import do_chore
from chalicelib.events.webhooks import work as do_webhook
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.deliver_staff_mail import deliver_staff_mail
from chalicelib.usecases.deliver_statement import deliver_statement
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.send_reminder import send_reminder
from chalicelib.usecases.sweep import sweep
from chalicelib.usecases.tell_old_address import deliver_telling
from tests.fakes import Fakes

MAX_ROUNDS = 50


def handle(ports: Ports, queue: str, body: str, now: datetime) -> None:
    """Do the work of one message."""
    message: dict[str, Any] = json.loads(body)
    if queue == "provider_events":
        event = _event(ports, message)
        facts = ports.gateway.facts(event.provider, event.event_type, event.raw)
        apply_provider_event(ports, system_context(now), event, *facts)
    elif queue == "mail":
        _send(ports, message, now)
    elif queue == "webhooks":
        do_webhook(ports, message, now)
    elif queue == "chores":
        do_chore(ports, message)
    else:
        context = system_context(datetime.fromisoformat(message["time"]))
        for customer_id, currency in message["accounts"]:
            send_reminder(ports, context, customer_id, currency)


def _send(ports: Ports, message: dict[str, Any], now: datetime) -> None:
    context = system_context(now)
    if "staff_mail" in message:
        deliver_staff_mail(ports, context, message["email"], message["staff_mail"])
        return
    others = {"statement": deliver_statement, "contact": deliver_telling}
    deliver = others.get(message.get("purpose", ""), deliver_document)
    deliver(ports, context, message["customer_id"], message["message_id"])


def _event(ports: Ports, message: dict[str, Any]) -> InboxEvent:
    if "event" in message:
        return InboxEvent.model_validate(message["event"], strict=False)
    return find_event(ports, message["provider"], message["event_id"])


def drain(fakes: Fakes, now: datetime) -> None:
    """Work until all queues are empty. Nothing fails here."""
    ports = fakes.ports()
    for _ in range(MAX_ROUNDS):
        waiting = fakes.queues.take()
        if not waiting:
            return
        for queue, body in waiting:
            handle(ports, queue, body, now)
    raise AssertionError("The queues never became empty.")


def settle(fakes: Fakes, now: datetime) -> None:
    """Drain, then let the sweeper find what a crash left behind, and drain again."""
    fakes.table.catch_up()
    for minutes in (0, 15, 30):
        later = now + timedelta(minutes=minutes)
        drain(fakes, later)
        sweep(fakes.ports(), system_context(later))
        drain(fakes, later)
