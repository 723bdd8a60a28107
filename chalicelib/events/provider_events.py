"""The queue of stored provider events: interpret and apply."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib import bootstrap
from chalicelib.domain.provider import InboxEvent
from chalicelib.events.batches import Failures, each_message
from chalicelib.observability import logger
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
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
    fact = app.interpret(stored.provider, json.loads(stored.raw))
    outcome = apply_provider_event(app.ports, system_context(bootstrap.now()), stored, fact)
    logger.info("provider event applied", event_id=stored.event_id, outcome=outcome)
