"""A recurring invoice is written, changed, paused, resumed and ended; what was made stays made."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import DomainError, InvalidField, NotFound, Stale
from chalicelib.domain.recurring import RecurringInvoice
from chalicelib.usecases.context import AlreadyAnswered, RepeatKey
from chalicelib.usecases.preview_recurring import preview
from chalicelib.usecases.recurring_invoices import (
    NewRecurring,
    change_recurring,
    create_recurring,
    end_recurring,
    pause_recurring,
    resume_recurring,
)
from tests.builders import Book, a_customer, a_line, at, by_ana
from tests.recurring import a_recurring, dates, hour, hours, invoices, now, runs


def change(book: Book, one: RecurringInvoice, when: str = "2026-02-10", **changes: Any) -> Any:
    return change_recurring(book.ports, by_ana(at(when)), one.id, changes, expected_version=None)


def pause(book: Book, one: RecurringInvoice, when: str) -> RecurringInvoice:
    return pause_recurring(book.ports, by_ana(at(when)), one.id)


def resume(book: Book, one: RecurringInvoice, when: str) -> RecurringInvoice:
    return resume_recurring(book.ports, by_ana(at(when)), one.id)


def end(book: Book, one: RecurringInvoice, when: str = "2026-02-10") -> RecurringInvoice:
    return end_recurring(book.ports, by_ana(at(when)), one.id)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return (
        refusal.value.field_code if isinstance(refusal.value, InvalidField) else refusal.value.code
    )


def test_a_new_one_knows_its_first_day_and_what_one_invoice_comes_to(book: Book) -> None:
    recurring = a_recurring(book, lines=(a_line(10_000, tax_rate="0.21"),), on_day=15)

    assert (recurring.on_day, recurring.next_on, recurring.state) == (
        15, date(2026, 2, 15), "active",
    )  # fmt: skip
    assert (recurring.net_minor, recurring.tax_minor, recurring.total_minor) == (
        10_000, 2_100, 12_100,
    )  # fmt: skip
    assert (recurring.currency, recurring.customer_name) == ("EUR", book.customer.name)
    assert now(book, recurring) == recurring
    (entry,) = [one for one in book.all(AuditEntry) if one.subject == "recurring_invoice"]
    assert (entry.action, entry.subject_id, entry.customer_id) == (
        "recurring_created", recurring.id, book.customer.id,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"customer_id": "cus_0"}, "/customer_id", "unknown_customer"),
        ({"customer_id": "unidentified"}, "/customer_id", "unknown_customer"),
        ({"lines": ()}, "/lines", "line_count"),
        ({"on_day": 32}, "/on_day", "no_such_day"),
        ({"every": "week", "on_day": 8}, "/on_day", "no_such_day"),
        ({"end_on": "2026-01-30"}, "/end_on", "ends_before_first"),
        ({"start_on": "2037-01-01"}, "/start_on", "too_far_ahead"),
        ({"start_on": "1926-01-31"}, "/start_on", "too_far_back"),
    ],
)
def test_what_cannot_be_is_refused(
    book: Book, changes: dict[str, Any], pointer: str, code: str
) -> None:
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        a_recurring(book, **changes)

    assert (refusal.value.pointer, refusal.value.field_code) == (pointer, code)
    assert book.snapshot() == before


def test_the_same_request_again_makes_no_second_one(book: Book) -> None:
    keyed = replace(by_ana(at("2026-01-02")), repeat_key=RepeatKey("k", "h"))
    new = NewRecurring(
        customer_id=book.customer.id, currency=None, lines=(a_line(),), every="month",
        on_day=1, start_on=date(2026, 1, 1),
    )  # fmt: skip

    made = create_recurring(book.ports, keyed, new)
    with pytest.raises(AlreadyAnswered) as again:
        create_recurring(book.ports, keyed, new)

    assert again.value.record.resource == f"/v1/recurring-invoices/{made.id}"
    assert book.all(RecurringInvoice) == [made]


def test_other_lines_are_for_the_invoices_to_come(book: Book) -> None:
    recurring = a_recurring(book)
    hour(book, "2026-01-31")

    after = change(book, recurring, lines=(a_line(77_000),), auto_send=True, notes="Sube")
    hour(book, "2026-02-28")

    assert after.total_minor == 77_000
    assert [(one.total_minor, one.notes) for one in invoices(book)] == [
        (100_000, None), (77_000, "Sube"),
    ]  # fmt: skip
    assert len(book.fakes.mailer.accepted) == 1


def test_another_customer_gets_the_invoices_to_come(book: Book) -> None:
    recurring = a_recurring(book)
    other = a_customer(book.ports, name="Ferretería Ruiz")

    change(book, recurring, customer_id=other.id)
    hour(book, "2026-01-31")

    assert now(book, recurring).customer_name == "Ferretería Ruiz"
    assert [one.customer_id for one in invoices(book)] == [other.id]


def test_another_day_bills_no_month_twice(book: Book) -> None:
    recurring = a_recurring(book, start_on="2026-01-01")
    hours(book, "2026-01-01", "2026-02-09")

    after = change(book, recurring, on_day=20)
    hours(book, "2026-02-10", "2026-03-31")

    assert after.next_on == date(2026, 3, 20)
    assert dates(book) == ["2026-01-01", "2026-02-01", "2026-03-20"]


def test_without_a_day_it_is_that_of_its_start(book: Book) -> None:
    recurring = a_recurring(book, on_day=15)

    assert change(book, recurring, on_day=None).on_day == 31
    assert change(book, recurring, every="week", on_day=None).on_day == 6
    moved = change(book, recurring, start_on=date(2026, 3, 4), on_day=None)
    assert (moved.on_day, moved.next_on) == (3, date(2026, 3, 4))


def test_an_earlier_end_ends_it(book: Book) -> None:
    recurring = a_recurring(book)
    hour(book, "2026-01-31")

    after = change(book, recurring, end_on=date(2026, 2, 27))
    hours(book, "2026-02-10", "2026-03-31")

    assert (after.state, after.next_on) == ("ended", None)
    assert dates(book) == ["2026-01-31"]


def test_what_passed_while_it_was_paused_is_not_made_up(book: Book) -> None:
    recurring = a_recurring(book, every="week", start_on="2026-01-05")
    hour(book, "2026-01-05")

    pause(book, recurring, "2026-01-06")
    hours(book, "2026-01-06", "2026-01-25")
    after = resume(book, recurring, "2026-01-26")
    hours(book, "2026-01-26", "2026-02-02")

    assert after.next_on == date(2026, 1, 26)
    (entry,) = [one for one in book.all(AuditEntry) if one.action == "recurring_resumed"]
    assert entry.facts["skipped"] == ["2026-01-12", "2026-01-19"]
    assert dates(book) == ["2026-01-05", "2026-01-26", "2026-02-02"]
    assert change(book, recurring, "2026-02-03", on_day=2).next_on == date(2026, 2, 10)


def test_paused_and_resumed_within_a_period_bills_it_once(book: Book) -> None:
    recurring = a_recurring(book)
    hour(book, "2026-01-31")

    pause(book, recurring, "2026-01-31")
    resume(book, recurring, "2026-01-31")
    hours(book, "2026-01-31", "2026-02-01", step_hours=1)

    assert dates(book) == ["2026-01-31"]
    assert now(book, recurring).next_on == date(2026, 2, 28)


def test_today_is_that_of_the_company_when_it_goes_on(book: Book) -> None:
    recurring = a_recurring(book, every="week", start_on="2026-01-05")
    pause(book, recurring, "2026-01-03")

    after = resume(book, recurring, "2026-01-11T23:30")

    assert after.next_on == date(2026, 1, 12)


def test_resumed_after_its_end_it_has_ended(book: Book) -> None:
    recurring = a_recurring(book, end_on="2026-03-31")
    pause(book, recurring, "2026-01-03")

    after = resume(book, recurring, "2026-04-01")

    assert (after.state, after.next_on) == ("ended", None)


def test_ended_it_makes_nothing_more_and_never_begins_again(book: Book) -> None:
    recurring = a_recurring(book)
    hour(book, "2026-01-31")

    after = end(book, recurring)
    hours(book, "2026-02-10", "2026-04-01")
    before = book.snapshot()

    assert (after.state, after.next_on) == ("ended", None)
    assert dates(book) == ["2026-01-31"]
    for act in (pause, resume, end):
        assert code_of(partial(act, book, recurring, "2026-04-01")) == "recurring_ended"
    assert code_of(lambda: change(book, recurring, notes="x")) == "recurring_ended"
    assert book.snapshot() == before


def test_moves_that_make_no_sense_are_refused(book: Book) -> None:
    recurring = a_recurring(book)
    hour(book, "2026-01-31")
    before = book.snapshot()

    assert code_of(lambda: resume(book, recurring, "2026-02-01")) == "recurring_active"
    march = date(2026, 3, 1)
    assert code_of(lambda: change(book, recurring, start_on=march)) == "recurring_started"
    assert code_of(lambda: change(book, recurring, every="week")) == "no_such_day"
    assert code_of(lambda: change(book, recurring, lines=())) == "line_count"
    assert code_of(lambda: change(book, recurring, customer_id="cus_0")) == "unknown_customer"
    with pytest.raises(NotFound):
        pause(book, recurring.but(id="rec_0"), "2026-02-01")
    with pytest.raises(Stale):
        change_recurring(book.ports, by_ana(), recurring.id, {"notes": "x"}, expected_version=1)
    assert book.snapshot() == before
    pause(book, recurring, "2026-02-01")
    assert code_of(lambda: pause(book, recurring, "2026-02-01")) == "recurring_paused"


def test_changes_and_the_schedule_at_once_lose_neither(book: Book) -> None:
    for _ in range(10):
        recurring = a_recurring(book, end_on="2026-01-31")

        with ThreadPoolExecutor(2) as pool:
            changed = pool.submit(change, book, recurring, "2026-01-31", notes="x")
            pool.submit(hour, book, "2026-01-31").result()

        after = now(book, recurring)
        assert (after.runs, after.state) == (1, "ended")
        refused = isinstance(changed.exception(), DomainError)
        assert after.notes == (None if refused else "x")

    assert [state for _, state in runs(book)] == ["done"] * 10


def test_the_preview_shows_the_days_and_what_is_made_up(book: Book) -> None:
    recurring = a_recurring(book, end_on="2026-04-30")

    shown = preview(book.ports, by_ana(at("2026-03-10")), now(book, recurring), 12)

    assert [(str(one.on), str(one.due_date), one.has_passed) for one in shown] == [
        ("2026-01-31", "2026-04-09", True),
        ("2026-02-28", "2026-04-09", True),
        ("2026-03-31", "2026-04-30", False),
        ("2026-04-30", "2026-05-30", False),
    ]
    assert {one.total_minor for one in shown} == {100_000}


def test_the_preview_of_a_paused_one_is_as_if_it_went_on_today(book: Book) -> None:
    recurring = a_recurring(book, terms_days=0)
    pause(book, recurring, "2026-01-03")

    shown = preview(book.ports, by_ana(at("2026-03-10")), now(book, recurring), 1)

    assert [(str(one.on), str(one.due_date)) for one in shown] == [("2026-03-31", "2026-03-31")]
