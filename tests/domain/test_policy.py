"""Whose ladder an invoice climbs, and what a change of a ladder does to what it has climbed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.account import OpenItem
from chalicelib.domain.customer import Customer
from chalicelib.domain.ladders import FIRM, GENTLE, STANDARD, shipped_book
from chalicelib.domain.policy import Policy, Step, passed_offset, with_ids
from tests.domain.accounts import an_item

BOOK = shipped_book().but(segments={"distributors": "firm"})


def a_customer(segment: str | None = None, policy_id: str | None = None) -> Customer:
    return Customer(
        id="cus_1", name="Peñarroya", country="ES", language="es", currency="EUR", terms_days=30,
        time_zone="Europe/Madrid", segment=segment, policy_id=policy_id,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def a_step(offset_days: int, template: str = "reminder_first", step_id: str = "") -> Step:
    return Step(id=step_id, offset_days=offset_days, template=template)


@pytest.mark.parametrize(
    ("segment", "own", "of_invoice", "ladder"),
    [
        (None, None, None, "default"),
        ("retail", None, None, "default"),  # a segment that nobody gave a ladder
        ("distributors", None, None, "firm"),
        ("distributors", "gentle", None, "gentle"),
        ("distributors", "gentle", "default", "default"),
        ("distributors", "gone", None, "firm"),  # a ladder that there is no more
        (None, None, "gone", "default"),
    ],
)
def test_company_before_segment_before_customer_before_invoice(
    segment: str | None, own: str | None, of_invoice: str | None, ladder: str
) -> None:
    item = an_item(1, "2026-04-01", policy_id=of_invoice)

    assert BOOK.of_item(item, a_customer(segment, own)).id == ladder


def test_the_companys_own_choice_is_the_default() -> None:
    assert BOOK.but(default_id="gentle").of_customer(a_customer()).id == "gentle"
    assert BOOK.but(default_id="gone").of_customer(a_customer()).id == "default"


@pytest.mark.parametrize("policy", [STANDARD, GENTLE, FIRM])
def test_a_ladder_that_ships_climbs_and_names_each_step_once(policy: Policy) -> None:
    offsets = [step.offset_days for step in policy.steps]
    ids = [step.id for step in policy.steps]

    assert offsets == sorted(set(offsets))
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("days", "passed"),
    [
        ((3, 7, 15), 7),  # as it was
        ((3, 8, 15), 8),  # moved back by a day: not again tomorrow
        ((3, 5, 15), 5),  # moved forward: what lies between is still to come
        ((3, None, 15), 7),  # taken out: it counts with the day it had
    ],
)
def test_a_step_that_was_taken_moves_with_its_ladder(
    days: tuple[int, int | None, int], passed: int
) -> None:
    ids = ("first", "second", "firm")
    steps = [a_step(day, step_id=name) for day, name in zip(days, ids, strict=True) if day]
    policy = Policy(id="default", name="x", steps=tuple(steps))
    item = an_item(1, "2026-04-01", step_done=7, step_id="second")

    assert passed_offset(item, policy) == passed


def test_an_item_that_has_taken_no_step_has_none_behind_it() -> None:
    assert passed_offset(an_item(1, "2026-04-01"), STANDARD) is None


def test_steps_keep_the_ids_of_their_like() -> None:
    steps = [
        a_step(-3, "reminder_before"),  # as it was
        a_step(4, "reminder_first"),  # another day
        a_step(7, "reminder_firm"),  # another letter on the day of the second
        a_step(40, "letter_formal"),
    ]

    named = with_ids(steps, STANDARD.steps[:3])

    assert [one.id for one in named] == ["before", "first", "second", "p40"]


def test_a_step_that_is_put_in_takes_nobodys_id() -> None:
    earlier = (a_step(3, "x", "one"), a_step(7, "x", "two"), a_step(15, "x", "three"))

    named = with_ids([a_step(day, "x") for day in (1, 3, 5, 7, 15)], earlier)

    assert [one.id for one in named] == ["p1", "one", "p5", "two", "three"]


def test_a_step_that_is_named_is_that_step_whatever_it_has_become() -> None:
    named = with_ids([a_step(9, "reminder_last", "first"), a_step(12)], STANDARD.steps)

    assert [one.id for one in named] == ["first", "p12"]


@given(
    st.lists(
        st.tuples(st.integers(-30, 60), st.sampled_from(["a", "b", "c"])),
        unique_by=lambda one: one[0],
        max_size=8,
    ).map(sorted),
    st.integers(0, 5),
)
def test_ids_are_unique_and_survive_being_stored_again(
    days: list[tuple[int, str]], known: int
) -> None:
    steps = [a_step(day, template) for day, template in days]

    named = with_ids(steps, STANDARD.steps[:known])

    assert len({one.id for one in named}) == len(named)
    assert all(one.id for one in named)
    assert with_ids(named, named) == named
    assert with_ids([one.but(id="") for one in named], named) == named


def test_an_invoice_keeps_its_own_ladder() -> None:
    item = OpenItem(
        invoice_id="inv_1", number="A-1", issue_date=date(2026, 1, 1), due_date=date(2026, 2, 1),
        total_minor=1, open_minor=1, policy_id="firm",
    )  # fmt: skip

    assert BOOK.of_item(item, a_customer()).id == "firm"
