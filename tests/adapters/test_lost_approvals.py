"""What only a notification starts is asked for when none came: approvals that we act on."""

import json
from typing import Any

import pytest

from chalicelib.adapters.providers.registry import provider_of
from tests.adapters.paypal_bodies import TOKEN
from tests.adapters.provider_api import Api, a_setup_with

ORDER = {
    "id": "5O190127TN364715T",
    "status": "APPROVED",
    "purchase_units": [
        {"custom_id": "chk_1", "amount": {"value": "10.00", "currency_code": "EUR"}}
    ],
}
REQUEST = {"id": "BRQ1", "status": "fulfilled", "created_at": "2026-03-20T10:00:00.000Z"}
KEYS = {"client_id": "id", "client_secret": "secret", "access_token": "token"}


def looked(name: str, reference: str, path: str, answer: Any) -> list[tuple[str, str, Any]]:
    look = provider_of(name).look
    assert look is not None
    api = Api(answers={path: answer, **TOKENS})
    told = look(reference, a_setup_with(api, **KEYS))
    return [(event.id, event.type, json.loads(event.raw)) for event in told]


TOKENS = {"POST /v1/oauth2/token": TOKEN}


def test_an_order_that_was_approved_and_not_captured_is_told_as_its_approval() -> None:
    path = f"GET /v2/checkout/orders/{ORDER['id']}"

    ((event_id, kind, raw),) = looked("paypal", str(ORDER["id"]), path, ORDER)

    assert (event_id, kind) == (f"look-{ORDER['id']}", "CHECKOUT.ORDER.APPROVED")
    assert (raw["id"], raw["event_type"], raw["resource"]) == (event_id, kind, ORDER)


@pytest.mark.parametrize("status", ["CREATED", "PAYER_ACTION_REQUIRED", "COMPLETED", "VOIDED"])
def test_any_other_order_says_nothing(status: str) -> None:
    path = f"GET /v2/checkout/orders/{ORDER['id']}"

    assert looked("paypal", str(ORDER["id"]), path, ORDER | {"status": status}) == []


def test_a_page_that_was_agreed_to_is_told_as_fulfilled() -> None:
    answer = {"billing_requests": REQUEST}

    ((event_id, kind, raw),) = looked("gocardless", "BRQ1", "GET /billing_requests/BRQ1", answer)

    assert (event_id, kind) == ("look-BRQ1", "billing_requests.fulfilled")
    assert raw["links"] == {"billing_request": "BRQ1"}
    assert raw["created_at"] == REQUEST["created_at"]


@pytest.mark.parametrize("status", ["pending", "ready_to_fulfil", "cancelled"])
def test_a_page_that_nobody_agreed_to_says_nothing(status: str) -> None:
    answer = {"billing_requests": REQUEST | {"status": status}}

    assert looked("gocardless", "BRQ1", "GET /billing_requests/BRQ1", answer) == []
