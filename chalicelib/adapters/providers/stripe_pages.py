"""Stripe's page for one order: a Checkout Session (https://docs.stripe.com/api/checkout/sessions).

It carries the checkout's id three times, so that each kind of event names it.
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.adapters.providers import stripe_api
from chalicelib.adapters.providers.fields import answer_understood
from chalicelib.adapters.providers.port import Setup
from chalicelib.adapters.providers.stripe_fields import NAME, field, instant
from chalicelib.adapters.providers.stripe_units import from_minor
from chalicelib.domain.errors import ProviderRefused
from chalicelib.usecases.provider_ports import HostedPage, Order

_SESSIONS: Final = "/v1/checkout/sessions"
_BAD_REQUEST: Final = 400
_LONGEST_NAME: Final = 250
_LONGEST_EMAIL: Final = 512


def open_page(order: Order, setup: Setup) -> HostedPage:
    """Return a session over exactly this amount; the same order gets the same session."""
    sent = stripe_api.send(setup, "POST", _SESSIONS, form=_form(order), key=order.id).body
    if not isinstance(sent, Mapping):
        raise ProviderRefused(NAME, "it opened no page")
    with answer_understood(NAME):
        return HostedPage(
            url=field(sent, "url", str),
            reference=field(sent, "id", str),
            expires_at=instant(sent, "expires_at"),
        )


def close_page(reference: str, setup: Setup) -> None:
    """Expire a session. One that is paid or has expired stays as it is."""
    path = f"{_SESSIONS}/{reference}"
    reply = stripe_api.send(setup, "POST", f"{path}/expire", accepts=(_BAD_REQUEST,))
    if reply.status == _BAD_REQUEST and stripe_api.get(setup, path).get("status") == "open":
        raise ProviderRefused(NAME, "the session cannot be expired")


def check(setup: Setup) -> str:
    """Return the name of the account that the key belongs to."""
    account = stripe_api.get(setup, "/v1/account")
    settings = _inside(account, "settings")
    names = (
        _inside(settings, "dashboard").get("display_name"),
        _inside(account, "business_profile").get("name"),
        account.get("email"),
    )
    with answer_understood(NAME):
        return next((str(name) for name in names if name), field(account, "id", str))


def _form(order: Order) -> dict[str, Any]:
    try:
        amount = from_minor(order.amount_minor, order.currency)
    except ValueError as exc:
        raise ProviderRefused(NAME, str(exc)) from exc
    form: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": order.id,
        "line_items[0][quantity]": 1,
        "line_items[0][price_data][currency]": order.currency.lower(),
        "line_items[0][price_data][unit_amount]": amount,
        "line_items[0][price_data][product_data][name]": order.description[:_LONGEST_NAME],
        "payment_intent_data[description]": order.description[:_LONGEST_NAME],
        "success_url": order.return_url,
        "cancel_url": order.return_url,
        "expires_at": int(order.expires_at.timestamp()),
        "locale": order.language,
    }
    named = {"checkout_id": order.id, "invoice_id": order.invoice_id}
    for name, value in named.items():
        if value:
            form[f"metadata[{name}]"] = value
            form[f"payment_intent_data[metadata][{name}]"] = value
    if order.email and len(order.email) <= _LONGEST_EMAIL:
        form["customer_email"] = order.email
    return form


def _inside(thing: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inside = thing.get(name)
    return inside if isinstance(inside, Mapping) else {}
