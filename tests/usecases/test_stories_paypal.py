"""PayPal from the checkout to the books: approved, captured, late, twice, refunded, disputed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.paypal import PROVIDER
from tests.adapters.paypal_bodies import (
    TOKEN,
    WEBHOOK,
    a_capture,
    a_dispute,
    a_refund,
    an_event,
    an_order,
    headers_for,
    money,
    raw_of,
    resolved,
    told,
)
from tests.adapters.provider_api import Api
from tests.builders import NOON
from tests.usecases.provider_story import Moment, Story, endings

PAID = (100_000, 0, 0, 0)
CAPTURE = "POST /v2/checkout/orders/5O190127TN364715T/capture"
NOWHERE = "http://localhost:1/v1/notifications/certs/CERT-1"
KEYS = {"client_id": "stories", "client_secret": "s"}
ANSWERS = {
    "POST /v1/oauth2/token": TOKEN,
    # Nobody is at the place of the certificate: PayPal is asked.
    "POST /v1/notifications/verify-webhook-signature": {"verification_status": "SUCCESS"},
    "GET /v1/customer/disputes": {"items": []},
}


def begin() -> Story:
    return Story(PROVIDER, NOON, KEYS, WEBHOOK, "EUR", api=Api("paypal", answers=dict(ANSWERS)))


def moment(
    kind: str, resource: Mapping[str, Any], name: str, answers: Mapping[str, Any] | None = None
) -> Moment:
    raw = raw_of(an_event(kind, dict(resource), name))
    return Moment(answers or {}, told(raw, headers_for(raw, NOWHERE)))


def captured(story: Story, status: str = "COMPLETED", **changes: Any) -> dict[str, Any]:
    return a_capture(status=status, custom_id=story.checkout.id, **changes)


def approved(story: Story, status: str = "COMPLETED") -> Moment:
    order = an_order()
    order["purchase_units"][0]["custom_id"] = story.checkout.id
    answer = an_order("COMPLETED", captured(story, status))
    return moment("CHECKOUT.ORDER.APPROVED", order, "WH-A", {CAPTURE: answer})


def completed(story: Story, **changes: Any) -> Moment:
    return moment("PAYMENT.CAPTURE.COMPLETED", captured(story, **changes), "WH-C")


def test_an_approval_and_its_capture_are_one_payment_in_every_order() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        order = an_order("COMPLETED", captured(story))
        return [
            approved(story),
            completed(story),
            moment("CHECKOUT.ORDER.COMPLETED", order, "WH-O"),
        ]

    for order, ending in endings(begin, moments):
        assert ending == ("paid", 0, [PAID], 0, "paid", []), order


def test_a_payment_that_clears_late_rests_the_chase_until_it_comes() -> None:
    story = begin()
    assert story.book.account().next_action_at is not None

    story.goes(approved(story, "PENDING"))
    assert (story.owed, story.payments) == (100_000, [])
    assert len(story.book.account().pending) == 1

    story.goes(completed(story))
    assert story.ending() == ("paid", 0, [PAID], 0, "paid", [])
    assert story.book.account().pending == ()


def test_pending_and_completed_end_in_the_same_books_in_every_order() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        pending = captured(story, "PENDING")
        return [
            approved(story, "PENDING"),
            moment("PAYMENT.CAPTURE.PENDING", pending, "WH-P"),
            completed(story, update_time="2026-03-05T11:00:00Z"),
        ]

    for order, ending in endings(begin, moments):
        assert ending == ("paid", 0, [PAID], 0, "paid", []), order


def test_what_was_pending_and_is_denied_lets_the_chase_go_on_in_every_order() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        later = "2026-03-05T11:00:00Z"
        return [
            moment("PAYMENT.CAPTURE.PENDING", captured(story, "PENDING"), "WH-P"),
            moment(
                "PAYMENT.CAPTURE.DENIED", captured(story, "DECLINED", update_time=later), "WH-D"
            ),
        ]

    for order, ending in endings(begin, moments):
        assert ending == (
            "issued", 100_000, [], 0, "open", [("payment_failed", 100_000)],
        ), order  # fmt: skip


def test_two_captures_for_one_invoice_leave_a_credit_and_a_task() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        second = captured(story, id="SECOND")
        return [completed(story), moment("PAYMENT.CAPTURE.COMPLETED", second, "WH-2")]

    expected = sorted([PAID, (100_000, 100_000, 0, 0)])
    for order, ending in endings(begin, moments):
        assert ending == (
            "paid", 0, expected, 0, "paid", [("payment_excess", 100_000)],
        ), order  # fmt: skip


def test_refunds_end_in_the_same_books_in_every_order() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        at = "2026-03-04T11:00:00Z"
        other = a_refund("200.50", id="R2", create_time=at, update_time=at)
        return [
            completed(story),
            moment("PAYMENT.CAPTURE.REFUNDED", a_refund("300.00"), "WH-R1"),
            moment("PAYMENT.CAPTURE.REFUNDED", other, "WH-R2"),
        ]

    for order, ending in endings(begin, moments):
        assert ending == (
            "partially_paid", 50_050, [(100_000, 0, 50_050, 0)], 0, "paid", [],
        ), order  # fmt: skip


def test_a_refund_that_fails_settles_the_invoice_again_in_every_order() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        failed = a_refund("1000.00", status="FAILED", update_time="2026-03-06T11:00:00Z")
        return [
            completed(story),
            moment("PAYMENT.REFUND.PENDING", a_refund("1000.00", status="PENDING"), "WH-R1"),
            moment("PAYMENT.REFUND.FAILED", failed, "WH-R2"),
        ]

    for order, ending in endings(begin, moments):
        assert ending == ("paid", 0, [PAID], 0, "paid", []), order


def test_what_paypal_takes_back_without_a_dispute_opens_the_invoice() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        return [
            completed(story),
            moment("PAYMENT.CAPTURE.REVERSED", a_refund("1000.00"), "WH-R"),
        ]

    for order, ending in endings(begin, moments):
        assert ending == (
            "issued", 100_000, [(100_000, 0, 100_000, 0)], 0, "paid", [],
        ), order  # fmt: skip


CLAIM = a_dispute()
LOST = resolved("RESOLVED_BUYER_FAVOUR")
PART = {"outcome_code": "RESOLVED_BUYER_FAVOUR", "amount_refunded": money("400.00")}


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (LOST, ("issued", 100_000, [(100_000, 0, 0, 100_000)], 0, "paid",
                [("chargeback_lost", 100_000)])),
        (resolved("", dispute_outcome=PART),
         ("partially_paid", 40_000, [(100_000, 0, 0, 40_000)], 0, "paid",
          [("chargeback_lost", 40_000)])),
        (resolved("RESOLVED_SELLER_FAVOUR"), ("paid", 0, [PAID], 0, "paid", [])),
        (resolved("CANCELED_BY_BUYER"), ("paid", 0, [PAID], 0, "paid", [])),
    ],
)  # fmt: skip
def test_a_dispute_ends_the_same_in_every_order(
    verdict: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    def moments(story: Story) -> Sequence[Moment]:
        inquiry = a_dispute(
            dispute_life_cycle_stage="INQUIRY", update_time="2026-03-03T11:00:00.000Z"
        )
        return [
            completed(story),
            moment("CUSTOMER.DISPUTE.CREATED", inquiry, "WH-D1"),
            moment("CUSTOMER.DISPUTE.UPDATED", CLAIM, "WH-D2"),
            moment("CUSTOMER.DISPUTE.RESOLVED", verdict, "WH-D3"),
        ]

    for order, ending in endings(begin, moments):
        assert ending == expected, order


def test_a_lost_dispute_and_the_reversal_that_it_brings_are_counted_once() -> None:
    shown = {
        "GET /v1/customer/disputes": {"items": [{"dispute_id": "PP-D-27803"}]},
        "GET /v1/customer/disputes/PP-D-27803": resolved("", dispute_outcome=PART),
    }

    def moments(story: Story) -> Sequence[Moment]:
        verdict = resolved("", dispute_outcome=PART)
        return [
            completed(story),
            moment("CUSTOMER.DISPUTE.RESOLVED", verdict, "WH-D", shown),
            moment("PAYMENT.CAPTURE.REVERSED", a_refund("400.00"), "WH-R"),
        ]

    for order, ending in endings(begin, moments):
        assert ending == (
            "partially_paid", 40_000, [(100_000, 0, 0, 40_000)], 0, "paid",
            [("chargeback_lost", 40_000)],
        ), order  # fmt: skip


def test_while_a_claim_is_open_nobody_is_asked_for_the_money_again() -> None:
    story = begin()
    story.goes(completed(story))

    story.goes(moment("CUSTOMER.DISPUTE.UPDATED", CLAIM, "WH-D2"))

    assert story.ending() == (
        "issued", 100_000, [(100_000, 0, 0, 100_000)], 1, "paid", [("chargeback", 100_000)],
    )  # fmt: skip


def test_what_no_webhook_told_the_list_tells() -> None:
    story = begin()
    entry = {
        "transaction_id": "2GG279541U471931P",
        "transaction_event_code": "T0006",
        "transaction_initiation_date": "2026-03-02T11:00:00+0000",
        "transaction_amount": money("1000.00"),
        "transaction_status": "S",
        "custom_field": story.checkout.id,
    }
    page = {"transaction_details": [{"transaction_info": entry}], "total_pages": 1}
    story.api.answers["GET /v1/reporting/transactions"] = page

    compare(story)
    story.goes(completed(story))
    compare(story)

    assert story.ending() == ("paid", 0, [PAID], 0, "paid", [])


def compare(story: Story) -> None:
    """Compare over a day: a list of no time is empty."""
    assert PROVIDER.listed is not None
    for one in PROVIDER.listed(NOON, NOON + timedelta(days=1), story.setup):
        story._works_on(story._listed(one))
