"""PayPal: orders that a buyer approves and we capture (https://developer.paypal.com/api/rest).

Whoever approves an order has paid nothing yet. We capture it when PayPal tells of the approval, and
only if it is ours: the same account may sell elsewhere too.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urlsplit

from chalicelib.adapters.providers import paypal_api, paypal_facts, paypal_list, paypal_signature
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import Fields, json_object, ours
from chalicelib.adapters.providers.paypal_api import NAME
from chalicelib.adapters.providers.paypal_fields import (
    CURRENCIES,
    capture_of,
    last_change_of,
    money_in,
    value_of,
)
from chalicelib.adapters.providers.port import Event, Field, Notification, Provider, Setup
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Order

_WHOLE_ANSWER: Final = {"Prefer": "return=representation"}
_NOT_FOUND: Final = 404
_REFUSED: Final = 422
_NOT_YET: Final = frozenset({"ORDER_NOT_APPROVED", "PAYER_ACTION_REQUIRED"})
_LOCALES: Final = {"es": "es-ES", "en": "en-GB"}


def _events(notification: Notification) -> Sequence[Event]:
    event = json_object(NAME, notification.raw)
    return [Event(event.text("id"), event.text("event_type"), notification.raw.decode())]


def _facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    event = json_object(NAME, raw)
    read = _READERS.get(event.text("event_type"))
    return read(event, setup) if read else []


def _captured(event: Fields, setup: Setup) -> Sequence[ProviderFact]:
    del setup
    return [paypal_facts.of_capture(event.text("id"), event.inside("resource"))]


def _refunded(event: Fields, setup: Setup) -> Sequence[ProviderFact]:
    del setup
    return [paypal_facts.of_refund(event.text("id"), event.inside("resource"))]


def _reversed(event: Fields, setup: Setup) -> Sequence[ProviderFact]:
    refund = event.inside("resource")
    return paypal_facts.of_reversal(event.text("id"), refund, capture_of(refund), setup)


def _disputed(event: Fields, setup: Setup) -> Sequence[ProviderFact]:
    del setup
    return [paypal_facts.of_dispute(event.text("id"), event.inside("resource"))]


def _approved(event: Fields, setup: Setup) -> Sequence[ProviderFact]:
    """Capture the order, and return what came of it. Repeated, PayPal answers the same."""
    order = event.inside("resource")
    if ours(_unit(order).maybe_text("custom_id")).checkout_id is None:
        return []
    path = f"/v2/checkout/orders/{quote(order.text('id'), safe='')}"
    headers = {**_WHOLE_ANSWER, "PayPal-Request-Id": event.text("id")[:108]}
    reply = paypal_api.ask(
        setup, "POST", f"{path}/capture", body={}, headers=headers, accepts=(_NOT_FOUND, _REFUSED)
    )
    if reply.status not in (_NOT_FOUND, _REFUSED):
        return _of_order(event, Fields(NAME, reply.body))
    issue, said = _problem(reply.body)
    if issue == "ORDER_ALREADY_CAPTURED":
        return _of_order(event, Fields(NAME, paypal_api.ask(setup, "GET", path).body))
    return [] if issue in _NOT_YET else [_not_captured(event, order, f"{said} ({issue})")]


def _look(reference: str, setup: Setup) -> Sequence[Event]:
    """Return the approval of an order that was approved and not captured: nothing else names it."""
    path = f"/v2/checkout/orders/{quote(reference, safe='')}"
    order = Fields(NAME, paypal_api.ask(setup, "GET", path).body)
    if order.text("status") != "APPROVED":
        return []
    name, kind = f"look-{reference}", "CHECKOUT.ORDER.APPROVED"
    told = {"id": name, "event_type": kind, "resource": dict(order.thing)}
    return [Event(name, kind, json.dumps(told, default=str))]


def _completed(event: Fields, setup: Setup) -> Sequence[ProviderFact]:
    del setup
    return _of_order(event, event.inside("resource"))


def _of_order(event: Fields, order: Fields) -> Sequence[ProviderFact]:
    payments = _unit(order).maybe_inside("payments")
    captures = payments.thing.get("captures") if payments else None
    found = captures if isinstance(captures, list) else []
    read = [Fields(NAME, one, "captures") for one in found]
    return [paypal_facts.of_capture(event.text("id"), one) for one in read]


def _unit(order: Fields) -> Fields:
    units: Any = order.thing.get("purchase_units")
    if not isinstance(units, list) or len(units) != 1:
        raise EventMalformed(NAME, "an order does not have exactly one purchase unit")
    return Fields(NAME, units[0], "purchase_units")


def _problem(body: Any) -> tuple[str, str]:
    thing = body if isinstance(body, Mapping) else {}
    details = thing.get("details")
    first = details[0] if isinstance(details, list) and details else thing
    first = first if isinstance(first, Mapping) else {}
    issue = first.get("issue") or thing.get("name") or "UNKNOWN"
    return str(issue), str(first.get("description") or thing.get("message") or "PayPal refused")


def _not_captured(event: Fields, order: Fields, detail: str) -> ProviderFact:
    """Return that what the buyer approved could not be had; there is no capture to name it by."""
    amount_minor, currency = money_in(_unit(order), "amount")
    return ProviderFact(
        what="failed",
        provider=NAME,
        event_id=event.text("id"),
        payment_key=order.text("id"),
        **ours(_unit(order).maybe_text("custom_id"))._asdict(),
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=last_change_of(order),
        detail=detail,
    )


def _open_page(order: Order, setup: Setup) -> HostedPage:
    """Create an order of this amount. Our id as its invoice number lets it be paid once only."""
    amount = {
        "currency_code": order.currency,
        "value": value_of(order.amount_minor, order.currency),
    }
    unit = {
        "custom_id": order.id,
        "invoice_id": order.id,
        "description": order.description[:127],
        "amount": amount,
    }
    context = {
        "return_url": order.return_url,
        "cancel_url": order.return_url,
        "locale": _LOCALES.get(order.language, "es-ES"),
        "user_action": "PAY_NOW",
        "shipping_preference": "NO_SHIPPING",
    }
    body = {
        "intent": "CAPTURE",
        "purchase_units": [unit],
        "payment_source": {"paypal": {"experience_context": context}},
    }
    headers = {**_WHOLE_ANSWER, "PayPal-Request-Id": order.id}
    answer = paypal_api.ask(setup, "POST", "/v2/checkout/orders", body=body, headers=headers).body
    return _page(answer, setup)


def _page(answer: Any, setup: Setup) -> HostedPage:
    thing = answer if isinstance(answer, Mapping) else {}
    links = thing.get("links") if isinstance(thing.get("links"), list) else []
    urls = [
        str(link.get("href"))
        for link in links or []
        if isinstance(link, Mapping) and link.get("rel") in ("payer-action", "approve")
    ]
    if not isinstance(thing.get("id"), str) or not urls or not _is_its_page(urls[0], setup):
        raise ProviderRefused(NAME, "it gave no page to pay the order on")
    return HostedPage(url=urls[0], reference=thing["id"])


def _is_its_page(url: str, setup: Setup) -> bool:
    place = urlsplit(url)
    if setup.is_local:
        return place.scheme in ("http", "https")
    return place.scheme == "https" and (place.hostname or "").endswith(".paypal.com")


def _check(setup: Setup) -> str:
    """Return the app that these keys are of, and see that the webhook is one of it."""
    app = str(paypal_api.new_token(setup).get("app_id") or setup.keys.get("client_id"))
    webhook_id = setup.keys.get("webhook_id")
    if not webhook_id:
        return app
    path = f"/v1/notifications/webhooks/{quote(webhook_id, safe='')}"
    reply = paypal_api.ask(setup, "GET", path, accepts=(_NOT_FOUND,))
    if reply.status == _NOT_FOUND:
        raise ProviderRefused(NAME, f"{webhook_id} is no webhook of this app")
    return app


_READERS: Final[Mapping[str, Callable[[Fields, Setup], Sequence[ProviderFact]]]] = {
    "CHECKOUT.ORDER.APPROVED": _approved,
    "CHECKOUT.ORDER.COMPLETED": _completed,
    "PAYMENT.CAPTURE.PENDING": _captured,
    "PAYMENT.CAPTURE.COMPLETED": _captured,
    "PAYMENT.CAPTURE.DECLINED": _captured,
    "PAYMENT.CAPTURE.DENIED": _captured,
    "PAYMENT.CAPTURE.REFUNDED": _refunded,
    "PAYMENT.REFUND.PENDING": _refunded,
    "PAYMENT.REFUND.FAILED": _refunded,
    "PAYMENT.CAPTURE.REVERSED": _reversed,
    "CUSTOMER.DISPUTE.CREATED": _disputed,
    "CUSTOMER.DISPUTE.UPDATED": _disputed,
    "CUSTOMER.DISPUTE.RESOLVED": _disputed,
}

PROVIDER: Final = Provider(
    name=NAME,
    title="PayPal",
    fields=(
        Field("client_id", is_secret=False, needed_for="api"),
        Field("client_secret", is_secret=True, needed_for="api"),
        Field("webhook_id", is_secret=False, needed_for="webhooks"),
    ),
    verify=paypal_signature.verify,
    events=_events,
    facts=_facts,
    open_page=_open_page,
    close_page=None,  # an order cannot be called off; three hours after its approval it is void
    listed=paypal_list.listed,
    listed_facts=paypal_list.listed_facts,
    find=paypal_list.find,
    look=_look,
    verifies_with="webhook_id",
    check=_check,
    currencies=CURRENCIES,
    sandbox_url="https://api-m.sandbox.paypal.com",
)
