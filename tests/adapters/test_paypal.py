"""What PayPal's events mean for the books; an approval is captured, and only then is it money."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.paypal import PROVIDER
from chalicelib.adapters.providers.paypal_fields import value_of
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from chalicelib.domain.provider import ProviderFact
from tests.adapters.paypal_bodies import (
    a_capture,
    a_dispute,
    a_paypal,
    a_refund,
    an_event,
    an_order,
    money,
    raw_of,
    resolved,
    told,
)
from tests.adapters.provider_api import Api, Call, Status
from tests.builders import NOON

CAPTURE = "POST /v2/checkout/orders/5O190127TN364715T/capture"
ORDER = "GET /v2/checkout/orders/5O190127TN364715T"
DISPUTES = "GET /v1/customer/disputes"
LATER = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


def read(
    kind: str, resource: dict[str, Any], answers: dict[str, Any] | None = None
) -> list[ProviderFact]:
    [event] = PROVIDER.events(told(raw_of(an_event(kind, resource)), {}))
    return list(PROVIDER.facts(event.raw, a_paypal(answers)[0]))


def one(kind: str, resource: dict[str, Any], answers: dict[str, Any] | None = None) -> ProviderFact:
    [fact] = read(kind, resource, answers)
    return fact


def calls_of(api: Api) -> list[Call]:
    return [call for call in api.made if call.path != "/v1/oauth2/token"]


def test_a_completed_capture_is_money_received() -> None:
    assert one("PAYMENT.CAPTURE.COMPLETED", a_capture()) == ProviderFact(
        what="paid",
        provider="paypal",
        event_id="WH-1",
        payment_key="2GG279541U471931P",
        invoice_id=None,
        checkout_id="chk_1",
        amount_minor=100_000,
        currency="EUR",
        occurred_at=NOON,
    )


@pytest.mark.parametrize(
    ("kind", "status", "what"),
    [
        ("PAYMENT.CAPTURE.PENDING", "PENDING", "processing"),
        ("PAYMENT.CAPTURE.DENIED", "DECLINED", "failed"),
        ("PAYMENT.CAPTURE.DECLINED", "DECLINED", "failed"),
        ("PAYMENT.CAPTURE.DECLINED", "FAILED", "failed"),
        # The state of the capture decides, whichever event brings it.
        ("PAYMENT.CAPTURE.PENDING", "COMPLETED", "paid"),
        ("PAYMENT.CAPTURE.COMPLETED", "PARTIALLY_REFUNDED", "paid"),
        ("PAYMENT.CAPTURE.COMPLETED", "REFUNDED", "paid"),
    ],
)
def test_a_capture_is_what_its_state_says(kind: str, status: str, what: str) -> None:
    assert one(kind, a_capture(status=status)).what == what


def test_a_payment_that_clears_late_counts_from_then_and_a_refund_does_not_move_it() -> None:
    cleared = a_capture(update_time="2026-03-03T11:00:00Z")
    refunded = a_capture(status="PARTIALLY_REFUNDED", update_time="2026-03-09T11:00:00Z")

    assert one("PAYMENT.CAPTURE.COMPLETED", cleared).occurred_at == LATER
    assert one("PAYMENT.CAPTURE.COMPLETED", refunded).occurred_at == NOON


def test_a_failure_says_why() -> None:
    denied = a_capture(status="DECLINED", status_details={"reason": "BUYER_COMPLAINT"})
    declined = a_capture(status="DECLINED", processor_response={"response_code": "0500"})

    assert one("PAYMENT.CAPTURE.DENIED", denied).detail == "BUYER_COMPLAINT"
    assert one("PAYMENT.CAPTURE.DECLINED", declined).detail == "response code 0500"
    assert one("PAYMENT.CAPTURE.DENIED", a_capture(status="DECLINED")).detail is None


@pytest.mark.parametrize(
    ("value", "currency", "minor"),
    [
        ("1000.00", "EUR", 100_000),
        ("0.01", "USD", 1),
        ("1210", "JPY", 1_210),
        ("1210", "HUF", 121_000),  # two decimals in ISO, none at PayPal
        ("1210", "TWD", 121_000),
        ("1.230", "TND", 1_230),
        ("1000.0", "EUR", 100_000),
    ],
)
def test_amounts_become_minor_units_exactly(value: str, currency: str, minor: int) -> None:
    fact = one("PAYMENT.CAPTURE.COMPLETED", a_capture(amount=money(value, currency)))

    assert (fact.amount_minor, fact.currency) == (minor, currency)


@pytest.mark.parametrize(
    ("minor", "currency", "value"),
    [
        (100_000, "EUR", "1000.00"),
        (1, "USD", "0.01"),
        (1_210, "JPY", "1210"),
        (121_000, "HUF", "1210"),
        (121_000, "TWD", "1210"),
        (1_230, "TND", "1.230"),
    ],
)
def test_minor_units_become_amounts_as_paypal_writes_them(
    minor: int, currency: str, value: str
) -> None:
    assert value_of(minor, currency) == value


@pytest.mark.parametrize("currency", ["HUF", "TWD"])
def test_a_fraction_that_paypal_does_not_take_is_refused_and_not_rounded(currency: str) -> None:
    with pytest.raises(ProviderRefused, match=f"no fractions of {currency}"):
        value_of(121_050, currency)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": ""},
        {"status": "SETTLED"},
        {"status": None},
        {"amount": None},
        {"amount": money("1.234")},
        {"amount": money("NaN")},
        {"amount": money("10,00")},
        {"amount": money("10.00", "XYZ")},
        {"create_time": None, "update_time": None},
        {"create_time": "yesterday", "update_time": None},
        {"update_time": "2026-03-02T11:00:00"},
    ],
)
def test_a_capture_in_another_shape_is_a_clear_error(changes: dict[str, Any]) -> None:
    with pytest.raises(EventMalformed, match="paypal sent an event"):
        read("PAYMENT.CAPTURE.COMPLETED", a_capture(**changes))


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe", b'{"id": "WH-1"}'])
def test_signed_bytes_that_are_no_event_are_a_clear_error(raw: bytes) -> None:
    with pytest.raises(EventMalformed):
        PROVIDER.events(told(raw, {}))


@pytest.mark.parametrize(
    "kind", ["BILLING.SUBSCRIPTION.CREATED", "CHECKOUT.PAYMENT-APPROVAL.REVERSED", "MERCHANT.X"]
)
def test_other_events_say_nothing_about_money(kind: str) -> None:
    assert read(kind, {"id": "x"}) == []


def approved(
    answers: dict[str, Any], order: dict[str, Any] | None = None
) -> tuple[list[ProviderFact], Api]:
    setup, api = a_paypal(answers)
    raw = raw_of(an_event("CHECKOUT.ORDER.APPROVED", order or an_order())).decode()
    return list(PROVIDER.facts(raw, setup)), api


def test_an_approval_is_no_money_until_we_have_captured_it() -> None:
    facts, api = approved({CAPTURE: an_order("COMPLETED", a_capture())})

    [fact] = facts
    [call] = calls_of(api)
    assert (fact.what, fact.payment_key, fact.amount_minor) == (
        "paid", "2GG279541U471931P", 100_000,
    )  # fmt: skip
    assert (call.method, call.path, call.body) == ("POST", CAPTURE.removeprefix("POST "), {})
    assert call.headers["PayPal-Request-Id"] == "WH-1"
    assert call.headers["Authorization"] == "Bearer A21AA"


@pytest.mark.parametrize(("status", "what"), [("PENDING", "processing"), ("DECLINED", "failed")])
def test_what_the_capture_came_to_decides(status: str, what: str) -> None:
    facts, _ = approved({CAPTURE: an_order("COMPLETED", a_capture(status=status))})

    assert [fact.what for fact in facts] == [what]


def an_issue(issue: str, description: str = "So it is.") -> Status:
    details = [{"issue": issue, "description": description}]
    return Status(422, {"name": "UNPROCESSABLE_ENTITY", "details": details})


def test_an_order_that_was_captured_before_is_looked_at() -> None:
    facts, _ = approved(
        {CAPTURE: an_issue("ORDER_ALREADY_CAPTURED"), ORDER: an_order("COMPLETED", a_capture())}
    )

    assert [(fact.what, fact.payment_key) for fact in facts] == [("paid", "2GG279541U471931P")]


@pytest.mark.parametrize("issue", ["ORDER_NOT_APPROVED", "PAYER_ACTION_REQUIRED"])
def test_an_order_that_waits_for_its_buyer_is_nothing_yet(issue: str) -> None:
    assert approved({CAPTURE: an_issue(issue)})[0] == []


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        (an_issue("INSTRUMENT_DECLINED", "The card said no."),
         "The card said no. (INSTRUMENT_DECLINED)"),
        (an_issue("DUPLICATE_INVOICE_ID"), "So it is. (DUPLICATE_INVOICE_ID)"),
        (Status(404, {"name": "RESOURCE_NOT_FOUND", "message": "It is gone."}),
         "It is gone. (RESOURCE_NOT_FOUND)"),
        (Status(422, []), "PayPal refused (UNKNOWN)"),
    ],
)  # fmt: skip
def test_what_was_approved_and_cannot_be_had_is_a_failure(answer: Status, detail: str) -> None:
    [fact] = approved({CAPTURE: answer})[0]

    assert (fact.what, fact.checkout_id, fact.amount_minor) == ("failed", "chk_1", 100_000)
    assert (fact.payment_key, fact.detail) == ("5O190127TN364715T", detail)


def test_while_paypal_does_not_answer_the_queue_repeats_the_capture() -> None:
    with pytest.raises(ProviderUnavailable):
        approved({CAPTURE: Status(500)})


@pytest.mark.parametrize("custom_id", [None, "order-77 of the web shop", "inv_1"])
def test_an_order_that_is_not_ours_is_left_alone(custom_id: str | None) -> None:
    order = an_order()
    order["purchase_units"][0]["custom_id"] = custom_id

    facts, api = approved({CAPTURE: an_order("COMPLETED", a_capture())}, order)

    assert facts == []
    assert api.made == []


def test_a_completed_order_names_the_same_payment_as_its_capture() -> None:
    by_order = one("CHECKOUT.ORDER.COMPLETED", an_order("COMPLETED", a_capture()))

    assert by_order == one("PAYMENT.CAPTURE.COMPLETED", a_capture())
    assert read("CHECKOUT.ORDER.COMPLETED", an_order("COMPLETED")) == []


def test_an_order_of_several_units_is_a_clear_error() -> None:
    order = an_order(purchase_units=[{}, {}])

    with pytest.raises(EventMalformed, match="exactly one purchase unit"):
        read("CHECKOUT.ORDER.COMPLETED", order)


@pytest.mark.parametrize(
    ("kind", "status", "read_as"),
    [
        ("PAYMENT.CAPTURE.REFUNDED", "COMPLETED", "succeeded"),
        ("PAYMENT.REFUND.PENDING", "PENDING", "pending"),
        ("PAYMENT.REFUND.FAILED", "FAILED", "failed"),
        ("PAYMENT.CAPTURE.REFUNDED", "CANCELLED", "canceled"),
    ],
)
def test_a_refund_belongs_to_the_capture_in_its_links(kind: str, status: str, read_as: str) -> None:
    fact = one(kind, a_refund("300.00", status=status))

    assert (fact.what, fact.refund_status, fact.amount_minor) == ("refund", read_as, 30_000)
    assert (fact.payment_key, fact.object_id) == ("2GG279541U471931P", "1Y107995YT783435V")
    assert (fact.began_at, fact.occurred_at) == (LATER, LATER)


@pytest.mark.parametrize(
    "links",
    [
        None,
        [],
        [{"rel": "self", "href": "x"}],
        ["up"],
        [{"rel": "up", "href": "https://x/v2/payments/authorizations/1"}],
    ],
)
def test_a_refund_of_nothing_that_is_known_is_a_clear_error(links: Any) -> None:
    with pytest.raises(EventMalformed, match="of which capture"):
        read("PAYMENT.CAPTURE.REFUNDED", a_refund(links=links))


def test_what_paypal_takes_back_without_a_dispute_is_as_good_as_a_refund() -> None:
    fact = one("PAYMENT.CAPTURE.REVERSED", a_refund("1000.00"), {DISPUTES: {"items": []}})

    assert (fact.what, fact.refund_status, fact.amount_minor) == ("refund", "succeeded", 100_000)


def test_what_paypal_takes_back_for_a_dispute_is_the_dispute_and_not_counted_twice() -> None:
    lost = resolved("RESOLVED_BUYER_FAVOUR")
    answers = {
        f"{DISPUTES}?disputed_transaction_id=2GG279541U471931P&page_size=50": {
            "items": [{"dispute_id": "PP-D-27803"}]
        },
        "GET /v1/customer/disputes/PP-D-27803": lost,
    }

    fact = one("PAYMENT.CAPTURE.REVERSED", a_refund("1000.00"), answers)

    assert fact == one("CUSTOMER.DISPUTE.RESOLVED", lost)


@pytest.mark.parametrize(
    ("dispute", "status", "money_moved"),
    [
        (a_dispute(dispute_life_cycle_stage="INQUIRY"), "inquiry", None),
        (a_dispute(), "contested", "out"),
        (a_dispute(status="UNDER_REVIEW", dispute_life_cycle_stage="PRE_ARBITRATION"),
         "contested", "out"),
        (resolved("RESOLVED_BUYER_FAVOUR"), "lost", "out"),
        (resolved("ACCEPTED"), "lost", "out"),
        (resolved("RESOLVED_SELLER_FAVOUR"), "won", "back"),
        (resolved("RESOLVED_WITH_PAYOUT"), "won", "back"),
        (resolved("CANCELED_BY_BUYER"), "won", "back"),
        (resolved("DENIED"), "won", "back"),
    ],
)  # fmt: skip
def test_a_dispute_holds_its_money_from_the_claim_to_the_verdict(
    dispute: dict[str, Any], status: str, money_moved: str | None
) -> None:
    fact = one("CUSTOMER.DISPUTE.UPDATED", dispute)

    assert (fact.what, fact.dispute_status, fact.money) == ("dispute", status, money_moved)
    assert (fact.payment_key, fact.object_id) == ("2GG279541U471931P", "PP-D-27803")
    assert fact.amount_minor == 100_000
    assert fact.due_by == datetime(2026, 3, 14, 11, 0, tzinfo=UTC)
    assert fact.detail == "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"


def test_of_a_dispute_that_was_lost_in_part_that_part_is_gone() -> None:
    outcome = {"outcome_code": "RESOLVED_BUYER_FAVOUR", "amount_refunded": money("400.00")}

    fact = one("CUSTOMER.DISPUTE.RESOLVED", resolved("", dispute_outcome=outcome))

    assert fact.amount_minor == 40_000


@pytest.mark.parametrize(
    "dispute",
    [
        resolved("SOMETHING_NEW"),
        a_dispute(status="RESOLVED"),
        a_dispute(disputed_transactions=[]),
        a_dispute(disputed_transactions=[{"seller_transaction_id": "A"}] * 2),
        a_dispute(dispute_id=None),
    ],
)
def test_a_dispute_that_is_not_understood_is_a_clear_error(dispute: dict[str, Any]) -> None:
    with pytest.raises(EventMalformed):
        read("CUSTOMER.DISPUTE.RESOLVED", dispute)


def test_an_event_is_known_by_paypals_id_and_kept_byte_for_byte() -> None:
    raw = raw_of(an_event("PAYMENT.CAPTURE.COMPLETED", a_capture()))

    [event] = PROVIDER.events(told(raw, {}))

    assert (event.id, event.type) == ("WH-1", "PAYMENT.CAPTURE.COMPLETED")
    assert event.raw.encode() == raw
    assert json.loads(event.raw, parse_float=Decimal)["resource"]["id"] == "2GG279541U471931P"
