"""GoCardless's page for an order, what follows when it is agreed to, and its lists."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.errors import ProviderRefused
from chalicelib.usecases.provider_ports import Order
from tests.adapters.gocardless_api import Debit, facts_of
from tests.adapters.provider_api import Api, Status, a_setup_with

GOCARDLESS = provider_of("gocardless")
NOW = datetime(2026, 3, 20, tzinfo=UTC)
ORDER = Order(
    id="chk_1",
    invoice_id="inv_1",
    amount_minor=121_000,
    currency="EUR",
    description="Talleres Ibáñez · A-000001",
    customer_name="Peñarroya, S.A.",
    email="pagos@penarroya.example",
    language="es",
    return_url="https://saldo.example/p/return?checkout=chk_1",
    webhook_url="https://saldo.example/webhooks/gocardless",
    expires_at=NOW + timedelta(hours=1),
)


def test_a_page_is_a_billing_request_with_our_reference_and_a_flow() -> None:
    api = Api(
        answers={
            "POST /billing_requests": {"billing_requests": {"id": "BRQ1"}},
            "POST /billing_request_flows": {
                "billing_request_flows": {"authorisation_url": "https://pay.example/BRF1"}
            },
        }
    )
    setup = a_setup_with(api, access_token="live_x")
    assert GOCARDLESS.open_page is not None

    page = GOCARDLESS.open_page(ORDER, setup)

    assert (page.url, page.reference, page.fields) == ("https://pay.example/BRF1", "BRQ1", None)
    request, flow = api.made
    assert request.headers["Idempotency-Key"] == "chk_1"
    sent = request.body["billing_requests"]
    assert sent["mandate_request"]["currency"] == "EUR"
    assert sent["metadata"] == {
        "checkout_id": "chk_1", "amount": "121000 EUR", "invoice_id": "inv_1",
    }  # fmt: skip
    sent = flow.body["billing_request_flows"]
    assert (sent["redirect_uri"], sent["language"]) == (ORDER.return_url, "es")
    assert sent["links"] == {"billing_request": "BRQ1"}
    assert sent["prefilled_customer"]["email"] == "pagos@penarroya.example"


def conflict(with_id: str) -> Status:
    error = {
        "reason": "idempotent_creation_conflict",
        "message": "A resource has already been created with this idempotency key",
        "links": {"conflicting_resource_id": with_id},
    }
    told = {"error": {"type": "invalid_state", "code": 409, "message": "x", "errors": [error]}}
    return Status(409, told)


def test_a_repeated_order_opens_the_same_billing_request() -> None:
    flow = {"billing_request_flows": {"authorisation_url": "https://pay.example/BRF2"}}
    api = Api(
        answers={
            "POST /billing_requests": conflict("BRQ1"),
            "POST /billing_request_flows": flow,
        }
    )
    assert GOCARDLESS.open_page is not None

    page = GOCARDLESS.open_page(ORDER, a_setup_with(api, access_token="live_x"))

    assert page.reference == "BRQ1"


def test_another_conflict_is_a_refusal() -> None:
    told = {"error": {"type": "invalid_state", "message": "no creditor", "errors": []}}
    api = Api(answers={"POST /billing_requests": Status(409, told)})
    assert GOCARDLESS.open_page is not None

    with pytest.raises(ProviderRefused, match="no creditor"):
        GOCARDLESS.open_page(ORDER, a_setup_with(api, access_token="live_x"))


FULFILLED = {
    "id": "EV200",
    "created_at": datetime.now(UTC).isoformat(),
    "resource_type": "billing_requests",
    "action": "fulfilled",
    "links": {"billing_request": "BRQ1"},
}


def a_billing_request(**changes: Any) -> dict[str, Any]:
    request = {
        "id": "BRQ1",
        "status": "fulfilled",
        "metadata": {"checkout_id": "chk_1", "amount": "121000 EUR", "invoice_id": "inv_1"},
        "links": {"mandate_request_mandate": "MD1", "customer": "CU1"},
    }
    return {"billing_requests": request | changes}


def test_a_mandate_that_was_given_is_debited_once_for_what_was_agreed() -> None:
    debit = Debit("PM1", amount=121_000)
    debit.happens("created", "2026-03-02")
    debit.api.answers["GET /billing_requests/BRQ1"] = a_billing_request()
    debit.api.answers["GET /payments"] = {"payments": [{"id": "PM0", "metadata": {}}]}
    debit.api.answers["POST /payments"] = {"payments": {"id": "PM1"}}

    (fact,) = facts_of(debit, FULFILLED)

    assert (fact.what, fact.payment_key, fact.checkout_id) == ("processing", "PM1", "chk_1")
    (call,) = [call for call in debit.api.made if call.method == "POST"]
    assert call.headers["Idempotency-Key"] == "chk_1"
    assert call.body["payments"] == {
        "amount": 121_000,
        "currency": "EUR",
        "metadata": {"checkout_id": "chk_1", "invoice_id": "inv_1"},
        "links": {"mandate": "MD1"},
    }
    debit.api.answers["POST /payments"] = conflict("PM1")
    assert facts_of(debit, FULFILLED) == [fact]


def test_what_was_debited_already_is_not_debited_again_however_late() -> None:
    debit = Debit("PM1", amount=121_000)
    debit.happens("created", "2026-03-02")
    debit.api.answers["GET /billing_requests/BRQ1"] = a_billing_request()
    debit.api.answers["GET /payments"] = {"payments": [debit.payment]}
    late = FULFILLED | {"created_at": "2026-03-02T10:00:00.000Z"}

    for event in (FULFILLED, late):
        assert [fact.what for fact in facts_of(debit, event)] == ["processing"]

    assert {call.method for call in debit.api.made} == {"GET"}


def test_what_was_agreed_too_long_ago_is_left_to_a_person() -> None:
    api = Api(answers={"GET /billing_requests/BRQ1": a_billing_request(), "GET /payments": {}})
    agreed_at = datetime.now(UTC) - timedelta(days=2, minutes=1)
    late = FULFILLED | {"created_at": agreed_at.isoformat()}

    with pytest.raises(ProviderRefused, match="too long ago"):
        GOCARDLESS.facts(json.dumps(late), a_setup_with(api, access_token="x"))

    assert {call.method for call in api.made} == {"GET"}


@pytest.mark.parametrize(
    "changes",
    [
        {"links": {"payment_request_payment": "PM1"}},
        {"metadata": {}},
        {"metadata": {"checkout_id": "sub_7", "amount": "5 EUR"}},
        {"metadata": None},
    ],
)
def test_a_billing_request_that_is_not_for_a_checkout_of_ours_debits_nobody(
    changes: dict[str, Any],
) -> None:
    api = Api(answers={"GET /billing_requests/BRQ1": a_billing_request(**changes)})

    assert GOCARDLESS.facts(json.dumps(FULFILLED), a_setup_with(api, access_token="x")) == []

    assert [call.method for call in api.made] == ["GET"]


@pytest.mark.parametrize("amount", ["", "-5 EUR", "5.00 EUR", "5 CLP", "5"])
def test_an_agreed_amount_that_is_none_is_never_debited(amount: str) -> None:
    metadata = {"checkout_id": "chk_1", "amount": amount}
    answers = {"GET /billing_requests/BRQ1": a_billing_request(metadata=metadata)}
    api = Api(answers=answers | {"GET /payments": {"payments": []}})

    with pytest.raises(EventMalformed):
        GOCARDLESS.facts(json.dumps(FULFILLED), a_setup_with(api, access_token="x"))

    assert {call.method for call in api.made} == {"GET"}


@pytest.mark.parametrize(
    "answer",
    [
        {"billing_requests": {"id": "BRQ1", "status": "cancelled"}},
        Status(422, {"error": {"type": "invalid_state", "message": "already fulfilled"}}),
        Status(409, {"error": {"type": "invalid_state", "message": "already cancelled"}}),
    ],
)
def test_closing_a_page_is_harmless_when_it_is_over(answer: Any) -> None:
    api = Api(answers={"POST /billing_requests/BRQ1/actions/cancel": answer})
    assert GOCARDLESS.close_page is not None

    GOCARDLESS.close_page("BRQ1", a_setup_with(api, access_token="x"))

    assert len(api.made) == 1


def test_a_page_that_cannot_be_closed_says_so() -> None:
    told = {"error": {"type": "validation_failed", "message": "nonsense"}}
    api = Api(answers={"POST /billing_requests/BRQ1/actions/cancel": Status(422, told)})
    assert GOCARDLESS.close_page is not None

    with pytest.raises(ProviderRefused, match="nonsense"):
        GOCARDLESS.close_page("BRQ1", a_setup_with(api, access_token="x"))


def test_the_list_has_each_payment_once_that_moved_with_its_refunds() -> None:
    debit = Debit()
    debit.happens("confirmed", "2026-03-06")
    debit.happens("paid_out", "2026-03-09")
    debit.refunded(30_000, "created", "2026-03-10")
    debit.refunded(30_000, "failed", "2026-03-12")
    debit.refunded(20_000, "created", "2026-03-12", "RF2")
    first = {"events": debit.events[:1], "meta": {"cursors": {"after": "EV1"}}}
    second = {"events": debit.events[1:2], "meta": {"cursors": {"after": None}}}
    since = "created_at%5Bgte%5D=2026-03-01T00%3A00%3A00.000Z"
    until = "created_at%5Blt%5D=2026-03-20T00%3A00%3A00.000Z"
    asked = f"GET /events?resource_type=payments&{since}&{until}&limit=500"
    refunds = f"GET /events?resource_type=refunds&{since}&{until}&limit=500"
    debit.api.answers[asked] = first
    debit.api.answers[f"{asked}&after=EV1"] = second
    debit.api.answers[refunds] = {"events": debit.events[2:]}
    assert GOCARDLESS.listed is not None
    assert GOCARDLESS.listed_facts is not None

    listed = list(GOCARDLESS.listed(datetime(2026, 3, 1, tzinfo=UTC), NOW, debit.setup))

    assert [one.payment_key for one in listed] == ["PM123"]
    facts = GOCARDLESS.listed_facts(listed[0].raw, debit.setup)
    assert [(fact.what, fact.amount_minor, fact.refund_status) for fact in facts] == [
        ("paid", 100_000, None),
        ("refund", 30_000, "failed"),
        ("refund", 20_000, "pending"),
    ]


def test_one_payment_is_found_by_its_key_or_is_not_there() -> None:
    debit = Debit()
    assert GOCARDLESS.find is not None

    found = GOCARDLESS.find("PM123", debit.setup)

    assert found is not None
    assert found.payment_key == "PM123"
    assert GOCARDLESS.find("PM9", debit.setup) is None


def test_the_check_names_the_account() -> None:
    api = Api(answers={"GET /creditors": {"creditors": [{"id": "CR1", "name": "Talleres"}]}})
    assert GOCARDLESS.check is not None

    assert GOCARDLESS.check(a_setup_with(api, access_token="x")) == "Talleres"

    unauthorised = Api(answers={"GET /creditors": Status(401, {"error": {"message": "no"}})})
    with pytest.raises(ProviderRefused):
        GOCARDLESS.check(a_setup_with(unauthorised, access_token="x"))
