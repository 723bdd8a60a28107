"""PayPal's list of transactions says the same as its events did."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.paypal import PROVIDER
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import Listed
from tests.adapters.paypal_bodies import (
    a_capture,
    a_dispute,
    a_paypal,
    a_refund,
    an_event,
    raw_of,
)
from tests.adapters.provider_api import Api
from tests.builders import NOON

KEY = "2GG279541U471931P"
LIST = "GET /v1/reporting/transactions"
CAPTURE = f"GET /v2/payments/captures/{KEY}"
SINCE, UNTIL = NOON - timedelta(days=3), NOON + timedelta(days=3)


def an_entry(value: str = "1000.00", **changes: Any) -> dict[str, Any]:
    entry = {
        "transaction_id": KEY,
        "transaction_event_code": "T0006",
        "transaction_initiation_date": "2026-03-02T11:00:00+0000",
        "transaction_updated_date": "2026-03-02T11:00:00+0000",
        "transaction_amount": {"currency_code": "EUR", "value": value},
        "transaction_status": "S",
        "custom_field": "chk_1",
        "invoice_id": "chk_1",
    }
    return {"transaction_info": entry | changes}


def a_refund_entry(value: str = "-300.00", code: str = "T1107", **changes: Any) -> dict[str, Any]:
    fields = {
        "transaction_id": "1Y107995YT783435V",
        "transaction_event_code": code,
        "paypal_reference_id": KEY,
        "paypal_reference_id_type": "TXN",
        "transaction_initiation_date": "2026-03-03T11:00:00+0000",
        "transaction_updated_date": "2026-03-03T11:00:00+0000",
    }
    return an_entry(value, **(fields | changes))


def a_page(*entries: dict[str, Any], pages: int = 1) -> dict[str, Any]:
    return {"transaction_details": list(entries), "total_pages": pages}


def listed(
    *entries: dict[str, Any], answers: dict[str, Any] | None = None
) -> tuple[list[Listed], Api]:
    setup, api = a_paypal({LIST: a_page(*entries), **(answers or {})})
    assert PROVIDER.listed is not None
    return list(PROVIDER.listed(SINCE, UNTIL, setup)), api


def facts_of(raw: str, answers: dict[str, Any] | None = None) -> list[ProviderFact]:
    assert PROVIDER.listed_facts is not None
    return list(PROVIDER.listed_facts(raw, a_paypal(answers)[0]))


def by_event(kind: str, resource: dict[str, Any]) -> ProviderFact:
    [fact] = PROVIDER.facts(raw_of(an_event(kind, resource)).decode(), a_paypal()[0])
    return fact.but(event_id=f"list-{KEY}")


def test_a_payment_on_the_list_is_what_its_event_said() -> None:
    [payment], api = listed(an_entry())

    assert payment.payment_key == KEY
    assert facts_of(payment.raw) == [by_event("PAYMENT.CAPTURE.COMPLETED", a_capture())]
    assert api.made[-1].query == {
        "start_date": "2026-02-27T11:00:00Z",
        "end_date": "2026-03-05T11:00:00Z",
        "fields": "transaction_info",
        "page_size": "500",
        "page": "1",
    }


def test_a_refund_on_the_list_is_one_of_its_payment() -> None:
    [payment], _ = listed(an_entry(), a_refund_entry())

    assert facts_of(payment.raw) == [
        by_event("PAYMENT.CAPTURE.COMPLETED", a_capture()),
        by_event("PAYMENT.CAPTURE.REFUNDED", a_refund("300.00")),
    ]


def test_of_an_older_payment_paypal_is_asked() -> None:
    [payment], _ = listed(a_refund_entry())

    facts = facts_of(payment.raw, {CAPTURE: a_capture(status="PARTIALLY_REFUNDED")})

    assert [(fact.what, fact.amount_minor) for fact in facts] == [
        ("paid", 100_000), ("refund", 30_000),
    ]  # fmt: skip
    assert [fact.what for fact in facts_of(payment.raw)] == ["refund"]


@pytest.mark.parametrize("code", ["T1106", "T1201"])
def test_what_was_taken_back_for_a_dispute_is_the_dispute(code: str) -> None:
    [payment], _ = listed(an_entry(), a_refund_entry("-1000.00", code))
    answers = {
        "GET /v1/customer/disputes": {"items": [{"dispute_id": "PP-D-27803"}]},
        "GET /v1/customer/disputes/PP-D-27803": a_dispute(),
    }

    disputed = facts_of(payment.raw, answers)
    plain = facts_of(payment.raw, {"GET /v1/customer/disputes": {}})

    assert [(fact.what, fact.money) for fact in disputed] == [("paid", None), ("dispute", "out")]
    assert [(fact.what, fact.amount_minor) for fact in plain] == [
        ("paid", 100_000), ("refund", 100_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "what"), [("S", ["paid"]), ("V", ["paid"]), ("P", ["processing"]), ("D", [])]
)
def test_the_status_of_an_entry_decides(status: str, what: list[str]) -> None:
    [payment], _ = listed(an_entry(transaction_status=status))

    assert [fact.what for fact in facts_of(payment.raw)] == what


def test_fees_withdrawals_and_what_we_paid_are_no_payments() -> None:
    found, _ = listed(
        an_entry("-12.00", transaction_event_code="T0106"),
        an_entry("-500.00", transaction_event_code="T0400"),
        an_entry("-20.00", transaction_event_code="T0007"),
        an_entry("-20.00", transaction_event_code="T1107", paypal_reference_id=None),
    )

    assert found == []


def test_the_same_list_says_the_same_bytes() -> None:
    first, _ = listed(an_entry(), a_refund_entry())
    again, _ = listed(an_entry(), a_refund_entry())

    assert first == again


def test_all_pages_are_read_and_no_more_than_there_are() -> None:
    def page(query: dict[str, str]) -> dict[str, Any]:
        number = query["page"]
        return a_page(an_entry(transaction_id=f"CAP{number}"), pages=3)

    setup, api = a_paypal({LIST: page})
    assert PROVIDER.listed is not None

    found = [one.payment_key for one in PROVIDER.listed(SINCE, UNTIL, setup)]

    assert found == ["CAP1", "CAP2", "CAP3"]
    assert [call.query["page"] for call in api.made[1:]] == ["1", "2", "3"]


def test_a_list_without_an_end_is_given_up() -> None:
    setup, _ = a_paypal({LIST: a_page(pages=41)})
    assert PROVIDER.listed is not None

    with pytest.raises(ProviderRefused, match="41 pages"):
        list(PROVIDER.listed(SINCE, UNTIL, setup))


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"total_pages": "1"},
        {"total_pages": 1, "transaction_details": [{}]},
        {"total_pages": 1, "transaction_details": ["x"]},
        a_page(an_entry(transaction_id=None)),
        a_page(an_entry(transaction_amount=None)),
    ],
)
def test_a_list_in_another_shape_is_a_refusal(answer: Any) -> None:
    setup, _ = a_paypal({LIST: answer})
    assert PROVIDER.listed is not None

    with pytest.raises(ProviderRefused, match="not understood"):
        list(PROVIDER.listed(SINCE, UNTIL, setup))


def test_a_long_time_is_asked_for_in_parts() -> None:
    setup, api = a_paypal({LIST: a_page()})
    assert PROVIDER.listed is not None
    since = datetime(2026, 1, 1, tzinfo=UTC)

    assert list(PROVIDER.listed(since, since + timedelta(days=45), setup)) == []

    asked = [(call.query["start_date"][:10], call.query["end_date"][:10]) for call in api.made[1:]]
    assert asked == [("2026-01-01", "2026-01-31"), ("2026-01-31", "2026-02-15")]


def test_one_payment_can_be_looked_for() -> None:
    assert PROVIDER.find is not None
    found = PROVIDER.find(KEY, a_paypal({CAPTURE: a_capture()})[0])

    assert found is not None
    assert found.payment_key == KEY
    assert [fact.what for fact in facts_of(found.raw, {CAPTURE: a_capture()})] == ["paid"]
    assert PROVIDER.find(KEY, a_paypal()[0]) is None
