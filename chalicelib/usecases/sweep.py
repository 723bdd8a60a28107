"""The sweeper: finish what a crash left between a commit and what should follow it."""

from datetime import timedelta
from typing import Any, Final

from chalicelib.domain.errors import known
from chalicelib.domain.message import LEASE, Message
from chalicelib.usecases.apply_provider_event import find_event
from chalicelib.usecases.checkout_listings import live_checkouts
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import Context
from chalicelib.usecases.deliver import mark_unknown
from chalicelib.usecases.listings import inbox_received
from chalicelib.usecases.mail_listings import messages_in
from chalicelib.usecases.ports import Listing, Ports
from chalicelib.usecases.receive_provider_event import queue_event
from chalicelib.usecases.references import message_ref
from chalicelib.usecases.send_document import queue_message

GRACE: Final = timedelta(minutes=2)  # the handler itself needs seconds; younger rows are its own
PAGE: Final = 200  # a sweep; whatever is left waits five minutes for the next


def sweep(ports: Ports, context: Context) -> dict[str, int]:
    """Queue again what waits too long; mark as uncertain what was claimed and never reported.

    Return how many of each. Repeating it is harmless: the workers check everything themselves.
    """
    before = context.at - GRACE
    queued = _rows(ports, messages_in("queued", before))
    for row in queued:
        queue_message(ports, _message(ports, row))
    events = _rows(ports, inbox_received(before))
    for row in events:
        event = find_event(ports, row["provider"], row["event_id"])
        if event.state == "received":  # the index may lag behind
            queue_event(ports, event)
    stuck = _rows(ports, messages_in("claimed", context.at - LEASE))
    for row in stuck:
        message = _message(ports, row)
        mark_unknown(ports, context, message, "No outcome was recorded: the sender died.")
    checkouts = ports.store.rows(live_checkouts(before), limit=1).items
    if checkouts:
        queue_chore(ports, context, "close_checkouts", {})
    return {"messages": len(queued), "events": len(events), "uncertain": len(stuck)}


def _rows(ports: Ports, listing: Listing[Any]) -> tuple[Any, ...]:
    return ports.store.rows(listing, limit=PAGE).items


def _message(ports: Ports, row: Any) -> Message:
    return known(ports.store.get(message_ref(row["customer_id"], row["id"])))
