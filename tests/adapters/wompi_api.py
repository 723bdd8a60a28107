"""Transactions and payment links as Wompi's API shows them, and its events."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from chalicelib.adapters.providers.port import Notification
from tests.adapters.provider_api import Api

SECRET = "test_events_local"
THEN = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
ID = "11313-1772461800-49201"
SIGNED = ("transaction.id", "transaction.status", "transaction.amount_in_cents")


def a_transaction(number: str = ID, **changes: Any) -> dict[str, Any]:
    """Return an approved card payment over 100,000 pesos, by a payment link."""
    transaction = {
        "id": number,
        "created_at": "2026-03-02T14:29:50.000Z",
        "finalized_at": "2026-03-02T14:30:00.000Z",
        "amount_in_cents": 10_000_000,
        "reference": "test_oX3kAb_1772461790_pQ",
        "currency": "COP",
        "payment_method_type": "CARD",
        "status": "APPROVED",
        "status_message": None,
        "payment_link_id": "test_oX3kAb",
    }
    return transaction | changes


def a_link(**changes: Any) -> dict[str, Any]:
    """Return a payment link of ours."""
    return {"id": "test_oX3kAb", "sku": "chk_1", "active": True, "single_use": True} | changes


def api_with(transaction: dict[str, Any], **more: Any) -> Api:
    """Return an API that knows a transaction and its link."""
    answers = {
        f"GET /transactions/{transaction['id']}": {"data": transaction, "meta": {}},
        "GET /payment_links/test_oX3kAb": {"data": a_link()},
    }
    return Api("wompi", answers=answers | more)


def an_event(
    transaction: dict[str, Any],
    at: datetime = THEN,
    properties: Sequence[str] = SIGNED,
    secret: str = SECRET,
    **changes: Any,
) -> dict[str, Any]:
    """Return an event about a transaction, signed."""
    data = {"transaction": transaction}
    timestamp = int(at.timestamp())
    values = [str(transaction[name.removeprefix("transaction.")]) for name in properties]
    text = "".join(values) + str(timestamp) + secret
    event = {
        "event": "transaction.updated",
        "data": data,
        "environment": "test",
        "signature": {
            "properties": list(properties),
            "checksum": hashlib.sha256(text.encode()).hexdigest(),
        },
        "timestamp": timestamp,
        "sent_at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    return event | changes


def sent(event: Any, **headers: str) -> Notification:
    """Return a request with this event."""
    return Notification(json.dumps(event).encode(), headers, {})


def notified(transaction: dict[str, Any], at: datetime = THEN, **changes: Any) -> Notification:
    """Return a signed event as it arrives."""
    event = an_event(transaction, at, **changes)
    return sent(event, **{"x-event-checksum": event["signature"]["checksum"]})
