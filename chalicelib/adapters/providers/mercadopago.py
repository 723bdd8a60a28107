"""Mercado Pago: Checkout Pro preferences, payments, refunds, chargebacks and claims.

A notification only names a payment, and only that name is signed; what became of it is read from
the API each time (https://www.mercadopago.com/developers/en/docs/checkout-pro). So the order in
which notifications arrive says nothing, and neither does what stands in their bodies.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from chalicelib.adapters.providers import mercadopago_payment
from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.fields import Fields, answer_understood, json_object
from chalicelib.adapters.providers.mercadopago_payment import NAME, asked
from chalicelib.adapters.providers.port import Event, Field, Notification, Provider, Setup
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.money import major
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Listed, Order

TOLERANCE_SECONDS: Final = 7 * 86_400
"""A notification is tried for days, perhaps with its first signature. One that is played back
only makes us look at the payment again."""

_MILLISECONDS_FROM: Final = 10**11  # documents and older code give ts in these, newer in seconds
_LONGEST_TIME: Final = 13
_LONGEST_HEADER: Final = 300
_LONGEST_BODY: Final = 20_000  # they have some 300 bytes
_SIGNED_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
_LONGEST_TITLE: Final = 250
_PAGE: Final = 100
_MOST_PAGES: Final = 100  # the API shows no more than 10,000
_EXACT_DIGITS: Final = 15  # of a number in JSON that everybody reads alike
_LONG_AGO: Final = ("2020-01-01T00:00:00.000+00:00", "2020-01-02T00:00:00.000+00:00")


def _verify(notification: Notification, setup: Setup, now: datetime) -> None:
    """Return if a secret signed this ``data.id``, request id and time. SignatureInvalid otherwise.

    What QR codes send is not signed, and neither is the older IPN: both are refused.
    """
    secrets = [secret.encode() for secret in setup.secrets if secret]
    if not secrets:
        raise SignatureInvalid("No webhook secret is configured.")
    timestamp, signature = _parse(notification.headers.get("x-signature", ""))
    signed_id = notification.query.get("data.id", "").strip()
    if not _SIGNED_ID.fullmatch(signed_id):
        raise SignatureInvalid("There is no data.id in the query, or no proper one.")
    request_id = notification.headers.get("x-request-id", "").strip()
    # The documents sign the id in lower case, the SDK since June 2026 as it came.
    texts = [_signed(each, request_id, timestamp) for each in (signed_id, signed_id.lower())]
    expected = [_mac(secret, text) for secret in secrets for text in texts]
    if not any([hmac.compare_digest(ours, signature) for ours in expected]):  # noqa: C419 - all
        raise SignatureInvalid("The signature does not match.")
    if abs(now.timestamp() - _seconds(timestamp)) > TOLERANCE_SECONDS:
        raise SignatureInvalid("The signature is too old, or from the future.")


def _parse(header: str) -> tuple[str, str]:
    if not header or len(header) > _LONGEST_HEADER or not header.isascii():
        raise SignatureInvalid("There is no x-signature header, or no proper one.")
    pairs = [part.strip().partition("=")[::2] for part in header.split(",")]
    times = [value for name, value in pairs if name == "ts"]
    hashes = [value for name, value in pairs if name == "v1"]  # never another version
    if len(times) != 1 or len(hashes) != 1:
        raise SignatureInvalid("The x-signature header has no ts or no v1, or several.")
    if not times[0].isdecimal() or len(times[0]) > _LONGEST_TIME:
        raise SignatureInvalid("The x-signature header has no time.")
    return times[0], hashes[0]


def _signed(data_id: str, request_id: str, timestamp: str) -> bytes:
    named = f"request-id:{request_id};" if request_id else ""
    return f"id:{data_id};{named}ts:{timestamp};".encode()


def _mac(secret: bytes, text: bytes) -> str:
    return hmac.new(secret, text, hashlib.sha256).hexdigest()


def _seconds(timestamp: str) -> float:
    number = int(timestamp)
    return number / 1000 if number >= _MILLISECONDS_FROM else number


def _events(notification: Notification) -> Sequence[Event]:
    """Return the one event. It is kept with the id that was signed, not with that of the body."""
    if len(notification.raw) > _LONGEST_BODY:
        raise EventMalformed(NAME, "the body is too long for a notification")
    body = json_object(NAME, notification.raw)
    about = notification.query["data.id"].strip()
    data = body.maybe_inside("data")
    if data is not None and "id" in data.thing and data.text("id").lower() != about.lower():
        raise EventMalformed(NAME, "data.id in the body is not the one that was signed")
    topic = body.maybe_text("type") or notification.query.get("type", "")
    number = body.text("id") if "id" in body.thing else notification.headers.get("x-request-id")
    kept = {"topic": topic, "id": about, "notification": notification.raw.decode()}
    return [Event(f"{about}:{number or body.text('date_created')}", topic, json.dumps(kept))]


def _facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    event = json_object(NAME, raw)
    read = _READERS.get(event.text("topic")) if event.maybe_text("topic") else None
    number = event.text("id")
    if read is None or not mercadopago_payment.is_number(number):
        return []
    return read(number, setup)


def _open_page(order: Order, setup: Setup) -> HostedPage:
    """Open a preference. Notifications go where the dashboard says: only those are signed."""
    item = {
        "id": order.id,
        "title": order.description[:_LONGEST_TITLE],
        "quantity": 1,
        "currency_id": order.currency,
        "unit_price": _number(order.amount_minor, order.currency),
    }
    body = {
        "items": [item],
        "payer": {"name": order.customer_name, **({"email": order.email} if order.email else {})},
        "external_reference": order.id,
        "metadata": {"checkout_id": order.id, "invoice_id": order.invoice_id},
        "back_urls": dict.fromkeys(("success", "pending", "failure"), order.return_url),
        "auto_return": "approved",
        "expires": True,
        "expiration_date_to": order.expires_at.astimezone(UTC).isoformat(timespec="milliseconds"),
    }
    same = {"X-Idempotency-Key": order.id}
    answer = asked(setup, "POST", "/checkout/preferences", json_body=body, headers=same)
    page = answer if isinstance(answer, Mapping) else {}
    if not isinstance(page.get("init_point"), str) or not isinstance(page.get("id"), str):
        raise ProviderRefused(NAME, "its preference has no address")
    return HostedPage(url=page["init_point"], reference=page["id"], expires_at=order.expires_at)


def _number(amount_minor: int, currency: str) -> int | float:
    """Return an amount as the number that its digits are in JSON; nothing is computed with it."""
    amount = major(amount_minor, currency)
    if amount == amount.to_integral_value():
        return int(amount)
    if len(amount.as_tuple().digits) > _EXACT_DIGITS:
        raise ProviderRefused(NAME, f"{amount} {currency} is too much for it")
    return float(amount)


def _close_page(reference: str, setup: Setup) -> None:
    """Let the preference expire in the past; of one that is paid or expired nothing changes."""
    if not _SIGNED_ID.fullmatch(reference):
        raise ProviderRefused(NAME, f"{reference} is no preference")
    ended = {
        "expires": True,
        "expiration_date_from": _LONG_AGO[0],
        "expiration_date_to": _LONG_AGO[1],
    }
    asked(setup, "PUT", f"/checkout/preferences/{reference}", json_body=ended)


def _listed(since: datetime, until: datetime, setup: Setup) -> Iterator[Listed]:
    """Yield the payments that changed in that time, those first that changed first."""
    for page in range(_MOST_PAGES):
        query = {
            "range": "date_last_updated",
            "begin_date": _instant(since),
            "end_date": _instant(until),
            "sort": "date_last_updated",
            "criteria": "asc",
            "limit": _PAGE,
            "offset": page * _PAGE,
        }
        answer = asked(setup, "GET", "/v1/payments/search", query=query)
        with answer_understood(NAME):
            payments = mercadopago_payment.results(answer)
        yield from (_entry(one) for one in payments)
        if len(payments) < _PAGE:
            return
    raise ProviderRefused(NAME, f"its list has more than {_MOST_PAGES * _PAGE} payments")


def _entry(payment: Any) -> Listed:
    with answer_understood(NAME):
        key = Fields(NAME, payment, "payment").text("id")
    return Listed(payment_key=key, raw=json.dumps(payment, default=_digits, sort_keys=True))


def _digits(number: Any) -> str:
    if not isinstance(number, Decimal):
        raise TypeError(f"{number!r} did not come from JSON")
    return str(number)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _listed_facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    return mercadopago_payment.facts_of(json_object(NAME, raw), setup)


def _find(payment_key: str, setup: Setup) -> Listed | None:
    payment = mercadopago_payment.found(payment_key, setup)
    return None if payment is None else _entry(payment)


def _check(setup: Setup) -> str:
    account = asked(setup, "GET", "/users/me")
    if not isinstance(account, Mapping) or not account.get("id"):
        raise ProviderRefused(NAME, "it does not say whose account this is")
    name = account.get("nickname") or account["id"]
    return f"{name} ({account.get('site_id') or '?'})"


_READERS: Final[Mapping[str, Callable[[str, Setup], Sequence[ProviderFact]]]] = {
    "payment": mercadopago_payment.of_payment,
    "topic_chargebacks_wh": mercadopago_payment.of_chargeback,
    "topic_claims_integration_wh": mercadopago_payment.of_claim,
    "claim": mercadopago_payment.of_claim,
}

PROVIDER: Final = Provider(
    name=NAME,
    title="Mercado Pago",
    fields=(
        Field("webhook_secret", is_secret=True, needed_for="webhooks"),
        Field("access_token", is_secret=True, needed_for="api"),
    ),
    verify=_verify,
    events=_events,
    facts=_facts,
    open_page=_open_page,
    close_page=_close_page,
    listed=_listed,
    listed_facts=_listed_facts,
    find=_find,
    check=_check,
    currencies=frozenset(["ARS", "BRL", "CLP", "COP", "MXN", "PEN", "UYU"]),
)
