"""The order that leads to PayPal's page, the token, and what the test button finds out."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.paypal import PROVIDER
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from chalicelib.usecases.provider_ports import HostedPage, Order
from tests.adapters.paypal_bodies import TOKEN, a_paypal
from tests.adapters.provider_api import Api, Status
from tests.builders import NOON


def a_wish(**changes: Any) -> Order:
    fields: dict[str, Any] = {
        "id": "chk_1",
        "invoice_id": "inv_1",
        "amount_minor": 100_000,
        "currency": "EUR",
        "description": "Talleres Ibáñez · F-1",
        "customer_name": "Peñarroya",
        "email": "pagos@penarroya.example",
        "language": "es",
        "return_url": "https://saldo.example/p/return?checkout=chk_1",
        "webhook_url": "https://saldo.example/webhooks/paypal",
        "expires_at": NOON + timedelta(hours=1),
    }
    return Order(**(fields | changes))


CREATED = {
    "id": "5O190127TN364715T",
    "status": "PAYER_ACTION_REQUIRED",
    "links": [
        {"href": "https://api-m.paypal.com/v2/checkout/orders/5O190127TN364715T", "rel": "self"},
        {"href": "https://www.paypal.com/checkoutnow?token=5O190127TN364715T",
         "rel": "payer-action"},
    ],
}  # fmt: skip


def opened(order: Order, answer: Any) -> tuple[HostedPage, Api]:
    setup, api = a_paypal({"POST /v2/checkout/orders": answer})
    assert PROVIDER.open_page is not None
    return PROVIDER.open_page(order, setup), api


def test_an_order_carries_our_id_and_can_be_paid_once_only() -> None:
    page, api = opened(a_wish(), CREATED)

    [_, call] = api.made
    assert page == HostedPage(
        url="https://www.paypal.com/checkoutnow?token=5O190127TN364715T",
        reference="5O190127TN364715T",
    )
    assert call.headers["PayPal-Request-Id"] == "chk_1"
    assert call.body == {
        "intent": "CAPTURE",
        "purchase_units": [
            {
                "custom_id": "chk_1",
                "invoice_id": "chk_1",
                "description": "Talleres Ibáñez · F-1",
                "amount": {"currency_code": "EUR", "value": "1000.00"},
            }
        ],
        "payment_source": {
            "paypal": {
                "experience_context": {
                    "return_url": "https://saldo.example/p/return?checkout=chk_1",
                    "cancel_url": "https://saldo.example/p/return?checkout=chk_1",
                    "locale": "es-ES",
                    "user_action": "PAY_NOW",
                    "shipping_preference": "NO_SHIPPING",
                }
            }
        },
    }


@pytest.mark.parametrize(
    "answer", [{}, [], {"id": "5O1"}, {"id": "5O1", "links": []},
               {"id": "5O1", "links": [{"rel": "payer-action", "href": "javascript:alert(1)"}]},
               CREATED | {"id": None}]
)  # fmt: skip
def test_an_answer_without_a_page_is_a_refusal(answer: Any) -> None:
    with pytest.raises(ProviderRefused, match="no page"):
        opened(a_wish(), answer)


def test_a_token_is_asked_for_once_and_anew_when_it_was_withdrawn() -> None:
    setup, api = a_paypal({"POST /v2/checkout/orders": CREATED})
    assert PROVIDER.open_page is not None
    PROVIDER.open_page(a_wish(), setup)
    PROVIDER.open_page(a_wish(), setup)
    paths = [call.path for call in api.made]

    api.answers["POST /v2/checkout/orders"] = Status(401)
    with pytest.raises(ProviderRefused, match="does not take the token"):
        PROVIDER.open_page(a_wish(), setup)

    assert paths == ["/v1/oauth2/token", "/v2/checkout/orders", "/v2/checkout/orders"]
    assert [call.path for call in api.made[3:]] == [
        "/v2/checkout/orders", "/v1/oauth2/token", "/v2/checkout/orders",
    ]  # fmt: skip


def test_a_token_that_is_about_to_expire_is_not_used() -> None:
    setup, api = a_paypal({"POST /v2/checkout/orders": CREATED})
    api.answers["POST /v1/oauth2/token"] = TOKEN | {"expires_in": 59}
    assert PROVIDER.open_page is not None

    PROVIDER.open_page(a_wish(), setup)
    PROVIDER.open_page(a_wish(), setup)

    assert [call.path for call in api.made].count("/v1/oauth2/token") == 2


@pytest.mark.parametrize("answer", [{}, [], {"access_token": ""}])
def test_without_a_token_nothing_is_asked(answer: Any) -> None:
    setup, _ = a_paypal()
    setup.calls.answers["POST /v1/oauth2/token"] = answer  # type: ignore[attr-defined]
    assert PROVIDER.open_page is not None

    with pytest.raises(ProviderUnavailable, match="no token"):
        PROVIDER.open_page(a_wish(), setup)


def test_the_test_button_says_whose_keys_these_are_and_whether_the_webhook_is_there() -> None:
    assert PROVIDER.check is not None
    there = "GET /v1/notifications/webhooks/1JE4291016473214C"
    found, _ = a_paypal({there: {"id": "1JE4291016473214C"}})
    missing, _ = a_paypal()

    assert PROVIDER.check(found) == "APP-80W284485P519543T"
    assert PROVIDER.check(a_paypal(webhook_id="")[0]) == "APP-80W284485P519543T"
    with pytest.raises(ProviderRefused, match="no webhook of this app"):
        PROVIDER.check(missing)
    with pytest.raises(ProviderRefused, match="client_secret is not configured"):
        PROVIDER.check(a_paypal(client_secret="")[0])
