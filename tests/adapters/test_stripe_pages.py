"""Stripe's Checkout Session for an order: exactly our amount, our name on it, closed in time."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.adapters.providers.registry import provider_of
from chalicelib.adapters.providers.stripe_units import from_minor, to_minor
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from chalicelib.usecases.provider_ports import HostedPage, Order
from tests.adapters.provider_api import Api, Status, a_setup_with

STRIPE = provider_of("stripe")
EXPIRES_AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SESSION = {
    "id": "cs_1",
    "object": "checkout.session",
    "url": "https://checkout.stripe.com/c/pay/cs_1",
    "expires_at": 1_772_456_400,
}


def an_order(**changes: Any) -> Order:
    fields: dict[str, Any] = {
        "id": "chk_1",
        "invoice_id": "inv_1",
        "amount_minor": 121_000,
        "currency": "EUR",
        "description": "Talleres Ibáñez · A-000001",
        "customer_name": "Peñarroya, S.A.",
        "email": "pagos@penarroya.example",
        "language": "es",
        "return_url": "https://saldo.example/p/return?checkout=chk_1",
        "webhook_url": "https://saldo.example/webhooks/stripe",
        "expires_at": EXPIRES_AT,
    }
    return Order(**(fields | changes))


def opened(api: Api, **changes: Any) -> HostedPage:
    assert STRIPE.open_page is not None
    return STRIPE.open_page(an_order(**changes), a_setup_with(api, api_key="sk_live_x"))


def sent(**changes: Any) -> dict[str, Any]:
    api = Api(answers={"POST /v1/checkout/sessions": SESSION})
    opened(api, **changes)
    return dict(api.made[0].body)


def closed(api: Api) -> None:
    assert STRIPE.close_page is not None
    STRIPE.close_page("cs_1", a_setup_with(api, api_key="sk_live_x"))


def test_a_session_asks_for_one_amount_and_carries_our_name_everywhere() -> None:
    api = Api(answers={"POST /v1/checkout/sessions": SESSION})

    page = opened(api)

    assert page == HostedPage(
        url="https://checkout.stripe.com/c/pay/cs_1",
        reference="cs_1",
        expires_at=datetime(2026, 3, 2, 13, 0, tzinfo=UTC),
    )
    (call,) = api.made
    assert call.headers["Authorization"] == "Bearer sk_live_x"
    assert call.headers["Stripe-Version"] == "2025-10-29.clover"
    assert call.headers["Idempotency-Key"] == "chk_1"
    assert call.body == {
        "mode": "payment",
        "client_reference_id": "chk_1",
        "line_items[0][quantity]": 1,
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": 121_000,
        "line_items[0][price_data][product_data][name]": "Talleres Ibáñez · A-000001",
        "payment_intent_data[description]": "Talleres Ibáñez · A-000001",
        "metadata[checkout_id]": "chk_1",
        "metadata[invoice_id]": "inv_1",
        "payment_intent_data[metadata][checkout_id]": "chk_1",
        "payment_intent_data[metadata][invoice_id]": "inv_1",
        "success_url": "https://saldo.example/p/return?checkout=chk_1",
        "cancel_url": "https://saldo.example/p/return?checkout=chk_1",
        "expires_at": int(EXPIRES_AT.timestamp()),
        "locale": "es",
        "customer_email": "pagos@penarroya.example",
    }


def test_a_session_over_several_invoices_names_the_checkout_only() -> None:
    body = sent(invoice_id=None, email=None)

    assert body["metadata[checkout_id]"] == "chk_1"
    assert not any("invoice_id" in name or name == "customer_email" for name in body)


@pytest.mark.parametrize(
    ("amount_minor", "currency", "stripes"),
    [
        (121_000, "EUR", 121_000),
        (15_000, "CLP", 15_000),
        (15_000, "JPY", 15_000),
        (1_500, "ISK", 150_000),
        (1_500, "UGX", 150_000),
        (150_000, "MGA", 1_500),
        (1_230, "KWD", 1_230),
        (121_050, "COP", 121_050),
    ],
)
def test_an_amount_is_sent_in_stripes_units(amount_minor: int, currency: str, stripes: int) -> None:
    body = sent(amount_minor=amount_minor, currency=currency)

    assert body["line_items[0][price_data][unit_amount]"] == stripes
    assert from_minor(to_minor(stripes, currency), currency) == stripes


@pytest.mark.parametrize(("amount_minor", "currency"), [(1_231, "KWD"), (150_050, "MGA")])
def test_an_amount_that_stripe_cannot_charge_is_refused_and_not_rounded(
    amount_minor: int, currency: str
) -> None:
    api = Api()

    with pytest.raises(ProviderRefused, match="cannot charge"):
        opened(api, amount_minor=amount_minor, currency=currency)

    assert api.made == []


@pytest.mark.parametrize("answer", [[], {"id": "cs_1"}, SESSION | {"url": None}])
def test_an_answer_without_a_page_is_a_refusal(answer: Any) -> None:
    with pytest.raises(ProviderRefused):
        opened(Api(answers={"POST /v1/checkout/sessions": answer}))


def test_when_stripe_is_busy_asking_again_may_help() -> None:
    for status in (409, 429, 500, 503):
        with pytest.raises(ProviderUnavailable):
            opened(Api(answers={"POST /v1/checkout/sessions": Status(status)}))


def test_a_page_is_closed_by_expiring_its_session() -> None:
    api = Api(answers={"POST /v1/checkout/sessions/cs_1/expire": SESSION})

    closed(api)

    assert [call.path for call in api.made] == ["/v1/checkout/sessions/cs_1/expire"]


@pytest.mark.parametrize("status", ["complete", "expired"])
def test_closing_what_is_paid_or_expired_is_harmless(status: str) -> None:
    error = {"error": {"message": 'Only sessions with a status in ["open"] can be expired.'}}
    closed(
        Api(
            answers={
                "POST /v1/checkout/sessions/cs_1/expire": Status(400, error),
                "GET /v1/checkout/sessions/cs_1": SESSION | {"status": status},
            }
        )
    )


def test_a_page_that_stays_open_is_not_taken_for_closed() -> None:
    api = Api(
        answers={
            "POST /v1/checkout/sessions/cs_1/expire": Status(400, {}),
            "GET /v1/checkout/sessions/cs_1": SESSION | {"status": "open"},
        }
    )

    with pytest.raises(ProviderRefused, match="cannot be expired"):
        closed(api)


@pytest.mark.parametrize(
    ("account", "name"),
    [
        ({"settings": {"dashboard": {"display_name": "Talleres"}}, "email": "a@b"}, "Talleres"),
        ({"business_profile": {"name": "Ibáñez"}, "email": "a@b"}, "Ibáñez"),
        ({"settings": None, "email": "a@b.example"}, "a@b.example"),
        ({}, "acct_1"),
    ],
)
def test_the_check_names_the_account(account: dict[str, Any], name: str) -> None:
    api = Api(answers={"GET /v1/account": {"id": "acct_1"} | account})
    assert STRIPE.check is not None

    assert STRIPE.check(a_setup_with(api, api_key="sk_live_x")) == name
