"""Buckets by days past due, and the totals from which any day's aging is folded."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.aging import Aging, age, bucket_of
from chalicelib.domain.ledger import (
    Entry,
    EntryLine,
    Totals,
    add_totals,
    totals_of,
)
from chalicelib.domain.shards import SHARDS, shard_of
from tests.builders import NOON


@pytest.mark.parametrize(
    ("days_past_due", "bucket"),
    [(-400, "current"), (0, "current"), (1, "days_1_30"), (30, "days_1_30"), (31, "days_31_60"),
     (60, "days_31_60"), (61, "days_61_90"), (90, "days_61_90"), (91, "over_90"),
     (4_000, "over_90")],
)  # fmt: skip
def test_a_bucket_begins_the_day_after_the_one_before_ends(days_past_due: int, bucket: str) -> None:
    assert bucket_of(days_past_due) == bucket


def some_totals(period: str, currency: str = "EUR", **changes: object) -> Totals:
    return Totals(period=period, currency=currency, shard=0).but(**changes)


def test_aging_adds_shards_and_periods_and_keeps_currencies_apart() -> None:
    totals = [
        some_totals("2026-01", open_by_due={"2026-01-31": 1_000, "2026-02-28": 50}),
        some_totals("2026-02-10", open_by_due={"2026-01-31": -400}, unapplied_minor=70),
        some_totals("2026-02", "USD", open_by_due={"2025-10-01": 7}),
        some_totals("2026-02-11", shard=3, open_by_due={"2026-03-31": 5}, unapplied_minor=-20),
    ]

    rows = age(date(2026, 3, 2), totals)

    assert rows == (
        Aging(currency="EUR", current_minor=5, days_1_30_minor=650, total_minor=655,
              unapplied_minor=50),
        Aging(currency="USD", over_90_minor=7, total_minor=7),
    )  # fmt: skip


def test_unapplied_money_is_shown_apart_and_not_deducted() -> None:
    (row,) = age(date(2026, 3, 2), [some_totals("2026-03", unapplied_minor=900)])

    assert (row.total_minor, row.unapplied_minor) == (0, 900)


def an_entry(*lines: EntryLine, **changes: object) -> Entry:
    entry = Entry(
        customer_id="cus_1", currency="EUR", sequence=1, what="payment_received", posted_at=NOON,
        posted_by="ana", booked_on=date(2026, 3, 2), lines=lines,
    )  # fmt: skip
    return entry.but(**changes)


def test_an_entry_counts_once_in_its_month_and_once_in_its_day() -> None:
    line = EntryLine(
        effective_on=date(2026, 3, 2), invoice_id="inv_1", due_on=date(2026, 4, 1),
        open_delta_minor=500,
    )  # fmt: skip

    totals = totals_of(an_entry(line, billed_minor=500))

    assert {one.period: (one.open_by_due, one.billed_minor) for one in totals} == {
        "2026-03": ({"2026-04-01": 500}, 500),
        "2026-03-02": ({"2026-04-01": 500}, 500),
    }


def test_lines_of_different_days_count_on_their_own_days() -> None:
    received = EntryLine(effective_on=date(2026, 2, 27), unapplied_delta_minor=500)
    settled = EntryLine(
        effective_on=date(2026, 3, 2), invoice_id="inv_1", due_on=date(2026, 4, 1),
        open_delta_minor=-500, unapplied_delta_minor=-500,
    )  # fmt: skip
    entry = an_entry(received, settled, booked_on=date(2026, 2, 27), collected_minor=500)

    by_period = {one.period: one for one in totals_of(entry)}

    assert set(by_period) == {"2026-02", "2026-02-27", "2026-03", "2026-03-02"}
    assert (by_period["2026-02"].unapplied_minor, by_period["2026-03"].unapplied_minor) == (
        500,
        -500,
    )
    assert (by_period["2026-02"].collected_minor, by_period["2026-03"].collected_minor) == (500, 0)


def test_what_adds_up_to_nothing_is_not_counted() -> None:
    entry = an_entry(
        EntryLine(effective_on=date(2026, 3, 2), unapplied_delta_minor=5),
        EntryLine(effective_on=date(2026, 3, 2), unapplied_delta_minor=-5),
    )

    assert totals_of(entry) == ()


def test_the_shard_of_a_customer_is_always_the_same_and_all_are_used() -> None:
    shards = [shard_of(f"cus_{number:026d}") for number in range(100)]

    assert set(shards) == set(range(SHARDS))
    assert shards == [shard_of(f"cus_{number:026d}") for number in range(100)]


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 4, 30)), st.integers(-99, 99)),
                min_size=1, max_size=12))  # fmt: skip
def test_the_days_of_a_month_add_up_to_the_month(changes: list[tuple[date, int]]) -> None:
    entry = an_entry(
        *(
            EntryLine(effective_on=day, invoice_id="i", due_on=day, open_delta_minor=amount)
            for day, amount in changes
        )
    )
    totals = totals_of(entry)

    for month in [one for one in totals if len(one.period) == 7]:
        days = [one for one in totals if one.period.startswith(f"{month.period}-")]
        assert add_totals(days).open_by_due == month.open_by_due
