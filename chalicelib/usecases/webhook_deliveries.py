"""What became of each event for each endpoint: look at it, send it again, send a test."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.domain.webhook_delivery import WebhookAttempt, WebhookDelivery
from chalicelib.domain.webhook_endpoint import WebhookEndpoint
from chalicelib.domain.webhook_events import TEST
from chalicelib.domain.webhook_payload import event
from chalicelib.usecases.announce import new_delivery, queue_delivery
from chalicelib.usecases.context import Context, commit, until_committed
from chalicelib.usecases.deliver_webhook import delivery_ref
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref, Replace, Require
from chalicelib.usecases.webhook_endpoints import endpoint_ref, find_endpoint, said
from chalicelib.usecases.webhook_listings import webhooks_failed

_PAGE: Final = 100
MAX_PAGES: Final = 10  # then another message goes on: a worker has a minute


@dataclass(frozen=True)
class DeliveryFile:
    """A delivery with its endpoint and its attempts, the latest first; old ones are forgotten."""

    delivery: WebhookDelivery
    endpoint: WebhookEndpoint | None
    attempts: tuple[WebhookAttempt, ...]


def read_delivery(ports: Ports, name: str) -> DeliveryFile:
    """Return a delivery with everything about it. NotFound."""
    records = ports.store.partition(_ref(name))
    delivery = next((one for one in records if isinstance(one, WebhookDelivery)), None)
    if delivery is None:
        raise NotFound("webhook delivery", name)
    attempts = tuple(one for one in records if isinstance(one, WebhookAttempt))
    endpoint = ports.store.get(endpoint_ref(delivery.endpoint_id))
    return DeliveryFile(delivery, endpoint, attempts[::-1])


def _ref(name: str) -> Ref[WebhookDelivery]:
    endpoint_id, _, event_id = name.partition("-")
    return delivery_ref(endpoint_id, event_id)


def send_test(ports: Ports, context: Context, endpoint_id: str) -> WebhookDelivery:
    """Send an event that means nothing, once, even to an endpoint that is switched off."""
    endpoint = find_endpoint(ports, endpoint_id)
    data = {
        "resource": f"/v1/webhook-endpoints/{endpoint_id}",
        "by": {"id": context.actor.id, "name": context.actor.name},
    }
    name = ports.ids.new("evt", context.at)
    test = event(name, TEST, context.at, data)
    delivery = new_delivery(context, endpoint, test, is_test=True)

    def attempt() -> None:
        resource = f"/v1/webhook-deliveries/{delivery.id}"
        commit(ports, context, [Insert(delivery)], resource=resource)

    until_committed(ports, attempt)
    queue_delivery(ports, delivery, context.at)
    return delivery


def replay_delivery(ports: Ports, context: Context, name: str) -> WebhookDelivery:
    """Send a delivery again, failed or delivered, as if for the first time.

    StateConflict while it waits, and when its endpoint is switched off or gone.
    """

    def attempt() -> WebhookDelivery:
        delivery = ports.store.get(_ref(name))
        if delivery is None:
            raise NotFound("webhook delivery", name)
        if delivery.state == "waiting":
            raise StateConflict("It is being sent already.", code="delivery_waits")
        endpoint = _open_endpoint(ports, delivery.endpoint_id)
        after = delivery.again(context.at)
        entry = said(
            ports, context, endpoint, "delivery_replayed", event=after.event_id, type=after.type
        )
        still_open = Require(endpoint_ref(endpoint.id), endpoint.version)
        resource = f"/v1/webhook-deliveries/{name}"
        commit(ports, context, [Replace(after), entry, still_open], resource=resource)
        return after

    after = until_committed(ports, attempt)
    queue_delivery(ports, after, context.at)
    return after


def replay_failed(
    ports: Ports, context: Context, endpoint_id: str, since: datetime
) -> WebhookEndpoint:
    """Have everything sent again that failed from an instant on. StateConflict when it is off."""

    def attempt() -> WebhookEndpoint:
        before = _open_endpoint(ports, endpoint_id)
        after = before.next(replay_since=min(before.replay_since or since, since))
        entry = said(ports, context, after, "failed_replayed", since=rfc3339(since))
        resource = f"/v1/webhook-endpoints/{endpoint_id}"
        commit(ports, context, [Replace(after), entry], resource=resource)
        return after

    after = until_committed(ports, attempt)
    queue_replay(ports, endpoint_id, context.at)
    return after


def queue_replay(ports: Ports, endpoint_id: str, at: datetime) -> None:
    """Have the worker begin what failed anew; the sweeper does if this never happens."""
    body = {"v": 1, "replay": endpoint_id, "time": at.isoformat()}
    ports.queues.put("webhooks", json.dumps(body))


def carry_out_replay(ports: Ports, context: Context, endpoint_id: str) -> int:
    """Begin anew what failed for an endpoint since the wished instant; return how much.

    Only what had failed before the wish: what fails again meanwhile has had its turn.
    """
    endpoint = ports.store.get(endpoint_ref(endpoint_id))
    if endpoint is None or endpoint.replay_since is None:
        return 0
    listing = webhooks_failed(endpoint_id, endpoint.replay_since)
    count, cursor = 0, None
    for _ in range(MAX_PAGES):
        page = ports.store.rows(listing, limit=_PAGE, cursor=cursor)
        for row in page.items if endpoint.is_enabled else ():
            count += until_committed(ports, _beginning(ports, context, row["event_id"], endpoint))
        cursor = page.cursor
        if cursor is None or not endpoint.is_enabled:
            _replayed(ports, endpoint)
            return count
    queue_replay(ports, endpoint_id, context.at)
    return count


def _beginning(
    ports: Ports, context: Context, event_id: str, endpoint: WebhookEndpoint
) -> Callable[[], int]:
    def attempt() -> int:
        delivery = ports.store.get(delivery_ref(endpoint.id, event_id))
        if delivery is None or delivery.state != "failed" or delivery.is_test:
            return 0
        if delivery.settled_at is None or delivery.settled_at > context.at:
            return 0
        after = delivery.again(context.at)
        ports.store.commit([Replace(after)])
        queue_delivery(ports, after, context.at)
        return 1

    return attempt


def _replayed(ports: Ports, endpoint: WebhookEndpoint) -> None:
    """Note that it is done, unless somebody has wished again meanwhile: then it is begun again."""
    try:
        ports.store.commit([Replace(endpoint.next(replay_since=None))])
    except Conflict:
        return


def _open_endpoint(ports: Ports, endpoint_id: str) -> WebhookEndpoint:
    endpoint = find_endpoint(ports, endpoint_id)
    if not endpoint.is_enabled:
        raise StateConflict("This endpoint is switched off.", code="endpoint_disabled")
    return endpoint
