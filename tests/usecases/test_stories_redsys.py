"""Redsys from the checkout to the books: paid, denied first, twice, refunded, on the return URL."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

import pytest

from chalicelib.adapters.providers.errors import SignatureInvalid
from chalicelib.adapters.providers.redsys import PROVIDER, from_return, order_number
from tests.adapters.redsys_bodies import SECRET, a_refund, a_result, fields_of, told
from tests.builders import NOON
from tests.checkouts import a_checkout, checkout_now
from tests.usecases.provider_story import Moment, Story, endings

PAID = (100_000, 0, 0, 0)
KEYS = {"merchant_code": "999008881", "terminal": "1"}


def begin() -> Story:
    return Story(PROVIDER, NOON, KEYS, SECRET, "EUR")


def moment(story: Story, result: dict[str, Any], version: str = "HMAC_SHA512_V2") -> Moment:
    own = {"Ds_MerchantData": story.checkout.id, "Ds_Order": order_number(story.checkout.id)}
    return Moment({}, told(result | own, version))


def denied(response: str = "0190", **changes: Any) -> dict[str, Any]:
    fields = {"Ds_Response": response, "Ds_AuthorisationCode": "++++++", "Ds_Hour": "11%3A58"}
    return a_result(**(fields | changes))


def test_a_payment_settles_its_invoice_however_often_it_is_told() -> None:
    story = begin()

    for version in ("HMAC_SHA512_V2", "HMAC_SHA512_V1", "HMAC_SHA256_V1"):
        story.goes(moment(story, a_result(), version))

    assert story.ending() == ("paid", 0, [PAID], 0, "paid", [])


def test_the_return_url_and_the_notification_are_one_payment() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        first = moment(story, a_result())
        returned = from_return(dict(parse_qsl(first.notification.raw.decode())))
        assert returned is not None
        return [first, Moment({}, returned)]

    for order, ending in endings(begin, moments):
        assert ending == ("paid", 0, [PAID], 0, "paid", []), order


def test_a_denied_try_before_the_one_that_succeeds_leaves_nothing_behind() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        return [
            moment(story, denied()),
            moment(story, denied("0101")),
            moment(story, denied("9915")),
            moment(story, a_result()),
        ]

    for order, ending in endings(begin, moments):
        assert ending == ("paid", 0, [PAID], 0, "paid", []), order


def test_what_was_denied_for_good_is_told_and_the_chase_goes_on() -> None:
    story = begin()

    story.goes(moment(story, denied()))

    assert story.ending() == (
        "issued", 100_000, [], 0, "open", [("payment_failed", 100_000)],
    )  # fmt: skip
    assert story.book.account().next_action_at is not None


def test_who_cancels_at_the_bank_leaves_everything_as_it_was() -> None:
    story = begin()
    account = story.book.account()

    assert story.goes(moment(story, denied("9915"))) == "ignored"

    assert story.ending() == ("issued", 100_000, [], 0, "open", [])
    assert story.book.account() == account


def test_two_pages_paid_for_one_invoice_leave_a_credit_and_a_task() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        own = {"Ds_MerchantData": story.checkout.id, "Ds_Order": "9999SECOND12"}
        second = Moment({}, told(a_result() | own))
        return [moment(story, a_result()), second]

    expected = sorted([PAID, (100_000, 100_000, 0, 0)])
    for order, ending in endings(begin, moments):
        assert ending == (
            "paid", 0, expected, 0, "paid", [("payment_excess", 100_000)],
        ), order  # fmt: skip


def test_refunds_end_in_the_same_books_in_every_order() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        return [
            moment(story, a_result()),
            moment(story, a_refund(30_000)),
            moment(story, a_refund(20_050, "13%3A01", Ds_AuthorisationCode="714904")),
            moment(story, a_refund(10_000, Ds_Response="0950")),
        ]

    for order, ending in endings(begin, moments):
        assert ending == (
            "partially_paid", 50_050, [(100_000, 0, 50_050, 0)], 0, "paid", [],
        ), order  # fmt: skip


def test_two_refunds_of_the_same_amount_are_two() -> None:
    story = begin()
    story.goes(moment(story, a_result()))

    story.goes(moment(story, a_refund(20_000)))
    story.goes(moment(story, a_refund(20_000, "13%3A05")))

    assert story.owed == 40_000


def test_a_payment_of_an_unknown_order_is_kept_and_a_person_is_asked() -> None:
    story = begin()

    story.hears(Moment({}, told(a_result(Ds_MerchantData=""))))

    assert story.ending() == (
        "issued", 100_000, [(100_000, 100_000, 0, 0)], 0, "open",
        [("payment_unmatched", 100_000)],
    )  # fmt: skip


def test_another_amount_than_was_asked_for_is_posted_as_it_came() -> None:
    story = begin()

    story.goes(moment(story, a_result(Ds_Amount="40000")))

    assert story.ending()[:3] == ("partially_paid", 60_000, [(40_000, 0, 0, 0)])


def test_a_forged_return_changes_nothing() -> None:
    story = begin()
    fields = fields_of(a_result(Ds_MerchantData=story.checkout.id), secret="A" * 32)
    forged = from_return(fields)
    assert forged is not None
    before = story.book.snapshot()

    with pytest.raises(SignatureInvalid):
        story.hears(Moment({}, forged))

    assert story.book.snapshot() == before


def test_each_try_is_a_checkout_of_its_own() -> None:
    story = begin()
    other = a_checkout(story.book, [story.invoice], provider="redsys")
    other_order = order_number(other.id)

    story.hears(Moment({}, told(a_result(Ds_MerchantData=other.id, Ds_Order=other_order))))

    assert story.owed == 0
    assert checkout_now(story.book, other).state == "paid"
