"""Which reminder an account gets, and when it is looked at again."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.account import Account
from chalicelib.domain.calendar import WorkCalendar
from chalicelib.domain.dunning import Reminder, Rules, decide, first_step_done, take_steps
from chalicelib.domain.ladders import STANDARD
from chalicelib.domain.next_action import next_action_at, plan
from tests.builders import at
from tests.domain.accounts import a_pending, an_account, an_item


def rules_in(zone_name: str) -> Rules:
    return Rules(ladder_of=lambda _: STANDARD, calendar=WorkCalendar(zone_name))


MADRID = rules_in("Europe/Madrid")  # steps at -3, 3, 7, 15, 30 days


def decided(account: Account, when: str) -> Reminder | None:
    return decide(account, MADRID, at(when))


def days_taken(reminder: Reminder) -> dict[str, int]:
    return {name: step.offset_days for name, step in reminder.steps_taken.items()}


def step_of(account: Account, when: str) -> int | None:
    reminder = decided(account, when)
    return reminder.step.offset_days if reminder else None


@pytest.mark.parametrize(
    ("today", "step"),
    [
        ("2026-03-28", None),
        ("2026-03-29", -3),
        ("2026-04-01", -3),  # the due day itself
        ("2026-04-02", None),  # a notice that it will fall due comes too late
        ("2026-04-03", None),
        ("2026-04-04", 3),
        ("2026-04-07", 3),
        ("2026-04-08", 7),
        ("2026-04-16", 15),
        ("2026-05-01", 30),
        ("2028-01-01", 30),
    ],
)
def test_the_highest_step_that_is_due_collapses_those_that_were_missed(
    today: str, step: int | None
) -> None:
    assert step_of(an_account(an_item(1, "2026-04-01")), today) == step


@pytest.mark.parametrize(
    ("done", "today", "step"),
    [(-3, "2026-04-04", 3), (3, "2026-04-07", None), (3, "2026-04-08", 7), (7, "2026-04-08", None),
     (30, "2030-01-01", None)],
)  # fmt: skip
def test_a_step_is_taken_once(done: int, today: str, step: int | None) -> None:
    assert step_of(an_account(an_item(1, "2026-04-01", step_done=done)), today) == step


def test_the_step_turns_at_midnight_of_the_customers_place() -> None:
    account = an_account(an_item(1, "2026-04-01"))

    assert decide(account, rules_in("Pacific/Auckland"), at("2026-04-03T10:59")) is None
    assert decide(account, rules_in("Pacific/Auckland"), at("2026-04-03T11:00")) is not None
    assert decide(account, rules_in("America/Santiago"), at("2026-04-04T02:59")) is None


def test_the_oldest_item_sets_the_step_and_all_open_items_are_listed() -> None:
    old, young, future = (
        an_item(1, "2026-03-01"),
        an_item(2, "2026-03-27"),
        an_item(3, "2026-06-01"),
    )

    reminder = decided(an_account(old, young, future), "2026-03-31")

    assert reminder is not None
    assert (reminder.step.offset_days, reminder.anchor) == (30, old)
    assert reminder.items == (old, young, future)
    assert days_taken(reminder) == {"inv_1": 30, "inv_2": 3}


def test_taken_steps_are_kept_by_each_item() -> None:
    account = an_account(
        an_item(1, "2026-03-01"), an_item(2, "2026-03-27"), an_item(3, "2026-06-01")
    )
    reminder = decided(account, "2026-03-31")
    assert reminder is not None

    after = take_steps(account, reminder, date(2026, 3, 31))

    assert [item.step_done for item in after.open_items] == [30, 3, None]
    assert decided(after, "2026-03-31") is None
    assert step_of(after, "2026-04-03") == 7  # of the second item


def test_a_part_payment_keeps_the_stage() -> None:
    account = an_account(an_item(1, "2026-04-01", open_minor=1, step_done=7))

    assert step_of(account, "2026-04-15") is None
    assert step_of(account, "2026-04-16") == 15


@pytest.mark.parametrize(
    ("unapplied", "reminded"),
    [(0, ["inv_1", "inv_2"]), (9_999, ["inv_1", "inv_2"]), (10_000, ["inv_2"]),
     (19_999, ["inv_2"]), (20_000, None), (50_000, None)],
)  # fmt: skip
def test_unapplied_money_covers_the_oldest_items(
    unapplied: int, reminded: list[str] | None
) -> None:
    account = an_account(
        an_item(1, "2026-03-01"), an_item(2, "2026-03-02"), unapplied_minor=unapplied
    )

    reminder = decided(account, "2026-03-20")

    assert (list(reminder.steps_taken) if reminder else None) == reminded
    assert reminder is None or len(reminder.items) == 2


def test_who_has_paid_the_overdue_is_not_reminded_because_more_falls_due_later() -> None:
    account = an_account(an_item(1, "2026-03-01"), an_item(2, "2026-06-01"), unapplied_minor=10_000)

    assert decided(account, "2026-03-20") is None
    # The next look is at the first step of what is not paid for: 29 May, a Friday.
    assert next_action_at(account, MADRID, at("2026-03-20")) == at("2026-05-29T07:00")


@pytest.mark.parametrize(
    ("amount", "today", "step"),
    [
        (10_000, "2026-04-16", None),
        (9_999, "2026-04-16", 15),
        (0, "2026-04-16", 15),
        (10_000, "2026-04-23", None),
        (10_000, "2026-04-24", 15),  # 14 days after it was said to be on its way
    ],
)
def test_money_on_its_way_rests_the_chase_for_two_weeks(
    amount: int, today: str, step: int | None
) -> None:
    account = an_account(
        an_item(1, "2026-04-01"), pending=(a_pending("inv_1", amount, "2026-04-10"),)
    )

    assert step_of(account, today) == step


def test_money_on_its_way_for_one_invoice_does_not_rest_another() -> None:
    account = an_account(
        an_item(1, "2026-03-01"),
        an_item(2, "2026-03-10"),
        pending=(a_pending("inv_1", 10_000, "2026-03-19"),),
    )

    reminder = decided(account, "2026-03-20")

    assert reminder is not None
    assert [item.invoice_id for item in reminder.items] == ["inv_2"]
    assert reminder.step.offset_days == 7


@pytest.mark.parametrize(
    ("due", "issued", "done"),
    [
        (date(2026, 4, 1), date(2026, 3, 2), None),
        (date(2026, 4, 1), date(2026, 3, 28), None),
        (date(2026, 4, 1), date(2026, 3, 29), -3),
        (date(2026, 4, 1), date(2026, 4, 1), -3),
        (date(2026, 4, 1), date(2026, 7, 1), -3),
    ],
)
def test_no_notice_before_the_due_date_for_an_invoice_issued_shortly_before(
    due: date, issued: date, done: int | None
) -> None:
    passed = first_step_done(due, issued, STANDARD)

    assert (passed.offset_days if passed else None) == done


@pytest.mark.parametrize(
    ("due", "done", "then"),
    [
        ("2026-04-01", None, "2026-03-30T07:00"),  # 29 March is a Sunday
        ("2026-04-01", -3, "2026-04-06T07:00"),  # 4 April is a Saturday
        ("2026-04-01", 3, "2026-04-08T07:00"),
        ("2026-04-01", 7, "2026-04-16T07:00"),
        ("2026-11-02", -3, "2026-11-05T08:00"),  # winter time
    ],
)
def test_the_next_action_is_at_the_opening_of_the_day_of_the_step(
    due: str, done: int | None, then: str
) -> None:
    account = an_account(an_item(1, due, step_done=done))

    assert next_action_at(account, MADRID, at("2026-03-02")) == at(then)


def test_an_account_without_a_step_ahead_is_not_looked_at() -> None:
    assert next_action_at(an_account(), MADRID, at("2026-03-02")) is None
    all_done = an_account(an_item(1, "2026-01-01", step_done=30))
    assert next_action_at(all_done, MADRID, at("2026-03-02")) is None


def test_what_is_covered_is_looked_at_when_the_cover_ends() -> None:
    account = an_account(
        an_item(1, "2026-03-01"), pending=(a_pending("inv_1", 10_000, "2026-03-20"),)
    )

    assert next_action_at(account, MADRID, at("2026-03-20")) == at("2026-04-03T11:00")


def test_what_unapplied_money_covers_is_looked_at_tomorrow() -> None:
    account = an_account(an_item(1, "2026-03-01"), unapplied_minor=10_000)

    assert next_action_at(account, MADRID, at("2026-03-20")) == at("2026-03-23T08:00")


ITEMS = st.lists(
    st.tuples(
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.integers(1, 50_000),
        st.sampled_from([None, -3, 3, 7, 15, 30]),
    ),
    max_size=6,
)


def _account(items: list[tuple[date, int, int | None]], unapplied: int) -> Account:
    ordered = sorted(items, key=lambda one: one[0])
    return an_account(
        *(
            an_item(n, due.isoformat(), amount, done)
            for n, (due, amount, done) in enumerate(ordered)
        ),
        unapplied_minor=unapplied,
    )


def test_another_invoice_that_reaches_its_step_a_day_later_waits_for_two_days() -> None:
    account = an_account(an_item(1, "2026-03-01"), an_item(2, "2026-03-02"))
    reminder = decided(account, "2026-03-04")
    assert reminder is not None
    assert days_taken(reminder) == {"inv_1": 3}

    after = take_steps(account, reminder, date(2026, 3, 4))

    assert decided(after, "2026-03-05") is None
    assert decided(after.but(reminded_on=date(2027, 1, 1)), "2026-03-05") is not None
    later = decided(after, "2026-03-06")
    assert later is not None
    assert days_taken(later) == {"inv_2": 3}
    due_at = next_action_at(after, rules_in("UTC"), datetime(2026, 3, 4, 10, tzinfo=UTC))
    assert due_at == datetime(2026, 3, 6, 9, tzinfo=UTC)


@given(ITEMS, st.integers(0, 100_000), st.dates(date(2026, 1, 1), date(2027, 2, 1)))
def test_deciding_again_after_the_steps_were_taken_always_says_no(
    items: list[tuple[date, int, int | None]], unapplied: int, today: date
) -> None:
    account = _account(items, unapplied)
    reminder = decided(account, today.isoformat())
    if reminder is None:
        return

    after = take_steps(account, reminder, today)

    assert decided(after, today.isoformat()) is None
    assert decided(after.but(reminded_on=None), today.isoformat()) is None
    assert sum(item.open_minor for item in reminder.items) > unapplied
    assert all(
        (item.step_done or -99) < reminder.steps_taken[item.invoice_id].offset_days
        for item in account.open_items
        if item.invoice_id in reminder.steps_taken
    )


@given(ITEMS, st.integers(0, 100_000), st.dates(date(2026, 1, 1), date(2027, 2, 1)))
def test_whatever_will_be_due_is_planned_not_later_than_it_is_due(
    items: list[tuple[date, int, int | None]], unapplied: int, today: date
) -> None:
    account = plan(_account(items, unapplied), MADRID, at("2026-01-01"))

    if decided(account, today.isoformat()) is None:
        return

    assert account.next_action_at is not None
    opened = next_action_at(account, MADRID, at(today.isoformat()))
    assert opened is not None
    assert account.next_action_at <= max(at(f"{today}T23:00"), opened)
