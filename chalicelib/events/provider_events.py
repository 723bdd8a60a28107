"""The queue of stored provider events: interpret and apply."""

from collections.abc import Mapping
from typing import Any

from chalicelib import bootstrap
from chalicelib.domain.provider import InboxEvent
from chalicelib.events.batches import Failures, each_message
from chalicelib.observability import logger
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.close_checkouts import payers
from chalicelib.usecases.context import system_context


def handle(event: Mapping[str, Any]) -> Failures:
    """Apply each event of a batch."""
    return each_message(event, _apply)


def _apply(body: dict[str, Any]) -> None:
    app = bootstrap.app()
    if "event" in body:
        stored = InboxEvent.model_validate(body["event"], strict=False)
    else:
        stored = find_event(app.ports, body["provider"], body["event_id"])
    if stored.state != "received":
        return
    facts = app.ports.gateway.facts(stored.provider, stored.event_type, stored.raw)
    context = system_context(bootstrap.now())
    outcome = apply_provider_event(app.ports, context, stored, *facts)
    for customer_id in payers(app.ports, facts):
        queue_chore(app.ports, context, "close_checkouts", {"customer_id": customer_id})
    logger.info("provider event applied", event_id=stored.event_id, outcome=outcome)
