"""Holds and hand-overs among other rests: silence that uses up nothing and outlasts postings."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.handover import HandedItem, Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.rest import (
    Part,
    Rest,
    RestKind,
    after_posting,
    agreed,
    first_day_after,
    handed_over,
    resting_by_invoice,
)
from tests.builders import NOON, at
from tests.domain.accounts import an_account, an_item

TODAY = date(2026, 3, 10)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
OPEN = {"inv_1": 10_000, "inv_2": 5_000}


def a_hold(amount: int | None = None, until: date = TODAY, *invoices: str, name: str = "1") -> Rest:
    hold = Hold(
        id=f"hld_{name}", customer_id="cus_1", customer_name="Peñarroya", currency="EUR",
        invoice_ids=invoices, amount_minor=amount, reason="agreed", until=until,
        created_at=NOON, created_by="Ana",
    )  # fmt: skip
    return hold.rest()


def a_handover(*invoices: str) -> Rest:
    items = tuple(
        HandedItem(invoice_id=name, number=name, due_date=TODAY, total_minor=1, open_minor=1)
        for name in invoices
    )
    handover = Handover(
        id="hnd_1", customer_id="cus_1", customer_name="Peñarroya", currency="EUR", items=items,
        to_name="Bufete Serra", created_at=NOON, created_by="Ana",
    )  # fmt: skip
    return handover.rest()


def a_promise(amount: int, *invoices: str) -> Rest:
    part = Part(amount_minor=amount, until=TOMORROW)
    return Rest(kind="promise", id="prm_1", invoice_ids=invoices, parts=(part,))


def test_a_hold_on_everything_covers_what_is_issued_while_it_lasts() -> None:
    hold = a_hold()

    assert resting_by_invoice([hold], OPEN, TODAY) == OPEN
    assert resting_by_invoice([hold], OPEN | {"inv_3": 7}, TODAY) == OPEN | {"inv_3": 7}
    assert resting_by_invoice([hold], {}, TODAY) == {}


def test_a_hold_rests_on_its_last_day_and_not_the_day_after() -> None:
    assert resting_by_invoice([a_hold()], OPEN, TOMORROW) == {"inv_1": 0, "inv_2": 0}
    assert first_day_after(a_hold()) == TOMORROW


def test_a_hold_on_an_invoice_leaves_the_others_to_be_chased() -> None:
    hold = a_hold(None, TODAY, "inv_2")

    assert resting_by_invoice([hold], OPEN, TODAY) == {"inv_1": 0, "inv_2": 5_000}


def test_a_hold_on_an_amount_rests_that_amount_from_the_oldest_on() -> None:
    assert resting_by_invoice([a_hold(12_000)], OPEN, TODAY) == {"inv_1": 10_000, "inv_2": 2_000}


def test_a_posting_leaves_holds_and_hand_overs_as_they_are() -> None:
    rests = (a_hold(12_000), a_hold(name="2"), a_handover("inv_1"))

    after = after_posting(rests, [], {"inv_1": 10_000, "inv_2": 5_000})

    assert after.rests == rests
    assert set(after.paid.values()) == {0}


def test_money_on_a_held_invoice_still_keeps_the_promise() -> None:
    rests = (a_hold(), a_promise(6_000, "inv_1"))
    left = [an_item(1, "2026-03-01", 4_000)]

    after = after_posting(rests, left, {"inv_1": 6_000})

    assert after.paid["prm_1"] == 6_000
    assert after.rests == (a_hold(),)


def test_what_is_only_held_may_still_be_promised_and_contested() -> None:
    assert agreed((a_hold(), a_promise(1), a_handover("inv_1"))) == (a_promise(1),)


def test_what_is_handed_over_is_not_asked_for_whatever_else_is_agreed() -> None:
    account = an_account(
        an_item(1, "2026-03-01"), an_item(2, "2026-03-02", 5_000),
        rests=(a_promise(5_000), a_handover("inv_1")),
    )  # fmt: skip

    assert account.asked_for(TODAY, at("2026-03-10")) == ()  # the promise covers the other one
    assert handed_over(account.rests) == {"inv_1"}
    late = account.asked_for(TODAY + timedelta(days=400), at("2027-04-14"))
    assert [item.invoice_id for item in late] == ["inv_2"]


AMOUNTS = st.integers(1, 20_000)
INVOICES = st.sampled_from(["inv_1", "inv_2", "inv_3"])
DAYS = st.sampled_from([YESTERDAY, TODAY, TOMORROW])


@st.composite
def some_rests(draw: st.DrawFn) -> tuple[Rest, ...]:
    """Return rests of every kind, on some invoices or on all."""
    rests: list[Rest] = []
    for number in range(draw(st.integers(0, 5))):
        names = tuple(draw(st.sets(INVOICES, max_size=2)))
        kind: RestKind = draw(st.sampled_from(["dispute", "promise", "hold", "legal"]))
        amount = None if kind == "legal" else draw(AMOUNTS)
        until = draw(DAYS) if kind in ("promise", "hold") else None
        if kind == "hold" and draw(st.booleans()):
            amount = None
        part = Part(amount_minor=amount, until=until)
        rests.append(Rest(kind=kind, id=f"{kind}_{number}", invoice_ids=names, parts=(part,)))
    return tuple(rests)


@given(st.dictionaries(INVOICES, AMOUNTS), some_rests(), st.dictionaries(INVOICES, AMOUNTS))
def test_whatever_rests_it_is_what_is_open_at_most_and_all_of_what_a_whole_rest_covers(
    open_minor: Mapping[str, int], rests: tuple[Rest, ...], paid: Mapping[str, int]
) -> None:
    resting = resting_by_invoice(rests, open_minor, TODAY)

    assert all(0 <= resting[name] <= amount for name, amount in open_minor.items())
    for rest in rests:
        if rest.is_whole and not rest.is_broken(TODAY):
            assert all(
                resting[name] == amount for name, amount in open_minor.items() if rest.covers(name)
            )
    items = [an_item(int(name[-1]), "2026-03-01", part) for name, part in open_minor.items()]
    after = after_posting(rests, items, paid)
    silent = [rest for rest in rests if rest not in agreed(rests)]
    assert [rest for rest in after.rests if rest not in agreed(after.rests)] == silent
    assert sum(after.paid.values()) <= sum(paid.values())


@given(st.dictionaries(INVOICES, AMOUNTS, min_size=1), some_rests())
def test_one_hold_more_never_makes_more_be_asked_for(
    open_minor: Mapping[str, int], rests: tuple[Rest, ...]
) -> None:
    before = resting_by_invoice(rests, open_minor, TODAY)

    after = resting_by_invoice((*rests, a_hold(name="more")), open_minor, TODAY)

    assert after == open_minor
    assert sum(before.values()) <= sum(after.values())
