"""Recurring invoices: each occurrence once, whatever the schedule and the workers do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.recurring import Run
from chalicelib.usecases.chores import queue_chores
from chalicelib.usecases.context import system_context
from chalicelib.usecases.make_runs import MAX_RUNS, make_runs
from tests.builders import Book, a_customer, a_line, at, change_company
from tests.fakes import CountingTable
from tests.invariants import assert_books_hold, assert_quiet
from tests.recurring import OURS, a_recurring, dates, hour, hours, invoices, now, queue_hour, runs
from tests.worker import drain, handle, settle


def test_each_month_has_its_invoice_on_its_last_day(book: Book) -> None:
    recurring = a_recurring(book)

    hours(book, "2026-01-02", "2026-05-02")

    assert dates(book) == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert [one.recurring_id for one in invoices(book)] == [recurring.id] * 4
    assert runs(book) == [
        ("2026-01-31", "done"), ("2026-02-28", "done"),
        ("2026-03-31", "done"), ("2026-04-30", "done"),
    ]  # fmt: skip
    after = now(book, recurring)
    assert (after.runs, after.last_on, after.next_on) == (4, date(2026, 4, 30), date(2026, 5, 31))
    assert_quiet(book.fakes.table)


def test_a_birthday_on_the_29th_of_february_is_kept_in_common_years(book: Book) -> None:
    a_recurring(book, every="year", start_on="2024-02-29")

    hours(book, "2024-02-01", "2028-03-02", step_hours=24 * 3)

    assert [run for run, _ in runs(book)] == [
        "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29",
    ]  # fmt: skip


def test_the_invoice_is_what_the_template_says(book: Book) -> None:
    lines = (a_line(9_999, quantity="2.5", tax_rate="0.21", discount_rate="0.1"), a_line(1))
    a_recurring(
        book, lines=lines, series="R", purchase_order="PO-7", notes="Gracias", terms_days=10
    )

    hour(book, "2026-01-31")

    (invoice,) = invoices(book)
    assert (invoice.number, invoice.currency) == ("R-000001", "EUR")
    assert (invoice.purchase_order, invoice.notes) == ("PO-7", "Gracias")
    assert (invoice.issue_date, invoice.due_date) == (date(2026, 1, 31), date(2026, 2, 10))
    assert [line.net_minor for line in invoice.lines] == [22_498, 1]
    assert (invoice.net_minor, invoice.tax_minor, invoice.total_minor) == (22_499, 4_725, 27_224)


def test_what_the_template_leaves_open_is_as_set_on_the_day(book: Book) -> None:
    customer = a_customer(book.ports, terms_days=60, currency="USD")
    a_recurring(book, customer_id=customer.id)
    change_company(book.ports, default_series="B")

    hour(book, "2026-01-31")

    (invoice,) = invoices(book)
    assert (invoice.number, invoice.currency) == ("B-000001", "USD")
    assert invoice.due_date == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("zone", "before", "from_six"),
    [
        ("Europe/Madrid", "2026-01-31T04:59", "2026-01-31T05:00"),
        ("America/Santiago", "2026-01-31T08:59", "2026-01-31T09:00"),
        ("Pacific/Auckland", "2026-01-30T16:59", "2026-01-30T17:00"),
    ],
)
def test_a_day_begins_at_six_at_the_companys_place_whatever_the_customers(
    book: Book, zone: str, before: str, from_six: str
) -> None:
    change_company(book.ports, time_zone=zone)
    a_recurring(book)

    hour(book, before)
    too_early = dates(book)
    hour(book, from_six)

    assert too_early == []
    assert dates(book) == ["2026-01-31"]


def test_a_tick_a_hundred_times_makes_one_invoice(book: Book) -> None:
    a_recurring(book, auto_send=True)

    for _ in range(100):
        hour(book, "2026-01-31")

    assert dates(book) == ["2026-01-31"]
    assert len(book.fakes.mailer.accepted) == 1


def test_an_outage_of_nine_days_over_two_weekly_dates_is_made_up_in_order(book: Book) -> None:
    weekly = a_recurring(book, every="week", start_on="2026-01-05")
    hours(book, "2026-01-05", "2026-01-11")

    hours(book, "2026-01-20", "2026-01-27")

    assert runs(book) == [
        ("2026-01-05", "done"), ("2026-01-12", "done"),
        ("2026-01-19", "done"), ("2026-01-26", "done"),
    ]  # fmt: skip
    assert dates(book) == ["2026-01-05", "2026-01-20", "2026-01-20", "2026-01-26"]
    run_ids = [one.run_id for one in invoices(book)]
    assert run_ids == [f"{weekly.id}-2026-01-{day}" for day in ("05", "12", "19", "26")]


def test_more_missed_days_than_one_chore_makes_are_made_by_the_next(book: Book) -> None:
    a_recurring(book, every="week", start_on="2025-01-06", end_on="2026-01-05")

    hour(book, "2026-02-01")
    first = len(dates(book))
    hour(book, "2026-02-01T12:00")

    assert first == MAX_RUNS
    assert len(dates(book)) == len({run for run, _ in runs(book)}) == 53
    hour(book, "2026-02-01T13:00")
    assert len(dates(book)) == 53


def test_the_last_occurrence_ends_it(book: Book) -> None:
    recurring = a_recurring(book, end_on="2026-02-28")

    hours(book, "2026-01-30", "2026-06-01")

    assert dates(book) == ["2026-01-31", "2026-02-28"]
    assert (now(book, recurring).state, now(book, recurring).next_on) == ("ended", None)


def test_auto_send_sends_each_invoice_once(book: Book) -> None:
    a_recurring(book, auto_send=True)

    hours(book, "2026-01-31", "2026-02-28", step_hours=1)

    assert [mail.to for mail in book.fakes.mailer.accepted] == ["pagos@penarroya.example"] * 2
    assert [one.mail_state for one in invoices(book)] == ["sent", "sent"]


def test_without_auto_send_nothing_is_sent(book: Book) -> None:
    a_recurring(book)

    hour(book, "2026-01-31")

    assert book.fakes.mailer.accepted == []


def test_twenty_workers_at_once_make_each_invoice_once(book: Book) -> None:
    weekly = a_recurring(book, every="week", start_on="2026-01-05", auto_send=True)
    context = system_context(at("2026-01-20"))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: make_runs(book.ports, context, weekly.id), range(20)))
    drain(book.fakes, at("2026-01-20"))

    assert runs(book) == [("2026-01-05", "done"), ("2026-01-12", "done"), ("2026-01-19", "done")]
    days = [str(one.run_id)[-10:] for one in invoices(book)]
    assert days == ["2026-01-05", "2026-01-12", "2026-01-19"]
    assert len(book.fakes.mailer.accepted) == 3
    assert_quiet(book.fakes.table)


def test_a_late_message_of_an_earlier_hour_fails_nothing(book: Book) -> None:
    a_recurring(book, every="week", start_on="2026-01-05")
    late = queue_hour(book, "2026-01-05")
    book.issued(when=at("2026-01-08"), series="A")

    for queue, body in late:
        handle(book.ports, queue, body, at("2026-01-09"))
    behind = runs(book)
    hour(book, "2026-01-09")

    assert behind == [("2026-01-05", "drafted")]
    assert runs(book) == [("2026-01-05", "done")]
    assert dates(book) == ["2026-01-08", "2026-01-09"]
    assert book.work() == []


def made(book: Book) -> list[tuple[str, str, int]]:
    """What was made, whenever it was: the occurrence, the state and the amount."""
    return sorted((str(one.run_id), one.state, one.total_minor) for one in book.all(Invoice))


def two_rhythms(book: Book) -> None:
    a_recurring(book, every="week", start_on="2026-01-05", end_on="2026-02-16", auto_send=True)
    a_recurring(book, start_on="2026-01-15", end_on="2026-02-15", lines=(a_line(700),))


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 3)), max_size=8),
    st.integers(0, 10**6),
)
@settings(max_examples=40, deadline=None)
def test_ticks_in_any_order_repeated_and_shuffled_make_the_same_invoices(
    ticks: list[tuple[int, int]], seed: int
) -> None:
    expected, shuffled, random = Book(), Book(), Random(seed)
    two_rhythms(expected)
    hours(expected, "2026-01-05", "2026-03-06")
    two_rhythms(shuffled)

    messages: list[tuple[str, str]] = []
    for day, times in ticks:
        when = date(2026, 1, 5).toordinal() + day
        messages += times * queue_hour(shuffled, f"{date.fromordinal(when)}T10:00")
        random.shuffle(messages)
        half = len(messages) // 2
        for queue, body in messages[:half]:
            handle(shuffled.ports, queue, body, at("2026-03-06"))
        messages = messages[half:]
        assert_books_hold(shuffled.fakes.table)
    for queue, body in messages:
        handle(shuffled.ports, queue, body, at("2026-03-06"))
    hour(shuffled, "2026-03-06")
    settle(shuffled.fakes, at("2026-03-06"))

    assert made(shuffled) == made(expected)
    assert {state for _, state in runs(shuffled)} == {"done"}
    assert len(shuffled.fakes.mailer.accepted) == 7
    assert shuffled.work() == []


def test_the_hour_asks_four_questions_when_nothing_is_due(book: Book) -> None:
    for _ in range(30):
        a_recurring(book, start_on="2026-06-01")
    counter = CountingTable(book.fakes.table)

    queue_chores(book.fakes.ports(counter), system_context(at("2026-05-31")), OURS)

    assert book.fakes.queues.take() == []
    assert counter.requests == {"get": 2, "query": 4}


def test_an_occurrence_costs_the_same_in_any_book(book: Book) -> None:
    for _ in range(30):
        book.issued(when=at("2026-01-02"))
    recurring = a_recurring(book)
    counter = CountingTable(book.fakes.table)

    make_runs(book.fakes.ports(counter), system_context(at("2026-01-31")), recurring.id)

    assert (counter.reads, counter.requests["transact_write"], counter.requests["put"]) == (
        10, 2, 1,
    )  # fmt: skip


def test_a_draft_of_a_run_is_in_the_audit_log_as_the_systems(book: Book) -> None:
    a_recurring(book)

    hour(book, "2026-01-31")

    said = {(one.action, one.by) for one in book.all(AuditEntry) if one.subject == "invoice"}
    assert said == {("invoice_drafted", "system"), ("invoice_issued", "system")}
    assert book.all(Run)[0].number == "A-000001"
