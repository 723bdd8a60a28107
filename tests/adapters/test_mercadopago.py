"""What Mercado Pago's payments mean for the books; each trap known of them is a test."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.mercadopago import PROVIDER
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from chalicelib.domain.provider import ProviderFact
from tests.adapters.mercadopago_api import (
    SECRET,
    THEN,
    a_case,
    a_claim,
    a_payment,
    a_refund,
    api_with,
    charged_back,
    notified,
    refunded,
    waiting,
)
from tests.adapters.provider_api import Api, Status, a_setup_with


def facts(api: Api, topic: str = "payment", about: str = "1313131") -> Sequence[ProviderFact]:
    [event] = PROVIDER.events(notified(about, topic=topic))
    return PROVIDER.facts(event.raw, a_setup_with(api, access_token="TEST-1"))


def read(payment: dict[str, Any], *cases: dict[str, Any]) -> Sequence[ProviderFact]:
    return facts(api_with(payment, *cases))


def test_an_approved_payment_is_money_received_on_its_day() -> None:
    api = api_with(a_payment())

    assert facts(api) == [
        ProviderFact(
            what="paid",
            provider="mercadopago",
            event_id="1313131:2026-03-02T13:30:00+00:00",
            payment_key="1313131",
            invoice_id=None,
            checkout_id="chk_1",
            amount_minor=100_000,
            currency="BRL",
            occurred_at=THEN,
        )
    ]
    [call] = api.made
    assert (call.method, call.path) == ("GET", "/v1/payments/1313131")
    assert call.headers["Authorization"] == "Bearer TEST-1"


def test_what_stands_in_the_notification_decides_nothing() -> None:
    body: dict[str, Any] = {"status": "approved", "transaction_amount": 1}
    [event] = PROVIDER.events(notified(**body))
    api = api_with(waiting())

    [fact] = PROVIDER.facts(event.raw, a_setup_with(api, access_token="TEST-1"))

    assert (fact.what, fact.amount_minor) == ("processing", 100_000)


@pytest.mark.parametrize(
    ("status", "detail", "what"),
    [
        ("approved", "accredited", "paid"),
        ("authorized", "pending_capture", "processing"),
        ("in_process", "pending_review_manual", "processing"),
        ("pending", "pending_waiting_transfer", "processing"),
        ("rejected", "cc_rejected_insufficient_amount", "failed"),
        ("cancelled", "expired", "failed"),
        ("canceled", "by_payer", "failed"),
    ],
)
def test_the_status_says_what_has_become_of_it(status: str, detail: str, what: str) -> None:
    [fact] = read(a_payment(status=status, status_detail=detail))

    assert fact.what == what
    assert fact.detail == (f"{status}: {detail}" if what == "failed" else None)


def test_a_part_that_went_back_is_told_by_its_refunds_and_their_sum() -> None:
    first = a_refund(7, 200, "2026-03-03T10:00:00.000-04:00")
    second = a_refund(8, 100.5, "2026-03-05T10:00:00.000-04:00")

    told = read(refunded(first, second, changed_at="2026-03-05T10:00:01.000-04:00"))

    assert [(one.what, one.object_id, one.amount_minor) for one in told] == [
        ("paid", None, 100_000),
        ("refund", "7", 20_000),
        ("refund", "8", 10_050),
        ("refunded_so_far", None, 30_050),
    ]
    assert [one.occurred_at.day for one in told] == [2, 3, 5, 5]
    assert told[1].refund_status == "succeeded"


def test_a_refund_that_failed_is_told_as_such_from_the_last_change() -> None:
    failed = a_refund(7, 200, "2026-03-03T10:00:00.000-04:00", "rejected")

    _, refund = read(refunded(failed, changed_at="2026-03-04T10:00:00.000-04:00"))

    assert (refund.refund_status, refund.occurred_at.day) == ("failed", 4)
    assert refund.began_at is not None
    assert refund.began_at.day == 3


def test_a_sum_without_a_list_of_refunds_will_do() -> None:
    payment = refunded(
        a_refund(7, 1000, "2026-03-03T10:00:00.000-04:00"), changed_at="2026-03-03T10:00:00.000Z"
    )

    told = read(payment | {"refunds": None})

    assert [(one.what, one.amount_minor) for one in told] == [
        ("paid", 100_000), ("refunded_so_far", 100_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("in_process", [("contested", "out", 6)]),
        ("something_new", [("contested", "out", 6)]),
        ("settled", [("contested", "out", 4), ("lost", "out", 6)]),
        ("reimbursed", [("contested", "out", 4), ("won", "back", 6)]),
    ],
)
def test_a_chargeback_takes_the_money_until_it_is_won(
    detail: str, expected: list[tuple[str, str, int]]
) -> None:
    payment = charged_back(detail, "2026-03-06T10:00:00.000-04:00")

    paid, *told = read(payment, a_case(amount=400.5))

    assert paid.what == "paid"
    assert [(one.dispute_status, one.money, one.occurred_at.day) for one in told] == expected
    assert {(one.object_id, one.amount_minor) for one in told} == {("chargeback-1313131", 40_050)}
    assert {one.due_by for one in told} == {datetime(2026, 3, 21, 3, 59, 59, tzinfo=UTC)}


def test_a_chargeback_of_which_no_case_is_shown_yet_is_about_the_whole_payment() -> None:
    _, told = read(charged_back("in_process", "2026-03-06T10:00:00.000-04:00"))

    assert (told.object_id, told.amount_minor, told.due_by) == ("chargeback-1313131", 100_000, None)


def test_a_case_without_dates_and_in_another_currency_is_no_obstacle() -> None:
    case = a_case(date_created=None, date_documentation_deadline=None, currency="USD")

    paid, out, won = read(charged_back("reimbursed", "2026-03-06T10:00:00.000-04:00"), case)

    assert (out.amount_minor, out.currency, out.due_by) == (100_000, "BRL", None)
    assert (paid.occurred_at.day, out.occurred_at, won.occurred_at.day) == (2, won.occurred_at, 6)


def test_the_notification_of_a_chargeback_leads_to_its_payments() -> None:
    api = api_with(charged_back("in_process", "2026-03-06T10:00:00.000-04:00"), a_case())

    told = facts(api, "topic_chargebacks_wh", "234000062890459000")

    assert [one.what for one in told] == ["paid", "dispute"]
    assert api.made[-1].headers["X-Caller-Id"] == "425728014"


def test_in_mediation_the_money_has_not_left() -> None:
    _, told = read(a_payment(status="in_mediation", status_detail="pending"))

    assert (told.object_id, told.dispute_status, told.money) == (
        "mediation-1313131", "inquiry", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("benefited", "status"),
    [(["respondent"], "won"), (["complainant"], "lost"), (["complainant", "respondent"], "lost")],
)
def test_a_closed_claim_ends_the_mediation(benefited: list[str], status: str) -> None:
    claim = a_claim("closed", resolution={"reason": "x", "benefited": benefited})
    api = api_with(a_payment(), **{"GET /post-purchase/v1/claims/5012391221": claim})

    paid, ended = facts(api, "topic_claims_integration_wh", "5012391221")

    assert paid.what == "paid"
    assert (ended.object_id, ended.dispute_status, ended.money, ended.occurred_at.day) == (
        "mediation-1313131", status, None, 9,
    )  # fmt: skip


def test_an_open_claim_says_what_its_payment_says() -> None:
    payment = a_payment(status="in_mediation")
    api = api_with(payment, **{"GET /post-purchase/v1/claims/5012391221": a_claim("opened")})

    told = facts(api, "claim", "5012391221")

    assert [one.dispute_status for one in told] == [None, "inquiry"]


def test_a_claim_about_something_else_says_nothing() -> None:
    claim = a_claim("opened", resource="shipment")
    api = Api(answers={"GET /post-purchase/v1/claims/5012391221": claim})

    assert facts(api, "claim", "5012391221") == []


@pytest.mark.parametrize("topic", ["order", "merchant_order", "plan", "topic_card_id_wh", ""])
def test_other_topics_say_nothing_and_ask_for_nothing(topic: str) -> None:
    api = Api()

    assert facts(api, topic) == []
    assert api.made == []


def test_an_id_that_is_no_number_is_put_into_no_address() -> None:
    api = Api()

    assert facts(api, "payment", "ORD01JQ") == []
    assert api.made == []


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        (1000, "BRL", 100_000),
        (0.1, "ARS", 10),
        (108.43, "MXN", 10_843),
        (1000.0, "CLP", 1_000),
        (15_000, "COP", 1_500_000),
        ("19.90", "PEN", 1_990),
        (4_503_599_627_370.57, "UYU", 450_359_962_737_057),
    ],
)
def test_major_units_become_minor_ones_exactly(amount: Any, currency: str, minor: int) -> None:
    [fact] = read(a_payment(transaction_amount=amount, currency_id=currency))

    assert (fact.amount_minor, fact.currency) == (minor, currency)


@pytest.mark.parametrize(
    ("reference", "metadata", "expected"),
    [
        ("chk_1", {}, (None, "chk_1")),
        ("inv_1", {"checkout_id": "chk_2"}, ("inv_1", None)),
        (None, {"checkout_id": "chk_2"}, (None, "chk_2")),
        ("", None, (None, None)),
        (None, None, (None, None)),
    ],
)
def test_the_external_reference_names_what_it_is_for_else_the_metadata(
    reference: Any, metadata: Any, expected: tuple[str | None, str | None]
) -> None:
    [fact] = read(a_payment(external_reference=reference, metadata=metadata))

    assert (fact.invoice_id, fact.checkout_id) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "paid"},
        {"status": None},
        {"currency_id": "XXQ"},
        {"transaction_amount": 10.001},
        {"transaction_amount": -1},
        {"transaction_amount": None},
        {"transaction_amount": True},
        {"date_approved": None},
        {"date_approved": "2026-03-02T09:30:00"},
        {"date_last_updated": "yesterday"},
        {"transaction_amount_refunded": -5},
        {"refunds": {"id": 1}},
        {"refunds": [{"id": 1}]},
        {"refunds": [a_refund(1, 5, "2026-03-02T09:30:00.000-04:00", "new")]},
    ],
)
def test_a_payment_in_another_shape_is_a_clear_error(changes: dict[str, Any]) -> None:
    with pytest.raises(EventMalformed):
        read(a_payment(**changes))


def test_a_test_payment_is_no_money_to_a_company_with_real_keys() -> None:
    setup = a_setup_with(api_with(a_payment(live_mode=False)), access_token="APP_USR-1")
    [event] = PROVIDER.events(notified())

    assert PROVIDER.facts(event.raw, setup) == []


def test_a_payment_that_is_not_there_is_asked_for_again_by_the_queue() -> None:
    with pytest.raises(ProviderRefused, match="does not know it"):
        facts(Api())


def test_the_notification_that_the_dashboard_simulates_is_harmless() -> None:
    assert facts(Api(), about="123456") == []


def test_without_a_token_it_is_not_asked() -> None:
    api = Api()
    [event] = PROVIDER.events(notified())

    with pytest.raises(ProviderRefused, match="no access token"):
        PROVIDER.facts(event.raw, a_setup_with(api))

    assert api.made == []


def test_an_api_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(ProviderUnavailable):
        facts(Api(answers={"GET /v1/payments/1313131": Status(503, {"message": "down"})}))


def test_a_repetition_has_the_same_name_and_another_notification_has_another() -> None:
    [one] = PROVIDER.events(notified(number=1))
    [again] = PROVIDER.events(notified(number=1, at=THEN + timedelta(minutes=15)))
    [other] = PROVIDER.events(notified(number=2))

    assert one == again
    assert (one.id, one.type) == ("1313131:112233445001", "payment")
    assert other.id == "1313131:112233445002"


def test_the_signed_id_is_part_of_the_name_so_that_nobody_can_take_a_name_away() -> None:
    [one] = PROVIDER.events(notified("1", number=5))
    [other] = PROVIDER.events(notified("2", number=5))

    assert one.id != other.id


def test_another_id_in_the_body_than_the_signed_one_is_refused() -> None:
    with pytest.raises(EventMalformed, match="not the one that was signed"):
        PROVIDER.events(notified("1313131", data={"id": "999"}))


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff", b'{"a":1}' + b" " * 20_000])
def test_a_body_that_is_no_notification_is_a_clear_error(raw: bytes) -> None:
    with pytest.raises(EventMalformed):
        PROVIDER.events(notified()._replace(raw=raw))


def test_what_is_verified_is_understood() -> None:
    setup = a_setup_with(api_with(a_payment()), SECRET, access_token="TEST-1")

    PROVIDER.verify(notified(), setup, THEN)
    [event] = PROVIDER.events(notified())
    [fact] = PROVIDER.facts(event.raw, setup)

    assert fact.amount_minor == 100_000
