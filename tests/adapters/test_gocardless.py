"""What a payment's and a refund's history at GoCardless means; each trap is a test."""

import json
from datetime import datetime
from typing import Any

import pytest

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from chalicelib.domain.provider import ProviderFact
from tests.adapters.gocardless_api import Debit, facts_of
from tests.adapters.provider_api import Api, Status, a_setup_with

GOCARDLESS = provider_of("gocardless")


def instant(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00+00:00")


def told(debit: Debit, event: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fact.what, f"{fact.occurred_at:%Y-%m-%d}") for fact in facts_of(debit, event)]


def test_a_confirmed_payment_is_money_for_its_checkout() -> None:
    debit = Debit()
    debit.happens("created", "2026-03-02")
    event = debit.happens("confirmed", "2026-03-06")

    assert facts_of(debit, event) == [
        ProviderFact(
            what="paid",
            provider="gocardless",
            event_id="EV002PM123",
            payment_key="PM123",
            invoice_id=None,
            checkout_id="chk_1",
            amount_minor=100_000,
            currency="EUR",
            occurred_at=instant("2026-03-06"),
        )
    ]


def test_the_api_is_asked_in_one_version_with_the_token() -> None:
    debit = Debit()

    facts_of(debit, debit.happens("created", "2026-03-02"))

    assert [(call.method, call.path) for call in debit.api.made] == [
        ("GET", "/payments/PM123"),
        ("GET", "/events"),
    ]
    for call in debit.api.made:
        assert call.headers["Authorization"] == "Bearer live_x"
        assert call.headers["GoCardless-Version"] == "2015-07-06"


@pytest.mark.parametrize("action", ["created", "submitted"])
def test_a_payment_on_its_way_rests_the_chase(action: str) -> None:
    debit = Debit()

    assert told(debit, debit.happens(action, "2026-03-02")) == [("processing", "2026-03-02")]


@pytest.mark.parametrize("action", ["failed", "cancelled", "customer_approval_denied"])
def test_a_payment_that_was_never_confirmed_has_failed(action: str) -> None:
    debit = Debit()
    debit.happens("submitted", "2026-03-02")
    event = debit.happens(action, "2026-03-05")

    (fact,) = facts_of(debit, event)

    assert (fact.what, fact.occurred_at) == ("failed", instant("2026-03-05"))
    if action == "failed":
        assert fact.detail == "The customer's account had insufficient funds."


def test_paid_out_says_nothing_that_confirmed_has_not_said() -> None:
    debit = Debit()
    debit.happens("confirmed", "2026-03-06")
    event = debit.happens("paid_out", "2026-03-09")

    assert told(debit, event) == [("paid", "2026-03-06")]


def test_a_late_failure_takes_the_money_back() -> None:
    debit = Debit()
    confirmed = debit.happens("confirmed", "2026-03-06")
    debit.happens("paid_out", "2026-03-09")
    failed = debit.happens("failed", "2026-03-12")
    settled = debit.happens("late_failure_settled", "2026-03-13")

    for event in (confirmed, failed, settled):
        paid, lost = facts_of(debit, event)
        assert (paid.what, paid.occurred_at) == ("paid", instant("2026-03-06"))
        assert (lost.what, lost.object_id, lost.dispute_status, lost.money, lost.occurred_at) == (
            "dispute", "PM123-late_failure", "lost", "out", instant("2026-03-12"),
        )  # fmt: skip


def test_a_late_failure_that_is_tried_again_with_success_is_paid_again() -> None:
    debit = Debit()
    debit.happens("confirmed", "2026-03-06")
    debit.happens("failed", "2026-03-12")
    debit.happens("resubmission_requested", "2026-03-13")
    debit.happens("confirmed", "2026-03-17")
    event = debit.happens("late_failure_settled", "2026-03-18")

    _, back = facts_of(debit, event)

    assert (back.dispute_status, back.money) == ("won", "back")
    assert back.occurred_at == instant("2026-03-17")


def test_a_first_failure_that_is_tried_again_with_success_is_simply_paid() -> None:
    debit = Debit()
    failed = debit.happens("failed", "2026-03-06")
    assert told(debit, failed) == [("failed", "2026-03-06")]
    debit.happens("resubmission_requested", "2026-03-08")
    assert told(debit, failed) == [("processing", "2026-03-08")]
    confirmed = debit.happens("confirmed", "2026-03-11")

    assert told(debit, confirmed) == told(debit, failed) == [("paid", "2026-03-11")]


def test_a_chargeback_takes_the_money_until_the_bank_calls_it_off() -> None:
    debit = Debit()
    debit.happens("confirmed", "2026-03-06")
    event = debit.happens("charged_back", "2026-03-12")
    _, lost = facts_of(debit, event)
    assert (lost.dispute_status, lost.money) == ("lost", "out")
    assert (lost.object_id, lost.amount_minor) == ("PM123-chargeback", 100_000)
    assert lost.detail == "The customer asked the bank for the money."

    event = debit.happens("chargeback_cancelled", "2026-03-15")

    _, back = facts_of(debit, event)
    assert (back.dispute_status, back.money) == ("won", "back")


def test_a_settled_chargeback_is_the_same_chargeback() -> None:
    debit = Debit()
    debit.happens("confirmed", "2026-03-06")
    debit.happens("charged_back", "2026-03-12")
    event = debit.happens("chargeback_settled", "2026-03-20")

    assert told(debit, event) == [("paid", "2026-03-06"), ("dispute", "2026-03-12")]


def test_what_the_payment_says_now_stands_above_a_history_that_lags_behind() -> None:
    debit = Debit()
    event = debit.happens("created", "2026-03-02")
    debit.payment["status"] = "charged_back"

    assert told(debit, event) == [("paid", "2026-03-02"), ("dispute", "2026-03-02")]


def test_an_event_that_the_history_lacks_still_counts() -> None:
    debit = Debit()
    event = debit.happens("confirmed", "2026-03-06")
    debit.events.clear()
    debit._show()

    assert told(debit, event) == [("paid", "2026-03-06")]


@pytest.mark.parametrize(
    ("action", "status"),
    [("created", "pending"), ("paid", "succeeded"), ("failed", "failed")],
)
def test_a_refund_is_as_the_refund_says(action: str, status: str) -> None:
    debit = Debit()
    debit.happens("confirmed", "2026-03-06")
    created = debit.refunded(30_000, "created", "2026-03-10")
    event = created if action == "created" else debit.refunded(30_000, action, "2026-03-12")

    (fact,) = facts_of(debit, event)

    assert (fact.what, fact.payment_key, fact.object_id) == ("refund", "PM123", "RF1")
    assert (fact.refund_status, fact.amount_minor) == (status, 30_000)
    assert fact.began_at == instant("2026-03-10")
    assert facts_of(debit, created)[0].but(event_id="") == fact.but(event_id="")


def test_a_refund_without_a_status_is_as_its_last_event_says() -> None:
    debit = Debit()
    debit.refunded(30_000, "created", "2026-03-10")
    event = debit.refunded(30_000, "failed", "2026-03-12")
    del debit.refunds[0]["status"]

    assert facts_of(debit, event)[0].refund_status == "failed"


def test_a_refund_of_a_mandate_is_no_payment_of_ours() -> None:
    debit = Debit()
    event = debit.refunded(30_000, "created", "2026-03-10")
    debit.refunds[0]["links"] = {"mandate": "MD123"}

    assert facts_of(debit, event) == []


@pytest.mark.parametrize(
    "event",
    [
        {"resource_type": "mandates", "action": "created", "links": {"mandate": "MD1"}},
        {"resource_type": "payouts", "action": "paid", "links": {"payout": "PO1"}},
        {"resource_type": "billing_requests", "action": "cancelled", "links": {}},
    ],
)
def test_other_events_say_nothing_and_ask_for_nothing(event: dict[str, Any]) -> None:
    api = Api()

    assert (
        GOCARDLESS.facts(
            json.dumps(event | {"id": "EV1", "created_at": "2026-03-05T10:00:00.000Z"}),
            a_setup_with(api),
        )
        == []
    )

    assert api.made == []


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "unheard_of"},
        {"amount": "100"},
        {"amount": None},
        {"currency": "XXY"},
        {"id": None},
    ],
)
def test_a_payment_that_is_not_as_documented_is_a_clear_error(changes: dict[str, Any]) -> None:
    debit = Debit()
    event = debit.happens("confirmed", "2026-03-06")
    debit.payment.update(changes)

    with pytest.raises(EventMalformed):
        facts_of(debit, event)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"checkout_id": "chk_1", "invoice_id": "inv_1"}, (None, "chk_1")),
        ({"invoice_id": "inv_1"}, ("inv_1", None)),
        ({}, (None, None)),
        ({"order": "7"}, (None, None)),
    ],
)
def test_a_payment_names_what_it_is_for(
    metadata: dict[str, str], expected: tuple[str | None, str | None]
) -> None:
    debit = Debit(metadata=metadata)

    (fact,) = facts_of(debit, debit.happens("confirmed", "2026-03-06"))

    assert (fact.invoice_id, fact.checkout_id) == expected


def test_when_gocardless_cannot_be_asked_the_event_waits() -> None:
    debit = Debit()
    event = debit.happens("confirmed", "2026-03-06")
    debit.api.answers["GET /payments/PM123"] = Status(503)

    with pytest.raises(ProviderUnavailable):
        facts_of(debit, event)
    with pytest.raises(ProviderRefused, match="no access token"):
        GOCARDLESS.facts(json.dumps(event), a_setup_with(debit.api))
