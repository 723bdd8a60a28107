"""Wompi from the checkout to the books: paid, twice, declined, voided."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from chalicelib.adapters.providers.wompi import PROVIDER
from tests.adapters.wompi_api import SECRET, THEN, a_link, a_transaction, notified
from tests.usecases.provider_story import Moment, Story, endings

AMOUNT = 10_000_000
PAID = (AMOUNT, 0, 0, 0)
KEYS = {"public_key": "pub_test_1", "private_key": "prv_test_1"}


def begin() -> Story:
    return Story(PROVIDER, THEN, KEYS, SECRET, "COP", AMOUNT)


def moment(story: Story, transaction: dict[str, Any], minutes: int = 0) -> Moment:
    answers = {
        f"GET /transactions/{transaction['id']}": {"data": transaction},
        "GET /payment_links/test_oX3kAb": {"data": a_link(sku=story.checkout.id)},
        "GET /transactions": {"data": [transaction]},
    }
    return Moment(answers, notified(transaction, THEN + timedelta(minutes=minutes)))


def pending(**changes: Any) -> dict[str, Any]:
    return a_transaction(**({"status": "PENDING", "finalized_at": None} | changes))


def test_money_on_its_way_rests_the_chase_until_it_is_there() -> None:
    story = begin()

    assert story.goes(moment(story, pending())) == "rests the chase"
    assert (story.owed, story.payments) == (AMOUNT, [])

    story.goes(moment(story, a_transaction()))

    assert story.ending() == ("paid", 0, [PAID], 0, "paid", [])
    assert story.book.account(currency="COP").pending == ()


def test_money_on_its_way_that_never_comes_lets_the_chase_go_on() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        return [moment(story, pending()), moment(story, a_transaction(status="ERROR"))]

    for order, ending in endings(begin, moments):
        assert ending == (
            "issued", AMOUNT, [], 0, "open", [("payment_failed", AMOUNT)],
        ), order  # fmt: skip


def test_a_voided_payment_opens_the_invoice_again_in_every_order() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        return [
            moment(story, pending()),
            moment(story, a_transaction(), 1),
            moment(story, a_transaction(status="VOIDED"), 90),
        ]

    for order, ending in endings(begin, moments):
        assert ending == ("issued", AMOUNT, [(AMOUNT, 0, AMOUNT, 0)], 0, "paid", []), order


def test_a_declined_try_and_the_one_that_succeeds_are_two_payments() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        declined = a_transaction("1-1", status="DECLINED", status_message="Fondos insuficientes")
        return [moment(story, declined), moment(story, a_transaction("1-2"))]

    for order, ending in endings(begin, moments):
        assert ending[:-1] == ("paid", 0, [PAID], 0, "paid"), order


def test_a_second_payment_is_kept_as_credit_and_told() -> None:
    def moments(story: Story) -> Sequence[Moment]:
        return [moment(story, a_transaction("1-1")), moment(story, a_transaction("1-2"))]

    expected = sorted([PAID, (AMOUNT, AMOUNT, 0, 0)])
    for order, ending in endings(begin, moments):
        assert ending == (
            "paid", 0, expected, 0, "paid", [("payment_excess", AMOUNT)],
        ), order  # fmt: skip


def test_what_was_never_heard_of_is_found_on_the_list() -> None:
    story = begin()
    story.happens(moment(story, a_transaction(status="VOIDED")))

    story.compares()
    once = story.ending()
    story.compares()

    assert once == ("issued", AMOUNT, [(AMOUNT, 0, AMOUNT, 0)], 0, "paid", [])
    assert story.ending() == once


def test_an_event_that_comes_a_day_later_changes_nothing() -> None:
    story = begin()
    first = moment(story, a_transaction())
    story.goes(first)
    story.goes(moment(story, a_transaction(status="VOIDED"), 90))
    before = story.ending()

    story.now = THEN + timedelta(days=1)
    story.hears(first)

    assert story.ending() == before
