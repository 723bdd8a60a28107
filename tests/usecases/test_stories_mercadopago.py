"""Mercado Pago from the checkout to the books: paid, twice, late, refunded, disputed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.mercadopago import PROVIDER
from tests.adapters.mercadopago_api import (
    SECRET,
    THEN,
    a_case,
    a_claim,
    a_payment,
    a_refund,
    charged_back,
    notified,
    refunded,
    waiting,
)
from tests.usecases.provider_story import Moment, Story, endings

PAID = (100_000, 0, 0, 0)


def begin() -> Story:
    return Story(PROVIDER, THEN, {"access_token": "TEST-1"}, SECRET, "BRL")


def moment(
    story: Story,
    payment: dict[str, Any],
    number: int,
    *cases: dict[str, Any],
    topic: str = "payment",
    **more: Any,
) -> Moment:
    payment = payment | {"external_reference": story.checkout.id}
    name = payment["id"]
    about = {"payment": str(name), "topic_chargebacks_wh": "234000062890459000"}
    answers = {
        f"GET /v1/payments/{name}": payment,
        f"GET /v1/chargebacks/search?payment_id={name}": {"results": list(cases)},
        "GET /v1/payments/search": {"results": [payment]},
        **{f"GET /v1/chargebacks/{case['id']}": case for case in cases},
    }
    return Moment(answers | more, notified(about.get(topic, "5012391221"), number, topic))


def at(day: int) -> str:
    return f"2026-03-{day:02d}T10:00:00.000-04:00"


def test_a_voucher_rests_the_chase_until_it_is_paid() -> None:
    story = begin()
    assert story.book.account(currency="BRL").next_action_at is not None

    assert story.goes(moment(story, waiting(), 1)) == "rests the chase"
    assert (story.owed, story.payments) == (100_000, [])
    assert len(story.book.account(currency="BRL").pending) == 1

    story.goes(moment(story, a_payment(), 2))

    assert story.ending() == ("paid", 0, [PAID], 0, "paid", [])
    assert story.book.account(currency="BRL").pending == ()


def test_a_voucher_that_expires_lets_the_chase_go_on_and_is_told() -> None:
    story = begin()
    story.goes(moment(story, waiting(), 1))

    story.goes(moment(story, waiting(status="cancelled", status_detail="expired"), 2))

    assert story.ending() == (
        "issued", 100_000, [], 0, "open", [("payment_failed", 100_000)],
    )  # fmt: skip
    assert [one.amount_minor for one in story.book.account(currency="BRL").pending] == [0]


def test_a_second_payment_at_the_same_page_is_kept_as_credit_and_told() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        first, second = a_payment(1), a_payment(2)
        return [moment(story, first, 1), moment(story, second, 2)]

    expected = sorted([PAID, (100_000, 100_000, 0, 0)])
    for order, ending in endings(begin, moments):
        assert ending == (
            "paid", 0, expected, 0, "paid", [("payment_excess", 100_000)],
        ), order  # fmt: skip


def test_declined_tries_before_the_one_that_succeeds_leave_their_tasks_behind() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        declined = waiting(1, status="rejected", status_detail="cc_rejected_other_reason")
        return [moment(story, declined, 1), moment(story, a_payment(2), 2)]

    tasks = {tuple(ending[-1]) for _, ending in endings(begin, moments)}
    rest = {str(ending[:-1]) for _, ending in endings(begin, moments)}

    assert rest == {str(("paid", 0, [PAID], 0, "paid"))}
    assert tasks == {(("payment_failed", 100_000),)}


def test_refunds_end_in_the_same_books_in_every_order() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        first, second = a_refund(7, 300, at(3)), a_refund(8, 200.5, at(4))
        return [
            moment(story, waiting(), 1),
            moment(story, a_payment(), 2),
            moment(story, refunded(first, changed_at=at(3)), 3),
            moment(story, refunded(first, second, changed_at=at(4)), 4),
        ]

    for order, ending in endings(begin, moments):
        assert ending == (
            "partially_paid", 50_050, [(100_000, 0, 50_050, 0)], 0, "paid", [],
        ), order  # fmt: skip


def test_each_refund_counts_from_its_own_day() -> None:
    story = begin()
    first, second = a_refund(7, 300, at(3)), a_refund(8, 200, at(5))

    story.goes(moment(story, refunded(first, second, changed_at=at(5)), 1))

    [payment] = story.payments
    assert [(one.amount_minor, one.on.day) for one in payment.returns] == [(30_000, 3), (20_000, 5)]
    assert payment.received_on.day == 2


def test_a_refund_that_fails_settles_the_invoice_again() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        done, failed = a_refund(7, 1000, at(3)), a_refund(7, 1000, at(3), "rejected")
        return [
            moment(story, a_payment(), 1),
            moment(story, refunded(done, changed_at=at(3)), 2),
            moment(story, refunded(failed, changed_at=at(4)), 3),
        ]

    for order, ending in endings(begin, moments):
        assert ending == ("paid", 0, [PAID], 0, "paid", []), order


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("in_process", ("issued", 100_000, [(100_000, 0, 0, 100_000)], 1, "paid",
                        [("chargeback", 100_000)])),
        ("settled", ("issued", 100_000, [(100_000, 0, 0, 100_000)], 0, "paid",
                     [("chargeback_lost", 100_000)])),
        ("reimbursed", ("paid", 0, [PAID], 0, "paid", [])),
    ],
)  # fmt: skip
def test_a_chargeback_ends_the_same_in_every_order(detail: str, expected: tuple[Any, ...]) -> None:
    def moments(story: Story) -> Sequence[Moment]:
        opened = charged_back("in_process", at(4))
        ended = charged_back(detail, at(9))
        return [
            moment(story, a_payment(), 1),
            moment(story, opened, 2, a_case(), topic="topic_chargebacks_wh"),
            moment(story, opened, 3, a_case()),
            moment(story, ended, 4, a_case(), topic="topic_chargebacks_wh"),
        ]

    for order, ending in endings(begin, moments):
        assert ending == expected, order


def test_of_what_was_refunded_only_the_rest_is_charged_back() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        part = a_refund(7, 300, at(3))
        refunds = {"refunds": [part], "transaction_amount_refunded": 300}
        return [
            moment(story, a_payment(), 1),
            moment(story, refunded(part, changed_at=at(3)), 2),
            moment(story, charged_back("settled", at(4), **refunds), 3, a_case()),
        ]

    for order, ending in endings(begin, moments):
        assert ending[:3] == ("issued", 100_000, [(100_000, 0, 30_000, 70_000)]), order


@pytest.mark.parametrize(
    ("benefited", "state", "owed"), [("respondent", "paid", 0), ("complainant", "issued", 100_000)]
)
def test_a_mediation_asks_a_person_until_its_claim_is_closed(
    benefited: str, state: str, owed: int
) -> None:
    def moments(story: Story) -> Sequence[Moment]:
        in_mediation = a_payment(status="in_mediation", date_last_updated=at(4))
        back = a_refund(7, 1000, at(8))
        after = a_payment(date_last_updated=at(8))
        if benefited == "complainant":
            after = refunded(back, changed_at=at(8))
        closed = a_claim("closed", resolution={"benefited": [benefited]})
        claim = {"GET /post-purchase/v1/claims/5012391221": closed}
        return [
            moment(story, a_payment(), 1),
            moment(story, in_mediation, 2),
            moment(story, after, 3, topic="topic_claims_integration_wh", **claim),
        ]

    for order, ending in endings(begin, moments):
        assert (ending[:2], ending[-1]) == ((state, owed), []), order


def test_a_mediation_is_on_the_list_while_it_lasts() -> None:
    story = begin()
    story.goes(moment(story, a_payment(), 1))

    story.goes(moment(story, a_payment(status="in_mediation", date_last_updated=at(4)), 2))

    assert story.ending() == ("paid", 0, [PAID], 0, "paid", [("chargeback", 100_000)])


def test_what_was_never_heard_of_is_found_on_the_list() -> None:
    story = begin()
    part = a_refund(7, 300, at(3))
    story.happens(moment(story, refunded(part, changed_at=at(3)), 1))

    story.compares()
    once = story.ending()
    story.compares()

    assert once == ("partially_paid", 30_000, [(100_000, 0, 30_000, 0)], 0, "paid", [])
    assert story.ending() == once


def test_a_notification_that_comes_days_later_changes_nothing() -> None:
    story = begin()
    first = moment(story, waiting(), 1)
    story.goes(first)
    story.goes(moment(story, a_payment(), 2))
    before = story.ending()

    story.now = THEN + timedelta(days=3)
    story.hears(first)

    assert story.ending() == before
