"""Endpoints of webhooks as tests need them, and what arrives at them."""

import json
from datetime import datetime
from typing import Any

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.webhook_delivery import WebhookAttempt, WebhookDelivery
from chalicelib.domain.webhook_endpoint import WebhookEndpoint
from chalicelib.usecases.announce import announce
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_webhook import deliver_webhook, delivery_ref
from chalicelib.usecases.ports import Replace
from chalicelib.usecases.webhook_endpoints import (
    EndpointMade,
    NewEndpoint,
    change_endpoint,
    create_endpoint,
    find_endpoint,
)
from tests.builders import NOON, Book, by_ana

URL = "https://erp.example.com/hooks"


def listens(
    book: Book, *types: str, url: str = URL, when: datetime = NOON, **changes: Any
) -> EndpointMade:
    """Enter an endpoint; no types: all of them. What happened before is no news."""
    past = [one for one in book.all(AuditEntry) if one.announce_after is not None]
    for one in past:
        book.ports.store.commit([Replace(one.next(announce_after=None))])
    new = NewEndpoint(url=url, types=types or None, **changes)
    return create_endpoint(book.ports, by_ana(when), new)


def switch(book: Book, endpoint_id: str, *, on: bool, when: datetime = NOON) -> WebhookEndpoint:
    """Switch an endpoint on or off."""
    return change_endpoint(
        book.ports, by_ana(when), endpoint_id, {"enabled": on}, expected_version=None
    )


def tell(book: Book, when: datetime = NOON) -> int:
    """Announce what waits; the messages about it are left in the queue."""
    book.fakes.table.catch_up()
    return announce(book.ports, system_context(when))


def attempt(book: Book, one: WebhookDelivery, when: datetime = NOON) -> str:
    """Make one attempt of a delivery, if it is due."""
    ref = delivery_ref(one.endpoint_id, one.event_id)
    return deliver_webhook(book.ports, system_context(when), ref, signed_at=when)


def deliveries(book: Book, endpoint_id: str | None = None) -> list[WebhookDelivery]:
    """Return the deliveries, of one endpoint or all."""
    every = sorted(book.all(WebhookDelivery), key=lambda one: one.id)
    return [one for one in every if endpoint_id in (None, one.endpoint_id)]


def attempts(book: Book) -> list[WebhookAttempt]:
    """Return all attempts in order."""
    return sorted(book.all(WebhookAttempt), key=lambda one: (one.event_id, one.number))


def told(book: Book, endpoint_id: str | None = None) -> list[str]:
    """Return the types of what was announced, in alphabetical order."""
    return sorted(one.type for one in deliveries(book, endpoint_id))


def said(book: Book, event_type: str) -> dict[str, Any]:
    """Return the data of the one event of a type."""
    (one,) = [one for one in deliveries(book) if one.type == event_type]
    body: dict[str, Any] = json.loads(one.body)
    assert body["type"] == event_type
    data: dict[str, Any] = body["data"]
    return data


def endpoint(book: Book, endpoint_id: str) -> WebhookEndpoint:
    """Return an endpoint as it is now."""
    return find_endpoint(book.ports, endpoint_id)


def one_waiting(book: Book, **changes: Any) -> WebhookDelivery:
    """An endpoint, and one event that waits for it."""
    listens(book, **changes)
    book.issued()
    tell(book)
    book.fakes.queues.take()
    (one,) = deliveries(book)
    return one


def now(book: Book) -> WebhookDelivery:
    """Return the one delivery of a book as it is now."""
    (one,) = [one for one in deliveries(book) if not one.is_test]
    return one
