"""Every five minutes: what of webhooks was left behind, or has fallen due.

It costs one read as long as nobody listens.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from chalicelib.usecases.announce import has_unannounced, queue_announcement, queue_delivery
from chalicelib.usecases.context import Context
from chalicelib.usecases.deliver_webhook import delivery_ref
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.webhook_deliveries import queue_replay
from chalicelib.usecases.webhook_listings import webhook_endpoints, webhooks_due

PAGE: Final = 200  # of an endpoint and a sweep; what is left waits five minutes for the next


def watch_webhooks(ports: Ports, context: Context) -> dict[str, int]:
    """Queue what a dead process left and what is due by its schedule; return how many of each."""
    every = ports.store.records(webhook_endpoints())  # to a deleted one something may wait as well
    listening = [one for one in every if one.state != "deleted"]
    waits = bool(listening) and has_unannounced(ports, listening)
    if waits:
        queue_announcement(ports, context.at)
    replays = [one.id for one in listening if one.replay_since is not None]
    for endpoint_id in replays:
        queue_replay(ports, endpoint_id, context.at)
    due = (row for one in every for row in _due(ports, context, one.id))
    count = sum(_queue(ports, context, row) for row in due)
    return {"announcements": int(waits), "webhooks": count, "replays": len(replays)}


def _due(ports: Ports, context: Context, endpoint_id: str) -> Sequence[Mapping[str, Any]]:
    return ports.store.rows(webhooks_due(endpoint_id, context.at), limit=PAGE).items


def _queue(ports: Ports, context: Context, row: Mapping[str, Any]) -> int:
    delivery = ports.store.get(delivery_ref(row["endpoint_id"], row["event_id"]))
    if delivery is None or not delivery.is_due(context.at):  # the index may lag behind
        return 0
    queue_delivery(ports, delivery, context.at)
    return 1
