"""What Stripe's events mean for the books; each trap known of them is a test."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import stripe as sdk

from chalicelib.adapters.providers import stripe
from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.port import Notification
from chalicelib.adapters.providers.registry import provider_of
from chalicelib.adapters.providers.stripe_units import to_minor
from chalicelib.domain.errors import NotFound
from chalicelib.domain.provider import ProviderFact
from tests.adapters.setups import a_setup

CREATED = 1_763_719_200


def an_event(kind: str, thing: dict[str, Any], **changes: Any) -> dict[str, Any]:
    event = {
        "id": "evt_1",
        "object": "event",
        "type": kind,
        "created": CREATED,
        "livemode": False,
        "data": {"object": thing},
    }
    return event | changes


def an_intent(**changes: Any) -> dict[str, Any]:
    intent = {
        "id": "pi_1",
        "object": "payment_intent",
        "amount": 121_000,
        "amount_received": 121_000,
        "currency": "eur",
        "metadata": {"invoice_id": "inv_1"},
        "last_payment_error": None,
    }
    return intent | changes


def a_session(**changes: Any) -> dict[str, Any]:
    session = {
        "id": "cs_1",
        "object": "checkout.session",
        "mode": "payment",
        "amount_total": 121_000,
        "currency": "eur",
        "client_reference_id": None,
        "metadata": {"invoice_id": "inv_1"},
        "payment_intent": "pi_1",
        "payment_status": "paid",
    }
    return session | changes


def read(kind: str, thing: dict[str, Any]) -> ProviderFact:
    fact = stripe.interpret(an_event(kind, thing))
    assert fact is not None
    return fact


def test_a_succeeded_intent_is_money_received() -> None:
    fact = read("payment_intent.succeeded", an_intent())

    assert fact == ProviderFact(
        what="paid",
        provider="stripe",
        event_id="evt_1",
        payment_key="pi_1",
        invoice_id="inv_1",
        amount_minor=121_000,
        currency="EUR",
        occurred_at=datetime.fromtimestamp(CREATED, UTC),
    )


def test_what_was_received_counts_not_what_was_asked_for() -> None:
    fact = read("payment_intent.succeeded", an_intent(amount=121_000, amount_received=100_000))

    assert fact.amount_minor == 100_000


def test_a_processing_intent_announces_the_whole_amount() -> None:
    fact = read("payment_intent.processing", an_intent(amount_received=0))

    assert (fact.what, fact.amount_minor) == ("processing", 121_000)


def test_a_failed_intent_says_why() -> None:
    error = {"code": "card_declined", "message": "Your card was declined."}

    fact = read(
        "payment_intent.payment_failed", an_intent(amount_received=0, last_payment_error=error)
    )

    assert (fact.what, fact.amount_minor) == ("failed", 121_000)
    assert fact.detail == "Your card was declined."


def test_a_completed_session_is_money_only_when_it_is_paid() -> None:
    paid = read("checkout.session.completed", a_session())
    waiting = read("checkout.session.completed", a_session(payment_status="unpaid"))

    assert paid.what == "paid"
    assert waiting.what == "processing"


def test_a_session_that_needs_no_payment_is_no_money() -> None:
    free = a_session(payment_status="no_payment_required", payment_intent=None, amount_total=0)

    assert stripe.interpret(an_event("checkout.session.completed", free)) is None


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("checkout.session.async_payment_succeeded", "paid"),
        ("checkout.session.async_payment_failed", "failed"),
    ],
)
def test_a_delayed_payment_ends_one_way_or_the_other(kind: str, what: str) -> None:
    assert read(kind, a_session(payment_status="unpaid")).what == what


def test_a_session_and_its_intent_are_one_payment() -> None:
    by_session = read("checkout.session.completed", a_session())
    by_intent = read("payment_intent.succeeded", an_intent())
    expanded = read("checkout.session.completed", a_session(payment_intent={"id": "pi_1"}))

    assert by_session.payment_key == by_intent.payment_key == expanded.payment_key == "pi_1"


@pytest.mark.parametrize(
    ("metadata", "client_reference_id", "expected"),
    [
        ({"invoice_id": "inv_1"}, "inv_2", "inv_1"),
        ({}, "inv_2", "inv_2"),
        (None, "inv_2", "inv_2"),
        ({"invoice_id": " "}, "inv_2", "inv_2"),
        ({"invoice_id": 7}, None, None),
        ({}, None, None),
    ],
)
def test_the_metadata_names_the_invoice_else_the_client_reference(
    metadata: dict[str, Any] | None, client_reference_id: str | None, expected: str | None
) -> None:
    session = a_session(metadata=metadata, client_reference_id=client_reference_id)

    assert read("checkout.session.completed", session).invoice_id == expected


def test_an_intent_without_an_invoice_is_money_all_the_same() -> None:
    assert read("payment_intent.succeeded", an_intent(metadata={})).invoice_id is None


@pytest.mark.parametrize("mode", ["subscription", "setup"])
def test_other_sessions_say_nothing_about_an_invoice(mode: str) -> None:
    session = a_session(mode=mode, payment_intent=None)

    assert stripe.interpret(an_event("checkout.session.completed", session)) is None


@pytest.mark.parametrize(
    "kind",
    ["charge.succeeded", "customer.created", "payment_intent.created", "checkout.session.expired"],
)
def test_other_events_say_nothing_about_money(kind: str) -> None:
    assert stripe.interpret(an_event(kind, {"id": "x"})) is None


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        (1_210, "EUR", 1_210),
        (1_210, "HUF", 1_210),  # two decimals for charges, none for payouts
        (1_210, "TWD", 1_210),
        (500, "JPY", 500),
        (500, "CLP", 500),
        (500, "ISK", 5),  # none in ISO, two at Stripe
        (500, "UGX", 5),
        (500, "MGA", 50_000),  # two in ISO, none at Stripe
        (500, "XOF", 500),
        (1_230, "TND", 1_230),
        (1_230, "KWD", 1_230),
    ],
)
def test_stripes_units_become_those_of_iso_4217(amount: int, currency: str, minor: int) -> None:
    intent = an_intent(amount_received=amount, currency=currency.lower())

    fact = read("payment_intent.succeeded", intent)

    assert to_minor(amount, currency) == minor
    assert (fact.amount_minor, fact.currency) == (minor, currency)


def test_an_amount_that_no_whole_unit_fits_is_not_rounded() -> None:
    with pytest.raises(EventMalformed, match="no whole amount of ISK"):
        read("payment_intent.succeeded", an_intent(amount_received=150, currency="isk"))


@pytest.mark.parametrize(
    "intent",
    [
        an_intent(id=None),
        an_intent(id=""),
        an_intent(amount_received="121000"),
        an_intent(amount_received=1210.0),
        an_intent(amount_received=True),
        an_intent(amount_received=-1),
        an_intent(amount_received=10**15 + 1),
        an_intent(amount_received=None),
        an_intent(currency=None),
        an_intent(currency="xyz"),
        {},
    ],
)
def test_an_intent_in_another_shape_is_a_clear_error(intent: dict[str, Any]) -> None:
    with pytest.raises(EventMalformed):
        read("payment_intent.succeeded", intent)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"type": None},
        {"created": None},
        {"created": "2026-11-21"},
        {"created": 10**20},
        {"data": None},
        {"data": {}},
        {"data": {"object": []}},
    ],
)
def test_an_event_in_another_shape_is_a_clear_error(changes: dict[str, Any]) -> None:
    with pytest.raises(EventMalformed):
        stripe.interpret(an_event("payment_intent.succeeded", an_intent(), **changes))


def test_a_paid_session_without_its_intent_is_a_clear_error() -> None:
    with pytest.raises(EventMalformed, match="payment_intent"):
        read("checkout.session.completed", a_session(payment_intent=None))


def test_what_is_verified_is_understood_as_one_event_of_stripes_name() -> None:
    raw = json.dumps(an_event("payment_intent.succeeded", an_intent())).encode()
    known = sdk.WebhookSignature._compute_signature(f"{CREATED}.{raw.decode()}", "whsec_1")
    notification = Notification(raw, {"stripe-signature": f"t={CREATED},v1={known}"}, {})
    now = datetime.fromtimestamp(CREATED, UTC)

    provider = provider_of("stripe")
    provider.verify(notification, a_setup("whsec_1"), now)
    [event] = provider.events(notification)
    [fact] = provider.facts(event.raw, a_setup("whsec_1"))

    assert (event.id, event.type) == (fact.event_id, "payment_intent.succeeded")
    assert fact.amount_minor == 121_000
    with pytest.raises(SignatureInvalid):
        provider.verify(notification, a_setup(), now)
    with pytest.raises(NotFound):
        provider_of("nobody")


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"[]", b'"x"', b"\xff\xfe{\x00}\x00", b"{", b"[" * 50_000]
)
def test_signed_bytes_that_are_no_event_are_a_clear_error(raw: bytes) -> None:
    with pytest.raises(EventMalformed):
        stripe.parse(raw)
