"""The sweeper: finish what a crash left between a commit and what should follow it."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from chalicelib.domain.base import Record
from chalicelib.domain.errors import known
from chalicelib.domain.message import LEASE, Message
from chalicelib.domain.provider import InboxEvent
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.apply_provider_event import find_event
from chalicelib.usecases.checkout_listings import live_checkouts
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import Context
from chalicelib.usecases.deliver import mark_unknown
from chalicelib.usecases.listings import inbox_received
from chalicelib.usecases.mail_listings import messages_in
from chalicelib.usecases.ports import Listing, Ports
from chalicelib.usecases.read_all import all_rows, find_all
from chalicelib.usecases.receive_provider_event import failure_of, queue_event
from chalicelib.usecases.references import message_ref
from chalicelib.usecases.send_document import queue_message
from chalicelib.usecases.work import REPLAYED

GRACE: Final = timedelta(minutes=2)  # the handler itself needs seconds; younger rows are its own
PAGE: Final = 200  # a sweep; whatever is left waits five minutes for the next
MOST_EVENTS: Final = 500  # looked through for those to try again; each is one read


def sweep(ports: Ports, context: Context) -> dict[str, int]:
    """Queue again what waits too long; mark as uncertain what was claimed and never reported.

    Return how many of each. Repeating it is harmless: the workers check everything themselves.
    """
    before = context.at - GRACE
    queued = _rows(ports, messages_in("queued", before))
    for row in queued:
        queue_message(ports, _message(ports, row))
    events = _waiting(ports, before)
    for event in events:
        queue_event(ports, event)
    stuck = _rows(ports, messages_in("claimed", context.at - LEASE))
    for row in stuck:
        message = _message(ports, row)
        mark_unknown(ports, context, message, "No outcome was recorded: the sender died.")
    checkouts = ports.store.rows(live_checkouts(before), limit=1).items
    if checkouts:
        queue_chore(ports, context, "close_checkouts", {})
    return {"messages": len(queued), "events": len(events), "uncertain": len(stuck)}


def _waiting(ports: Ports, before: datetime) -> list[InboxEvent]:
    """Return the events to try again: not those that a person has put aside as failed."""
    rows = islice(all_rows(ports, inbox_received(before)), MOST_EVENTS)
    found = [find_event(ports, row["provider"], row["event_id"]) for row in rows]
    events = [event for event in found if event.state == "received"]  # the index may lag behind
    failures = find_all(ports, [failure_of(event) for event in events])
    return [event for event in events if not _is_put_aside(failures.get(failure_of(event)))][:PAGE]


def _is_put_aside(failure: Record | None) -> bool:
    return isinstance(failure, WorkItem) and failure.state == "done" and failure.outcome != REPLAYED


def _rows(ports: Ports, listing: Listing[Any]) -> tuple[Any, ...]:
    return ports.store.rows(listing, limit=PAGE).items


def _message(ports: Ports, row: Any) -> Message:
    return known(ports.store.get(message_ref(row["customer_id"], row["id"])))
