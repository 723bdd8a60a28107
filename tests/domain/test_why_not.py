"""Why nothing goes out: each reason that staff can see, and the step that is held."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.account import Account, SendNow, UnderWay
from chalicelib.domain.calendar import WorkCalendar
from chalicelib.domain.dunning import Rules, decide, resume, take_steps, under_way
from chalicelib.domain.ladders import STANDARD
from chalicelib.domain.next_action import next_action_at
from chalicelib.domain.rest import Part, Rest
from chalicelib.domain.why_not import held_step, why_not
from tests.builders import at
from tests.domain.accounts import a_pending, an_account, an_item

LADDER = STANDARD.but(minimum_minor={"EUR": 1_000})
RULES = Rules(ladder_of=lambda _: LADDER, calendar=WorkCalendar("Europe/Madrid"))
NOW = at("2026-04-09T10:00")  # a Thursday, 8 days after 1 April


def resting(kind: Any, amount_minor: int = 10_000, until: date | None = None) -> Rest:
    return Rest(
        kind=kind, id="one", invoice_ids=("inv_1",),
        parts=(Part(amount_minor=amount_minor, until=until),),
    )  # fmt: skip


def owing(**changes: Any) -> Account:
    return an_account(an_item(1, "2026-04-01"), **changes)


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (an_account(), "nothing_open"),
        (owing(parked_since=NOW), "parked"),
        (owing(rests=(resting("dispute"),)), "dispute"),
        (owing(rests=(resting("promise", until=date(2026, 4, 20)),)), "promise"),
        (owing(rests=(resting("plan", until=date(2026, 4, 20)),)), "plan"),
        (owing(rests=(resting("chargeback"),)), "chargeback"),
        (owing(pending=(a_pending("inv_1", 10_000, "2026-04-08"),)), "pending"),
        (owing(unapplied_minor=10_000), "unapplied"),
        (an_account(an_item(1, "2026-04-01", open_minor=999)), "below_minimum"),
        (owing(reminded_on=date(2026, 4, 8)), "reminded_lately"),
        (an_account(an_item(1, "2026-04-01", step_done=7)), "nothing_due"),
        (an_account(an_item(1, "2026-01-01", step_done=30)), "ladder_done"),
    ],
)
def test_each_reason_for_silence_is_named(account: Account, reason: str) -> None:
    assert decide(account, RULES, NOW) is None
    assert why_not(account, RULES, NOW) == reason


def test_a_step_that_is_due_on_what_is_disputed_is_held() -> None:
    held = held_step(owing(rests=(resting("dispute"),)), RULES, NOW)

    assert held is not None
    assert (held.step.id, held.item.invoice_id, held.reason) == ("second", "inv_1", "dispute")


def test_a_part_that_is_disputed_holds_nothing_and_the_rest_is_asked_for() -> None:
    account = owing(rests=(resting("dispute", 4_000),))

    reminder = decide(account, RULES, NOW)

    assert held_step(account, RULES, NOW) is None
    assert reminder is not None
    assert [item.open_minor for item in reminder.items] == [6_000]


def test_what_is_covered_is_looked_at_when_its_step_falls_due_to_note_that_it_is_held() -> None:
    account = an_account(
        an_item(1, "2026-04-01", step_done=3),
        rests=(resting("promise", until=date(2026, 4, 20)),),
    )

    # Before the step of 8 April: at its opening. After it: on the day after the promise.
    assert next_action_at(account, RULES, at("2026-04-07T10:00")) == at("2026-04-08T07:00")
    assert next_action_at(account, RULES, NOW) == at("2026-04-21T07:00")


def test_what_a_person_asks_for_goes_before_its_day_and_whatever_was_sent_lately() -> None:
    account = an_account(an_item(1, "2026-04-01", step_done=7), reminded_on=date(2026, 4, 8))

    reminder = decide(account, RULES, NOW, is_asked=True)

    assert reminder is not None
    assert (reminder.step.id, reminder.key) == ("firm", "default-firm-inv_1")
    assert decide(account, RULES, NOW) is None


@pytest.mark.parametrize(
    "account",
    [
        owing(rests=(resting("dispute"),)),
        owing(unapplied_minor=10_000),
        owing(parked_since=NOW),
        an_account(an_item(1, "2026-01-01", step_done=30)),
        an_account(),
    ],
)
def test_nobody_can_ask_for_what_may_not_be_asked_for(account: Account) -> None:
    assert decide(account, RULES, NOW, is_asked=True) is None


def test_an_account_that_somebody_sends_to_is_looked_at_at_that_minute() -> None:
    account = owing(send_now=SendNow(at=at("2026-04-11T22:01"), by="ana"))

    assert next_action_at(account, RULES, NOW) == at("2026-04-11T22:01")


def test_a_reminder_that_some_still_lack_goes_on_with_what_is_owed_by_now() -> None:
    account = an_account(an_item(1, "2026-04-01"), an_item(2, "2026-04-02"))
    reminder = decide(account, RULES, NOW)
    assert reminder is not None
    after = take_steps(account, reminder, date(2026, 4, 9)).but(
        under_way=under_way(reminder, ["con_2"]), unapplied_minor=4_000
    )

    rest = resume(after, RULES, NOW)

    assert rest is not None
    assert (rest.key, rest.contacts, rest.steps_taken) == (reminder.key, ("con_2",), {})
    assert next_action_at(after, RULES, NOW) == at("2026-04-09T10:15")
    # Who was waited for is reminded on the day on which it goes out, and not again on that day.
    assert take_steps(after, rest, date(2026, 4, 20)).reminded_on == date(2026, 4, 20)


@pytest.mark.parametrize(
    "changes",
    [
        {"unapplied_minor": 10_000},
        {"rests": (resting("hold"),)},
        {"parked_since": NOW},
        {"under_way": None},
    ],
)
def test_a_reminder_that_some_still_lack_ends_with_its_reason(changes: dict[str, Any]) -> None:
    left = UnderWay(
        policy_id="default", step=STANDARD.steps[1], anchor_id="inv_1", contacts=("con_2",)
    )

    assert resume(owing(under_way=left), RULES, NOW) is not None
    assert resume(owing(**{"under_way": left, **changes}), RULES, NOW) is None
