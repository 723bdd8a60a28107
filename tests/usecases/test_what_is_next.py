"""What a person sees as next is what they send, skip or let go: the same step, or a refusal."""

from datetime import datetime

import pytest

from chalicelib.domain.errors import StateConflict
from chalicelib.domain.ladders import shipped_book
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.chase_control import approve_reminder, send_now, skip_step, take_back
from chalicelib.usecases.forecast import Forecast, following
from chalicelib.usecases.next_messages import next_messages
from chalicelib.usecases.outgoing import outgoing
from chalicelib.usecases.ports import Insert
from tests.builders import Book, at, by_ana
from tests.usecases.reminding import subjects

DAY = "2026-04-06"
"""A Monday on which the invoice's first reminder is due."""


def seen(book: Book, when: str) -> Forecast:
    """What is next for the only account, as of an instant."""
    return next_messages(book.ports, by_ana(at(when)), book.customer.id)[0].forecast


def step_of(one: Forecast | None) -> str | None:
    return one.step.id if one and one.step else None


def test_the_step_that_is_skipped_is_the_one_that_is_shown(book: Book) -> None:
    book.issued()
    first = seen(book, "2026-03-20")

    after = following(first)
    skip_step(book.ports, by_ana(at("2026-03-20")), book.customer.id, "EUR", step_of(first))

    assert (step_of(first), step_of(after)) == ("before", "first")
    then = seen(book, "2026-03-20")
    assert (step_of(then), then.at) == (step_of(after), after.at if after else None)


def test_of_several_invoices_the_one_whose_day_comes_first_is_next(book: Book) -> None:
    # The older has its next step in May, the younger its first on 14 April.
    book.issued()
    book.issued(due_date="2026-04-14")
    book.remind("2026-03-30")
    book.remind("2026-04-06")
    book.remind("2026-04-08")
    book.remind("2026-04-16")
    one = seen(book, "2026-04-17T06:00")

    skip_step(book.ports, by_ana(at("2026-04-17T06:00")), book.customer.id, "EUR", step_of(one))

    assert one.reminder is not None
    assert (one.reminder.anchor.due_date.isoformat(), step_of(one)) == ("2026-04-14", "first")
    items = {item.due_date.isoformat(): item.step_id for item in book.account().open_items}
    assert items == {"2026-04-01": "firm", "2026-04-14": "first"}


def test_what_is_sent_now_is_what_is_shown(book: Book) -> None:
    book.issued()
    book.remind("2026-03-30")
    shown = seen(book, "2026-04-01")

    send_now(book.ports, by_ana(at("2026-04-01")), book.customer.id, "EUR")
    waiting = seen(book, "2026-04-01")
    book.remind("2026-04-01T11:02")

    assert (step_of(shown), step_of(waiting)) == ("first", "first")
    assert subjects(book) == ["reminder_before", "reminder_first"]
    with pytest.raises(StateConflict, match="nothing to take back"):
        take_back(book.ports, by_ana(at("2026-04-01T11:03")), book.customer.id, "EUR")


def test_the_message_that_brings_what_was_asked_for_does_not_come_too_early(book: Book) -> None:
    book.issued()
    now = at("2026-04-01T11:00:00.987654")

    send_now(book.ports, by_ana(now), book.customer.id, "EUR")
    (body,) = book.fakes.queues.bodies("reminders")
    book.remind(datetime.fromisoformat(body["time"]))

    assert subjects(book) == ["reminder_before"]


def test_after_the_last_step_nothing_follows(book: Book) -> None:
    book.issued()
    book.remind("2026-04-20")

    last = seen(book, "2026-04-20")

    assert (step_of(last), following(last)) == ("last", None)


def test_a_reminder_is_let_go_before_its_day_and_goes_out_on_it(book: Book) -> None:
    ask_before_the_first_reminder(book)
    book.issued()
    book.remind("2026-03-30")
    shown = seen(book, "2026-04-01")
    (message,) = next_messages(book.ports, by_ana(at("2026-04-01")), book.customer.id)

    approve_reminder(book.ports, by_ana(at("2026-04-01")), book.customer.id, "EUR", step_of(shown))
    book.remind("2026-04-01T11:15")
    early = subjects(book)
    book.remind(DAY)

    assert (shown.reason_none, step_of(shown)) == ("waits_for_approval", "first")
    assert message.content is not None
    assert early == ["reminder_before"]
    assert subjects(book) == ["reminder_before", "reminder_first"]


def test_what_waits_for_a_word_is_on_todays_list_until_somebody_gives_it(book: Book) -> None:
    ask_before_the_first_reminder(book)
    book.issued()
    book.remind("2026-03-30")
    book.remind(DAY)
    later = at(f"{DAY}T14:00")

    (waiting,) = outgoing(book.ports, by_ana(later), later.date()).forecasts
    approve_reminder(book.ports, by_ana(later), book.customer.id, "EUR", "first")
    (released,) = outgoing(book.ports, by_ana(later), later.date()).forecasts

    assert (waiting.reason_none, waiting.at, step_of(waiting)) == (
        "waits_for_approval",
        None,
        "first",
    )
    assert (released.reason_none, released.at) == (None, later)


def test_a_step_that_needs_no_word_is_not_let_go(book: Book) -> None:
    book.issued()
    before = book.snapshot()

    with pytest.raises(StateConflict, match="No such reminder"):
        approve_reminder(book.ports, by_ana(at("2026-04-01")), book.customer.id, "EUR")

    assert book.snapshot() == before


def test_the_next_step_on_a_holiday_of_the_region_is_that_of_the_day_after(book: Book) -> None:
    book.issued()
    book.remind("2026-03-30")
    version = book.customer.version
    change_customer(
        book.ports, by_ana(), book.customer.id, {"region": "MD"}, expected_version=version + 1
    )
    shown = seen(book, "2026-04-01")

    skip_step(book.ports, by_ana(at("2026-04-01")), book.customer.id, "EUR", step_of(shown))

    assert step_of(seen(book, "2026-04-01")) != step_of(shown)


def ask_before_the_first_reminder(book: Book) -> None:
    shipped = shipped_book()
    policy = shipped.policies[0]
    steps = tuple(one.but(needs_approval=one.id == "first") for one in policy.steps)
    changed = shipped.with_policy(policy.but(steps=steps)).but(version=1)
    book.ports.store.commit([Insert(changed)])
