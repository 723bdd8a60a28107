"""Every five minutes: what of webhooks was left behind, or has fallen due.

It costs one read as long as nobody listens.
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.usecases.announce import has_unannounced, queue_announcement, queue_delivery
from chalicelib.usecases.context import Context
from chalicelib.usecases.deliver_webhook import delivery_ref
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.webhook_deliveries import queue_replay
from chalicelib.usecases.webhook_endpoints import list_endpoints
from chalicelib.usecases.webhook_listings import webhooks_due

PAGE: Final = 500  # a sweep; whatever is left waits five minutes for the next


def watch_webhooks(ports: Ports, context: Context) -> dict[str, int]:
    """Queue what a dead process left and what is due by its schedule; return how many of each."""
    endpoints = list_endpoints(ports)
    if not endpoints:
        return {"announcements": 0, "webhooks": 0, "replays": 0}
    waits = has_unannounced(ports, endpoints)
    if waits:
        queue_announcement(ports, context.at)
    replays = [one.id for one in endpoints if one.replay_since is not None]
    for endpoint_id in replays:
        queue_replay(ports, endpoint_id, context.at)
    due = ports.store.rows(webhooks_due(context.at), limit=PAGE).items
    count = sum(_queue(ports, context, row) for row in due)
    return {"announcements": int(waits), "webhooks": count, "replays": len(replays)}


def _queue(ports: Ports, context: Context, row: Mapping[str, Any]) -> int:
    delivery = ports.store.get(delivery_ref(row["endpoint_id"], row["event_id"]))
    if delivery is None or not delivery.is_due(context.at):  # the index may lag behind
        return 0
    queue_delivery(ports, delivery, context.at)
    return 1
