"""Which occurrence of a recurring invoice comes next, whatever happened before."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import StateConflict
from chalicelib.domain.recurring import (
    RecurringInvoice,
    Run,
    occurrence_run_id,
    require_not_ended,
    scheduled_run_id,
)
from tests.builders import NOON


def a_recurring(**changes: Any) -> RecurringInvoice:
    fields: dict[str, Any] = {
        "id": "rec_1", "state": "active", "customer_id": "cus_1", "customer_name": "Ana",
        "currency": "EUR", "lines": (), "net_minor": 0, "tax_minor": 0, "total_minor": 0,
        "every": "month", "on_day": 31, "start_on": date(2026, 1, 31), "auto_send": True,
        "next_on": None, "created_at": NOON, "created_by": "ana",
    }  # fmt: skip
    return RecurringInvoice(**(fields | changes)).rescheduled()


def test_the_first_occurrence_is_on_or_after_the_start() -> None:
    assert a_recurring().next_on == date(2026, 1, 31)
    assert a_recurring(start_on=date(2026, 2, 1)).next_on == date(2026, 2, 28)


def test_each_run_moves_to_the_next_month_and_the_last_one_ends_it() -> None:
    one = a_recurring(end_on=date(2026, 3, 31))

    states = []
    for _ in range(3):
        one = one.after_run()
        states.append((one.runs, one.last_on, one.next_on, one.state, one.version))

    assert states == [
        (1, date(2026, 1, 31), date(2026, 2, 28), "active", 2),
        (2, date(2026, 2, 28), date(2026, 3, 31), "active", 3),
        (3, date(2026, 3, 31), None, "ended", 4),
    ]


def test_what_passed_while_it_was_paused_is_not_made_up_even_if_its_day_changes_later() -> None:
    resumed = a_recurring(last_on=date(2026, 1, 31), resumed_on=date(2026, 6, 15))

    assert resumed.next_on == date(2026, 6, 30)
    assert resumed.but(on_day=2).planned() == date(2026, 7, 2)


def test_a_resumed_one_bills_no_period_twice() -> None:
    billed_today = a_recurring(
        on_day=1, start_on=date(2026, 1, 1), last_on=date(2026, 6, 1), resumed_on=date(2026, 6, 1)
    )

    assert billed_today.next_on == date(2026, 7, 1)


def test_an_earlier_end_than_its_next_day_ends_it() -> None:
    ended = a_recurring(last_on=date(2026, 1, 31), end_on=date(2026, 2, 27))

    assert (ended.next_on, ended.state) == (None, "ended")
    with pytest.raises(StateConflict) as refusal:
        require_not_ended(ended)
    assert refusal.value.code == "recurring_ended"


@given(
    st.sampled_from(["week", "month", "year"]),
    st.integers(1, 7),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.lists(st.tuples(st.integers(1, 7), st.integers(0, 90)), max_size=6),
)
def test_days_ascend_whatever_is_changed_in_between(
    every: Any, on_day: int, start_on: date, changes: list[tuple[int, int]]
) -> None:
    one = a_recurring(every=every, on_day=on_day, start_on=start_on)
    days = [one.next_on]

    for new_day, pause in changes:
        resumed_on = start_on + timedelta(days=pause)
        one = one.after_run().but(on_day=new_day, resumed_on=resumed_on).rescheduled()
        days.append(one.next_on)

    known = [day for day in days if day is not None]
    assert known == days == sorted(set(known))
    assert known[0] >= start_on


def test_names_of_runs_are_permanent_and_fit_into_a_path() -> None:
    assert occurrence_run_id("rec_1", date(2026, 1, 31)) == "rec_1-2026-01-31"
    assert scheduled_run_id("inv_1") == "scheduled-inv_1"


def test_a_run_forgets_why_it_failed_when_it_goes_on() -> None:
    failed = Run(
        id="rec_1-2026-01-31", state="failed", recurring_id="rec_1", due_on=date(2026, 1, 31),
        sends=True, customer_id="cus_1", customer_name="Ana", currency="EUR", total_minor=100,
        invoice_id=None, code="no_address", reason="…", created_at=NOON, at=NOON,
    )  # fmt: skip

    again = failed.reached("drafted", NOON, None)

    assert (again.state, again.code, again.reason, again.version) == ("drafted", None, None, 2)
    assert again.work_key == "run-rec_1-2026-01-31"
