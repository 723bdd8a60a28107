"""GoCardless: signatures, what a payment's history means, pages and lists."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import gocardless_pro.errors
import gocardless_pro.webhooks
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.port import Notification
from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import Order
from tests.adapters.gocardless_api import SECRET, Debit, a_webhook
from tests.adapters.provider_api import Api, Status, a_setup_with
from tests.adapters.setups import a_setup

GOCARDLESS = provider_of("gocardless")
NOW = datetime(2026, 3, 20, tzinfo=UTC)
EVENT = {
    "id": "EV123",
    "created_at": "2026-03-05T10:00:00.000Z",
    "resource_type": "payments",
    "action": "confirmed",
    "details": {"description": "Peñarroya €"},
    "links": {"payment": "PM123"},
}
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


def instant(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00+00:00")


def refused(notification: Notification, *secrets: str) -> str:
    with pytest.raises(SignatureInvalid) as refusal:
        GOCARDLESS.verify(notification, a_setup(*secrets), NOW)
    return str(refusal.value)


def facts_of(debit: Debit, event: dict[str, Any]) -> list[ProviderFact]:
    return list(GOCARDLESS.facts(json.dumps(event), debit.setup))


def told(debit: Debit, event: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fact.what, f"{fact.occurred_at:%Y-%m-%d}") for fact in facts_of(debit, event)]


def test_what_the_sdk_accepts_we_accept_and_understand_alike() -> None:
    notification = a_webhook(EVENT, EVENT | {"id": "EV124", "action": "paid_out"})

    GOCARDLESS.verify(notification, a_setup(SECRET), NOW)

    header = notification.headers["webhook-signature"]
    theirs = gocardless_pro.webhooks.parse(notification.raw, SECRET, header)
    ours = GOCARDLESS.events(notification)
    assert [one.id for one in ours] == [one.id for one in theirs] == ["EV123", "EV124"]
    assert [one.type for one in ours] == ["payments.confirmed", "payments.paid_out"]
    assert [json.loads(one.raw)["links"]["payment"] for one in ours] == ["PM123", "PM123"]


def test_a_signature_made_by_neither_of_us_is_accepted() -> None:
    # printf '{"events":[]}' | openssl dgst -sha256 -hmac secret
    known = "a642b59553c93e227ec0f2f38910fbf71231a2197c00899833c00478cec86f34"
    notification = Notification(b'{"events":[]}', {"webhook-signature": known}, {})

    GOCARDLESS.verify(notification, a_setup("secret"), NOW)

    assert GOCARDLESS.events(notification) == []


@given(position=st.integers(min_value=0), noise=st.binary(max_size=20))
def test_one_changed_bit_is_refused_by_us_and_by_the_sdk(position: int, noise: bytes) -> None:
    whole = a_webhook(EVENT)
    changed = bytearray(whole.raw)
    changed[position % len(changed)] ^= 1 << (position % 8)

    for raw in (bytes(changed), whole.raw + b" " + noise):
        refused(whole._replace(raw=raw), SECRET)
        with pytest.raises(gocardless_pro.errors.InvalidSignatureError):
            gocardless_pro.webhooks.parse(raw, SECRET, whole.headers["webhook-signature"])


@pytest.mark.parametrize("secrets", [["old", SECRET], [SECRET, "new"], ["", SECRET]])
def test_during_a_rotation_either_secret_will_do(secrets: list[str]) -> None:
    GOCARDLESS.verify(a_webhook(EVENT), a_setup(*secrets), NOW)


@pytest.mark.parametrize("header", ["", "x", "ñ" * 64, "0" * 64])
def test_an_improper_signature_is_refused(header: str) -> None:
    refused(a_webhook(EVENT)._replace(headers={"webhook-signature": header}), SECRET)


def test_without_a_header_or_a_secret_nothing_is_accepted() -> None:
    assert "no Webhook-Signature" in refused(a_webhook(EVENT)._replace(headers={}), SECRET)
    assert "No webhook secret" in refused(a_webhook(EVENT, secret=""), "")
    assert "does not match" in refused(a_webhook(EVENT, secret="other"), SECRET)


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{}", b'{"events": {}}', b'{"events": [7]}', b'{"events": [{"id": "EV1"}]}'],
)
def test_signed_bytes_that_are_no_events_are_a_clear_error(raw: bytes) -> None:
    with pytest.raises(EventMalformed):
        GOCARDLESS.events(Notification(raw, {}, {}))


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

    assert GOCARDLESS.facts(json.dumps(EVENT | event), a_setup_with(api)) == []

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
