"""Take a provider's verified event in: store it once, answer, work on it later."""

import json
from typing import Final

from chalicelib.domain.provider import InboxEvent
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.work import failed_key

QUEUE: Final = "provider_events"
MAX_INLINE_CHARACTERS: Final = 60_000  # four bytes a character at worst: below SQS's 256 KB


def receive_provider_event(
    ports: Ports, context: Context, *, provider: str, event_id: str, event_type: str, raw: str
) -> None:
    """Store the event under (provider, event id) and queue it; a repetition changes nothing.

    When the queue fails, the event is stored and the sweeper queues it.
    """
    event = InboxEvent(
        provider=provider,
        event_id=event_id,
        event_type=event_type,
        raw=raw,
        received_at=context.at,
    )
    if until_committed(ports, lambda: _is_new(ports, event)):
        queue_event(ports, event)


def _is_new(ports: Ports, event: InboxEvent) -> bool:
    try:
        ports.store.commit([Insert(event)])
    except Conflict as conflict:
        if not conflict.is_about(InboxEvent):
            raise
        return False
    return True


def queue_event(ports: Ports, event: InboxEvent) -> None:
    """Hand an event to the worker; a large one goes by reference."""
    ports.queues.put(QUEUE, _body(event))


def failure_of(event: InboxEvent) -> Ref[WorkItem]:
    """Return the key of the work item that there is once an event has failed too often."""
    return work_item_ref(failed_key(QUEUE, _body(event)))


def _body(event: InboxEvent) -> str:
    body = {"v": 1, "provider": event.provider, "event_id": event.event_id}
    whole = json.dumps(body | {"event": event.model_dump(mode="json")})
    return whole if len(whole) <= MAX_INLINE_CHARACTERS else json.dumps(body)
