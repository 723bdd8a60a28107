"""What is known of money that went back: the same for every order and repetition of the facts."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.money_back import (
    MoneyBack,
    charged_back_by_dispute,
    contested,
    in_other_currency,
    learn,
    nothing_back,
    wanted,
)
from chalicelib.domain.provider import ProviderFact
from tests.builders import NOON, a_fact

AMOUNT = 100_000


def so_far(amount_minor: int, minute: int, **changes: Any) -> ProviderFact:
    return told("refunded_so_far", minute, amount_minor=amount_minor, **changes)


def refund(status: str, amount_minor: int, minute: int, **changes: Any) -> ProviderFact:
    fields = {"object_id": "re_1", "began_at": NOON + timedelta(minutes=1)}
    return told(
        "refund", minute, amount_minor=amount_minor, refund_status=status, **(fields | changes)
    )


def dispute(status: str, money: str | None, minute: int, **changes: Any) -> ProviderFact:
    fields = {"object_id": "du_1", "amount_minor": AMOUNT}
    return told("dispute", minute, dispute_status=status, money=money, **(fields | changes))


def told(what: Any, minute: int, **changes: Any) -> ProviderFact:
    return a_fact(what, occurred_at=NOON + timedelta(minutes=minute), **changes)


def known_after(*facts: ProviderFact) -> MoneyBack:
    record = nothing_back("stripe", "pi_1")
    for fact in facts:
        record = learn(record, fact)
    return record


def back(*facts: ProviderFact) -> tuple[int, int]:
    return wanted(known_after(*facts), AMOUNT, "EUR")


def test_the_refunds_of_a_charge_are_cumulative_and_never_added_up() -> None:
    assert back(so_far(20_000, 1), so_far(50_000, 2), so_far(20_000, 1)) == (50_000, 0)


def test_a_refund_and_the_sum_that_includes_it_are_the_same_money() -> None:
    assert back(refund("succeeded", 20_000, 1), so_far(20_000, 1)) == (20_000, 0)


def test_a_refund_under_way_is_on_its_way_back() -> None:
    assert back(refund("pending", 20_000, 1)) == (20_000, 0)
    assert back(refund("requires_action", 20_000, 1)) == (20_000, 0)


def test_a_refund_that_failed_is_ours_again_although_the_sum_had_included_it() -> None:
    assert back(so_far(20_000, 1), refund("failed", 20_000, 9)) == (0, 0)
    assert back(so_far(20_000, 1), refund("canceled", 20_000, 1)) == (0, 0)


def test_a_refund_that_failed_before_the_sum_was_told_is_not_in_it() -> None:
    failed = refund("failed", 20_000, 5)

    assert back(so_far(20_000, 1), failed, so_far(30_000, 9)) == (30_000, 0)
    # What is said of it again later does not make it fail later.
    assert back(failed, so_far(30_000, 9), refund("failed", 20_000, 12)) == (30_000, 0)


def test_a_refund_that_began_after_the_sum_was_told_is_not_in_it() -> None:
    later = {"object_id": "re_2", "began_at": NOON + timedelta(minutes=6)}

    assert back(so_far(30_000, 5), refund("failed", 10_000, 9, **later)) == (30_000, 0)
    assert back(so_far(30_000, 5), refund("succeeded", 10_000, 6, **later)) == (30_000, 0)


def test_refunds_heard_of_one_by_one_add_up_when_their_sum_was_never_told() -> None:
    both = (refund("succeeded", 20_000, 1), refund("pending", 30_000, 2, object_id="re_2"))

    assert back(*both) == (50_000, 0)
    assert back(so_far(20_000, 1), *both) == (50_000, 0)


def test_never_more_goes_back_than_came_in() -> None:
    assert back(so_far(130_000, 1)) == (AMOUNT, 0)
    assert back(so_far(30_000, 1), dispute("contested", "out", 2)) == (30_000, 70_000)
    assert back(so_far(AMOUNT, 1), dispute("lost", "out", 2)) == (AMOUNT, 0)
    twice = dispute("lost", "out", 3, object_id="du_2")
    assert back(dispute("lost", "out", 2), twice) == (0, AMOUNT)


def test_an_inquiry_takes_no_money() -> None:
    asked = dispute("inquiry", None, 1)

    assert back(asked) == (0, 0)
    assert contested(known_after(asked)) == ()
    assert back(asked, dispute("contested", "out", 5)) == (0, AMOUNT)
    assert back(asked, dispute("won", "back", 5)) == (0, 0)


@pytest.mark.parametrize(
    ("end", "charged_back", "is_contested"),
    [
        ([], AMOUNT, True),
        ([("contested", None)], AMOUNT, True),
        ([("lost", "out")], AMOUNT, False),
        ([("won", "back")], 0, False),
        ([("contested", "back")], 0, False),
        ([("contested", "back"), ("lost", "out")], AMOUNT, False),
        ([("won", "back"), ("contested", "out")], AMOUNT, True),
        ([("lost", "out"), ("contested", None)], AMOUNT, True),
        ([("lost", "out"), ("contested", None), ("won", "back")], 0, False),
        ([("prevented", None)], AMOUNT, False),
    ],
)
def test_the_last_word_about_a_dispute_says_whose_money_it_is(
    end: list[tuple[str, str | None]], charged_back: int, is_contested: bool
) -> None:
    facts = [dispute("contested", "out", 1)]
    facts += [dispute(status, money, 2 + place) for place, (status, money) in enumerate(end)]

    assert back(*facts) == (0, charged_back)
    assert bool(contested(known_after(*facts))) is is_contested


def test_what_came_last_in_one_second_is_the_verdict() -> None:
    together = [
        dispute("contested", "out", 1),
        dispute("contested", None, 1),
        dispute("won", "back", 1),
    ]

    assert back(*together) == back(*reversed(together)) == (0, 0)


def test_lost_disputes_hold_their_money_before_those_that_wait() -> None:
    waits = dispute("contested", "out", 1, amount_minor=60_000)
    lost = dispute("lost", "out", 1, object_id="du_2", amount_minor=60_000)

    held = charged_back_by_dispute(known_after(waits, lost), AMOUNT, "EUR")

    assert held == {"du_2": 60_000, "du_1": 40_000}


def test_what_goes_back_in_another_currency_counts_for_nothing_and_is_noticed() -> None:
    for fact in (
        so_far(20_000, 1, currency="USD"),
        refund("succeeded", 20_000, 1, currency="USD"),
        dispute("contested", "out", 1, currency="USD"),
    ):
        assert back(fact) == (0, 0)
        assert in_other_currency(known_after(fact), "EUR")
        assert not in_other_currency(known_after(fact), "USD")


def test_facts_about_the_payment_itself_teach_nothing() -> None:
    assert known_after(a_fact("paid"), a_fact("failed")) == nothing_back("stripe", "pi_1")


MINUTES = st.integers(0, 4)
AMOUNTS = st.sampled_from([1, 20_000, 50_000, AMOUNT, 130_000])
CURRENCIES = st.sampled_from(["EUR", "EUR", "EUR", "USD"])
DISPUTE_WORDS = st.tuples(
    st.sampled_from(["inquiry", "contested", "prevented", "won", "lost"]),
    st.sampled_from(["out", "back", None]),
)
FACTS = st.one_of(
    st.builds(lambda *a: so_far(a[0], a[1], currency=a[2]), AMOUNTS, MINUTES, CURRENCIES),
    st.builds(
        lambda status, amount, minute, name, began, currency: refund(
            status, amount, minute, object_id=name, currency=currency,
            began_at=NOON + timedelta(minutes=began),
        ),
        st.sampled_from(["pending", "requires_action", "succeeded", "canceled", "failed"]),
        AMOUNTS, MINUTES, st.sampled_from(["re_1", "re_2"]), MINUTES, CURRENCIES,
    ),
    st.builds(
        lambda word, amount, minute, name, due, currency: dispute(
            word[0], word[1], minute, amount_minor=amount, object_id=name, currency=currency,
            due_by=None if due is None else NOON + timedelta(days=due),
        ),
        DISPUTE_WORDS, AMOUNTS, MINUTES, st.sampled_from(["du_1", "du_2"]),
        st.one_of(st.none(), st.integers(1, 3)), CURRENCIES,
    ),
)  # fmt: skip


@given(st.lists(FACTS, max_size=10), st.data())
def test_any_order_with_any_repetition_teaches_the_same(
    facts: list[ProviderFact], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(facts))
    repeated = data.draw(st.lists(st.sampled_from(facts), max_size=5)) if facts else []

    assert known_after(*order, *repeated) == known_after(*facts)


@given(st.lists(FACTS, max_size=10), st.integers(0, 150_000))
def test_what_goes_back_is_never_negative_and_never_more_than_the_payment(
    facts: list[ProviderFact], amount_minor: int
) -> None:
    record = known_after(*facts)

    refunded, charged_back = wanted(record, amount_minor, "EUR")

    assert refunded >= 0
    assert charged_back >= 0
    assert refunded + charged_back <= amount_minor
    held = charged_back_by_dispute(record, amount_minor - refunded, "EUR")
    assert sum(held.values()) == charged_back
