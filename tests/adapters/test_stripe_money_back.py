"""What Stripe's events say about refunds and disputes; each trap known of them is a test."""

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
import stripe as sdk

from chalicelib.adapters.providers import stripe, stripe_money_back, stripe_signature
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.domain.provider import ProviderFact
from tests.adapters.stripe_bodies import CREATED, a_charge, a_dispute, a_refund, an_event

THEN = datetime.fromtimestamp(CREATED, UTC)


def read(kind: str, thing: dict[str, Any]) -> ProviderFact:
    fact = stripe.interpret(an_event(kind, thing))
    assert fact is not None
    return fact


def test_a_refunded_charge_tells_the_sum_of_all_its_refunds() -> None:
    assert read("charge.refunded", a_charge()) == ProviderFact(
        what="refunded_so_far",
        provider="stripe",
        event_id="evt_3SVwQ2",
        payment_key="pi_1",
        invoice_id=None,
        amount_minor=21_000,
        currency="EUR",
        occurred_at=THEN,
    )


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("pending", "refund.created"),
        ("requires_action", "refund.created"),
        ("succeeded", "refund.updated"),
        ("canceled", "refund.updated"),
        ("failed", "refund.failed"),
        ("failed", "charge.refund.updated"),
    ],
)
def test_a_refund_has_its_own_name_amount_and_status(status: str, kind: str) -> None:
    reason = "lost_or_stolen_card" if status == "failed" else None

    fact = read(kind, a_refund(status=status, failure_reason=reason))

    assert (fact.what, fact.object_id, fact.refund_status) == ("refund", "re_3SVwQ2", status)
    assert (fact.payment_key, fact.amount_minor, fact.detail) == ("pi_1", 21_000, reason)
    assert (fact.began_at, fact.occurred_at) == (datetime.fromtimestamp(CREATED - 5, UTC), THEN)


def test_a_new_dispute_takes_its_money_at_once_and_says_until_when_to_answer() -> None:
    fact = read("charge.dispute.created", a_dispute())

    assert (fact.what, fact.object_id, fact.payment_key) == ("dispute", "du_1SW0Q2", "pi_1")
    assert (fact.dispute_status, fact.money, fact.amount_minor) == ("contested", "out", 121_000)
    assert fact.due_by == datetime.fromtimestamp(CREATED + 7 * 86_400, UTC)
    assert fact.detail == "fraudulent"


@pytest.mark.parametrize(
    ("kind", "status", "ours", "money"),
    [
        ("created", "needs_response", "contested", "out"),
        ("created", "warning_needs_response", "inquiry", None),
        ("created", "lost", "lost", "out"),
        ("created", "prevented", "prevented", None),
        ("updated", "under_review", "contested", None),
        ("updated", "warning_under_review", "inquiry", None),
        ("updated", "appeal_needs_response", "contested", None),
        ("updated", "appeal_under_review", "contested", None),
        ("updated", "won", "won", "back"),
        ("funds_withdrawn", "needs_response", "contested", "out"),
        ("funds_withdrawn", "won", "won", "out"),
        ("funds_reinstated", "won", "won", "back"),
        ("funds_reinstated", "under_review", "contested", "back"),
        ("funds_reinstated", "lost", "lost", "out"),
        ("closed", "won", "won", "back"),
        ("closed", "warning_closed", "won", "back"),
        ("closed", "charge_refunded", "won", "back"),
        ("closed", "lost", "lost", "out"),
        ("closed", "prevented", "prevented", None),
    ],
)
def test_an_event_about_a_dispute_says_where_the_money_is(
    kind: str, status: str, ours: str, money: str | None
) -> None:
    fact = read(f"charge.dispute.{kind}", a_dispute(status=status))

    assert (fact.dispute_status, fact.money) == (ours, money)


def test_every_status_that_the_sdk_knows_is_known() -> None:
    disputes = get_args(get_args(sdk.Dispute.__annotations__["status"])[0])

    assert set(disputes) <= set(stripe_money_back._DISPUTES)


@pytest.mark.parametrize("due_by", [None, 0])
def test_a_dispute_that_takes_no_answer_has_no_last_day(due_by: int | None) -> None:
    dispute = a_dispute(evidence_details={"due_by": due_by})

    assert read("charge.dispute.created", dispute).due_by is None
    assert read("charge.dispute.created", a_dispute(evidence_details=None)).due_by is None


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("charge.refunded", a_charge()),
        ("refund.created", a_refund()),
        ("charge.dispute.created", a_dispute()),
    ],
)
def test_the_payment_is_found_by_intent_plain_or_expanded_else_by_charge(
    kind: str, thing: dict[str, Any]
) -> None:
    expanded = {"id": "pi_1", "object": "payment_intent", "amount": 121_000, "metadata": {}}

    assert read(kind, thing).payment_key == "pi_1"
    assert read(kind, thing | {"payment_intent": expanded}).payment_key == "pi_1"
    assert read(kind, thing | {"payment_intent": None}).payment_key == "ch_3SVwQ2"
    if "charge" in thing:
        by_object = thing | {"payment_intent": None, "charge": a_charge()}
        assert read(kind, by_object).payment_key == "ch_3SVwQ2"


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [(500, "clp", 500), (500, "isk", 5), (500, "mga", 50_000), (1_230, "tnd", 1_230)],
)
def test_amounts_are_in_the_minor_units_of_iso_4217(amount: int, currency: str, minor: int) -> None:
    refund = a_refund(amount=amount, currency=currency)
    dispute = a_dispute(amount=amount, currency=currency)
    charge = a_charge(
        amount=amount, amount_captured=amount, amount_refunded=amount, currency=currency
    )

    assert read("refund.created", refund).amount_minor == minor
    assert read("charge.dispute.created", dispute).amount_minor == minor
    assert read("charge.refunded", charge).amount_minor == minor


def test_an_authorisation_that_was_never_captured_is_no_refund() -> None:
    released = a_charge(captured=False, amount_captured=0, amount_refunded=121_000, refunded=True)
    expired = a_refund(reason="expired_uncaptured_charge")

    assert stripe.interpret(an_event("charge.refunded", released)) is None
    assert stripe.interpret(an_event("refund.created", expired)) is None


def test_what_was_not_captured_of_a_charge_is_not_refunded_either() -> None:
    released = a_charge(amount_captured=100_000, amount_refunded=21_000)
    refunded = a_charge(amount_captured=100_000, amount_refunded=51_000)
    of_an_old_api = {name: value for name, value in a_charge().items() if name != "amount_captured"}

    assert stripe.interpret(an_event("charge.refunded", released)) is None
    assert read("charge.refunded", refunded).amount_minor == 30_000
    assert read("charge.refunded", of_an_old_api).amount_minor == 21_000


def test_a_refund_of_a_customers_balance_is_about_no_payment() -> None:
    refund = a_refund(charge=None, payment_intent=None, customer="cus_1")

    assert stripe.interpret(an_event("refund.created", refund)) is None


@pytest.mark.parametrize(
    ("kind", "thing", "changes"),
    [
        ("charge.refunded", a_charge(), {"amount_refunded": None}),
        ("charge.refunded", a_charge(), {"amount_refunded": -1}),
        ("charge.refunded", a_charge(), {"amount": None}),
        ("charge.refunded", a_charge(), {"currency": None}),
        ("charge.refunded", a_charge(), {"id": None, "payment_intent": None}),
        ("refund.created", a_refund(), {"id": ""}),
        ("refund.created", a_refund(), {"amount": "21000"}),
        ("refund.created", a_refund(), {"created": None}),
        ("refund.created", a_refund(), {"status": None}),
        ("refund.created", a_refund(), {"status": "reversed"}),
        ("refund.created", a_refund(), {"payment_intent": {"id": None}}),
        ("charge.dispute.created", a_dispute(), {"id": None}),
        ("charge.dispute.created", a_dispute(), {"amount": True}),
        ("charge.dispute.created", a_dispute(), {"status": None}),
        ("charge.dispute.closed", a_dispute(), {"status": "half_won"}),
        ("charge.dispute.created", a_dispute(), {"evidence_details": {"due_by": "soon"}}),
        ("charge.dispute.created", a_dispute(), {"charge": None, "payment_intent": None}),
        ("charge.dispute.created", a_dispute(), {"currency": "xyz"}),
    ],
)
def test_what_breaks_a_promise_of_stripes_documents_is_a_clear_error(
    kind: str, thing: dict[str, Any], changes: dict[str, Any]
) -> None:
    with pytest.raises(EventMalformed):
        read(kind, thing | changes)


@pytest.mark.parametrize(
    ("kind", "thing", "name"),
    [
        ("charge.refunded", a_charge(), "Charge"),
        ("refund.failed", a_refund(status="failed"), "Refund"),
        ("charge.dispute.closed", a_dispute(status="lost"), "Dispute"),
    ],
)
def test_what_the_sdk_takes_for_such_an_event_we_take_for_it_too(
    kind: str, thing: dict[str, Any], name: str
) -> None:
    now = datetime.now(UTC)
    raw = json.dumps(an_event(kind, thing)).encode()
    at = int(now.timestamp())
    signature = sdk.WebhookSignature._compute_signature(f"{at}.{raw.decode()}", "whsec_1")
    header = f"t={at},v1={signature}"

    theirs = sdk.Webhook.construct_event(raw, header, "whsec_1")
    stripe_signature.verify(raw, {"Stripe-Signature": header}, ["whsec_1"], now)

    assert type(theirs.data.object).__name__ == name
    fact = stripe.interpret(stripe.parse(raw))
    assert fact is not None
    assert fact.payment_key == theirs.data.object.payment_intent
