"""What Stripe's events mean for our books (https://docs.stripe.com/webhooks).

Money moves by PaymentIntent, and a Checkout Session names the PaymentIntent that it made. So both
kinds of event carry the same payment key, and whichever comes first posts the money.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.adapters.providers import (
    stripe_list,
    stripe_money_back,
    stripe_pages,
    stripe_signature,
)
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.port import Event, Field, Notification, Provider, Setup
from chalicelib.adapters.providers.stripe_fields import (
    NAME,
    currency_of,
    field,
    id_in,
    instant,
    minor,
    object_of,
    reference_in,
)
from chalicelib.domain.provider import FactKind, ProviderFact


def _verify(notification: Notification, setup: Setup, now: datetime) -> None:
    stripe_signature.verify(notification.raw, notification.headers, setup.secrets, now)


def _events(notification: Notification) -> Sequence[Event]:
    event = parse(notification.raw)
    return [Event(field(event, "id", str), str(event.get("type", "")), notification.raw.decode())]


def _facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    del setup  # an event of Stripe's carries its object
    fact = interpret(json.loads(raw))
    return [fact] if fact else []


def parse(raw: bytes) -> dict[str, Any]:
    """Return the event in these bytes. EventMalformed when they are no JSON object in UTF-8."""
    try:
        event = json.loads(raw.decode())
    except (ValueError, RecursionError) as exc:
        raise EventMalformed(NAME, "the body is not JSON") from exc
    if not isinstance(event, dict):
        raise EventMalformed(NAME, "the body is not an object")
    return event


def interpret(event: Mapping[str, Any]) -> ProviderFact | None:
    """Return what an event says about one payment, or None where it is about something else.

    EventMalformed when it is about a payment, but lacks what Stripe's documents promise.
    """
    read = _READERS.get(field(event, "type", str))
    return read(event) if read else None


def _intent_succeeded(event: Mapping[str, Any]) -> ProviderFact | None:
    return _of_intent(event, "paid", amount_field="amount_received")


def _intent_processing(event: Mapping[str, Any]) -> ProviderFact | None:
    return _of_intent(event, "processing", amount_field="amount")


def _intent_failed(event: Mapping[str, Any]) -> ProviderFact | None:
    return _of_intent(event, "failed", amount_field="amount")


def _of_intent(
    event: Mapping[str, Any], what: FactKind, *, amount_field: str
) -> ProviderFact | None:
    intent = object_of(event)
    error = intent.get("last_payment_error")
    return _fact(
        event,
        what,
        payment_key=field(intent, "id", str),
        amount=field(intent, amount_field, int),
        detail=error.get("message") if what == "failed" and isinstance(error, Mapping) else None,
    )


def _session_completed(event: Mapping[str, Any]) -> ProviderFact | None:
    """A completed session says that the buyer has finished, not that the money is there."""
    status = field(object_of(event), "payment_status", str)
    if status == "no_payment_required":
        return None
    return _of_session(event, "paid" if status == "paid" else "processing")


def _session_succeeded(event: Mapping[str, Any]) -> ProviderFact | None:
    return _of_session(event, "paid")


def _session_failed(event: Mapping[str, Any]) -> ProviderFact | None:
    return _of_session(event, "failed")


def _of_session(event: Mapping[str, Any], what: FactKind) -> ProviderFact | None:
    session = object_of(event)
    if session.get("mode", "payment") != "payment":
        return None  # subscriptions and saved cards: their money has other events
    return _fact(
        event,
        what,
        payment_key=id_in(session, "payment_intent"),
        amount=field(session, "amount_total", int),
        detail=None,
    )


def _fact(
    event: Mapping[str, Any],
    what: FactKind,
    *,
    payment_key: str,
    amount: int,
    detail: Any,
) -> ProviderFact | None:
    currency = currency_of(object_of(event))
    amount_minor = minor(amount, currency)
    if amount_minor == 0:
        return None
    return ProviderFact(
        what=what,
        provider=NAME,
        event_id=field(event, "id", str),
        payment_key=payment_key,
        **reference_in(object_of(event))._asdict(),
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=instant(event),
        detail=detail if isinstance(detail, str) else None,
    )


_READERS: Final[Mapping[str, Callable[[Mapping[str, Any]], ProviderFact | None]]] = {
    "payment_intent.succeeded": _intent_succeeded,
    "payment_intent.processing": _intent_processing,
    "payment_intent.payment_failed": _intent_failed,
    "checkout.session.completed": _session_completed,
    "checkout.session.async_payment_succeeded": _session_succeeded,
    "checkout.session.async_payment_failed": _session_failed,
    **stripe_money_back.READERS,
}

PROVIDER: Final = Provider(
    name=NAME,
    title="Stripe",
    fields=(
        Field("webhook_secret", is_secret=True, needed_for="webhooks"),
        Field("api_key", is_secret=True, needed_for="api"),
    ),
    verify=_verify,
    events=_events,
    facts=_facts,
    open_page=stripe_pages.open_page,
    close_page=stripe_pages.close_page,
    listed=stripe_list.listed,
    listed_facts=stripe_list.listed_facts,
    find=stripe_list.find,
    check=stripe_pages.check,
    minimum_minor=50,
)
