"""What is remembered of a mail's fate does not depend on the order in which it was reported."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.fate import FIRST_AND_LAST, Fate, FateKind, remembered, same_address

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
FATES = st.builds(
    Fate,
    what=st.sampled_from(get_args(FateKind)),
    at=st.integers(0, 40).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    address=st.sampled_from([None, None, "ana@b.example"]),
    detail=st.sampled_from([None, "x"]),
)
MANY = st.lists(FATES, max_size=60)


def opened(minutes: int) -> Fate:
    return Fate(what="opened", at=NOON + timedelta(minutes=minutes))


@given(MANY, MANY)
def test_reports_in_any_order_and_number_are_remembered_alike(
    some: list[Fate], others: list[Fate]
) -> None:
    at_once = remembered((), [*some, *others])

    one_by_one: tuple[Fate, ...] = ()
    for fate in [*reversed(others), *some, *others]:
        one_by_one = remembered(one_by_one, [fate])

    assert one_by_one == at_once
    assert remembered(at_once, at_once) == at_once


@given(MANY)
def test_of_each_kind_the_first_and_the_last_are_kept_in_the_order_of_time(
    many: list[Fate],
) -> None:
    kept = remembered((), many)

    assert [fate.at for fate in kept] == sorted(fate.at for fate in kept)
    assert {fate.what for fate in kept} == {fate.what for fate in many}
    for kind in {fate.what for fate in many}:
        times = [fate.at for fate in many if fate.what == kind]
        held = [fate.at for fate in kept if fate.what == kind]
        assert (held[0], held[-1]) == (min(times), max(times))
        assert len(held) <= 2 * FIRST_AND_LAST


def test_a_mail_opened_a_hundred_times_is_shown_with_eight_of_them() -> None:
    kept = remembered((), [opened(minute) for minute in range(100)])

    minutes = [0, 1, 2, 3, 96, 97, 98, 99]
    assert kept == tuple(opened(minute) for minute in minutes)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ana@B.example", " ana@b.EXAMPLE ", True),
        ("ana@peñarroya.example", "ana@xn--pearroya-e3a.example", True),
        ("ana@b.example", "eva@b.example", False),
        ("ana@b.example", "ana@c.example", False),
        ("no address", "No address", True),
        ("ana@..", "ana@..", True),
    ],
)
def test_addresses_are_compared_as_mail_systems_do(one: str, other: str, *, expected: bool) -> None:
    assert same_address(one, other) is expected
