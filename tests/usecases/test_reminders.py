"""Reminders: never twice, never after the money is known, never by luck."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import system_context
from chalicelib.usecases.send_reminder import send_reminder
from tests.builders import (
    Book,
    a_customer,
    a_fact,
    an_issued_invoice,
    at,
    by_ana,
    change_company,
    provider_says,
)
from tests.usecases.reminding import FIRST_DAY, SECOND_DAY, only_message, subjects, texts


def test_each_step_is_sent_once_on_its_day(book: Book) -> None:
    invoice = book.issued()
    day = at("2026-03-02T08:00")

    for _ in range(100):
        for _ in range(3):
            book.remind(day)
        day += timedelta(days=1)

    assert subjects(book) == [
        "reminder_before",
        "reminder_first",
        "reminder_second",
        "reminder_firm",
        "reminder_last",
    ]
    sent = [one.sent_at.date().isoformat() for one in book.messages() if one.sent_at]
    assert sorted(sent) == ["2026-03-30", "2026-04-06", "2026-04-08", "2026-04-16", "2026-05-01"]
    assert {one.invoice_ids for one in book.messages()} == {(invoice.id,)}
    assert book.account().next_action_at is None


def test_a_thousand_runs_of_the_planner_send_what_one_run_sends(book: Book) -> None:
    book.issued()

    for _ in range(1_000):
        book.remind(FIRST_DAY)

    assert subjects(book) == ["reminder_first"]


def test_twenty_workers_at_once_send_one_reminder(book: Book) -> None:
    book.issued()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: book.remind(FIRST_DAY), range(20)))

    assert subjects(book) == ["reminder_first"]


def test_after_an_outage_only_the_highest_step_goes_out(book: Book) -> None:
    book.issued()

    book.remind("2026-04-20")
    book.remind("2026-04-21")

    assert subjects(book) == ["reminder_firm"]


def test_one_message_lists_everything_that_is_open_in_the_currency(book: Book) -> None:
    book.issued(100_000)
    book.issued(50_000, due_date="2026-06-01")
    book.issued(700, currency="JPY")
    book.paid(40_000)

    book.remind(FIRST_DAY)

    assert texts(book) == ["A-000001=60000 A-000002=50000 open=110000 unapplied=0"]
    message = only_message(book)
    assert (message.amount_minor, message.currency, message.step) == (110_000, "EUR", 3)
    actions = [one.action for one in book.all(AuditEntry)]
    assert [action for action in actions if "reminder" in action] == ["reminder_mail_sent"]


def test_an_account_with_more_invoices_than_a_letter_lists_is_reminded_whole(book: Book) -> None:
    for _ in range(45):
        book.issued(100)

    book.remind(FIRST_DAY)
    book.remind(FIRST_DAY)

    message = only_message(book)
    assert (len(message.invoice_ids), message.amount_minor) == (40, 4_500)
    assert {item.step_done for item in book.account().open_items} == {3}


@pytest.mark.parametrize(
    "when",
    ["2026-04-06T06:59", "2026-04-06T16:00", "2026-04-05", "2026-04-04", "2026-04-04T22:30"],
)
def test_nothing_goes_out_outside_the_customers_working_hours(book: Book, when: str) -> None:
    book.issued()

    book.remind(when)

    assert book.fakes.mailer.accepted == []
    assert book.messages() == []


def test_what_comes_after_hours_is_sent_at_the_next_opening(book: Book) -> None:
    book.issued()

    book.remind("2026-04-16T18:00")

    assert book.account().next_action_at == at("2026-04-17T07:00")
    book.remind("2026-04-17T07:00")
    assert subjects(book) == ["reminder_firm"]


def test_a_paid_account_is_not_reminded(book: Book) -> None:
    book.issued()
    book.paid(100_000)

    book.remind(FIRST_DAY)

    assert book.messages() == []
    assert book.account().next_action_at is None


def test_a_part_payment_keeps_the_stage_and_the_letter_asks_for_the_rest(book: Book) -> None:
    book.issued()
    book.remind(FIRST_DAY)
    book.paid(99_000, when=at("2026-04-07"))

    book.remind("2026-04-07")
    book.remind(SECOND_DAY)

    assert subjects(book) == ["reminder_first", "reminder_second"]
    assert texts(book)[1] == "A-000001=1000 open=1000 unapplied=0"


def test_unapplied_money_that_covers_everything_rests_the_chase(book: Book) -> None:
    book.issued()
    book.paid(100_000, wanted=[])

    book.remind(FIRST_DAY)
    assert book.messages() == []
    book.issued(1, due_date="2026-03-20")
    book.remind("2026-04-07")

    assert texts(book) == ["A-000002=1 A-000001=100000 open=100001 unapplied=100000"]


def test_money_in_progress_rests_the_chase_until_it_fails(book: Book) -> None:
    invoice = book.issued()
    now = at("2026-04-05")
    provider_says(book.ports, a_fact("processing", invoice_id=invoice.id, occurred_at=now), now)

    book.remind(FIRST_DAY)
    assert book.messages() == []
    later = at("2026-04-07")
    provider_says(book.ports, a_fact("failed", invoice_id=invoice.id, occurred_at=later), later)
    book.remind("2026-04-07")

    assert subjects(book) == ["reminder_first"]


def test_money_in_progress_rests_the_chase_for_two_weeks_at_most(book: Book) -> None:
    invoice = book.issued()
    now = at("2026-04-02")
    provider_says(book.ports, a_fact("processing", invoice_id=invoice.id, occurred_at=now), now)

    book.remind(FIRST_DAY)  # the step falls due and is held
    assert book.account().next_action_at == at("2026-04-16")
    book.remind("2026-04-15T15:00")
    book.remind("2026-04-16")

    assert subjects(book) == ["reminder_firm"]


def test_an_invoice_issued_shortly_before_its_due_date_gets_no_notice_of_it(book: Book) -> None:
    book.issued(due_date="2026-03-04")

    for day in ("2026-03-02T15:00", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"):
        book.remind(day)
    assert book.messages() == []
    book.remind("2026-03-09")

    assert subjects(book) == ["reminder_first"]


def test_frozen_sending_loses_no_step(book: Book) -> None:
    book.issued()
    book.freeze_sending()
    book.remind(FIRST_DAY)
    assert book.messages() == []

    change_company(book.ports, sending_frozen=False)
    book.remind("2026-04-07")

    assert subjects(book) == ["reminder_first"]


def test_a_new_time_zone_moves_the_next_reminder(book: Book) -> None:
    book.issued()

    change_customer(
        book.ports, by_ana(), book.customer.id, {"time_zone": "America/Santiago"},
        expected_version=None,
    )  # fmt: skip

    assert book.account().next_action_at == at("2026-03-30T12:00")


def test_the_letter_is_in_the_zone_of_the_customer(book: Book) -> None:
    kiwi = a_customer(book.ports, name="Kiwi Ltd", time_zone="Pacific/Auckland")
    an_issued_invoice(book.ports, kiwi.id, due_date="2026-04-01")

    # Five in the afternoon of 3 April in New Zealand: the step is due on the 4th, a Saturday.
    send_reminder(book.ports, system_context(at("2026-04-03T04:00")), kiwi.id, "EUR")
    assert book.messages() == []
    send_reminder(book.ports, system_context(at("2026-04-05T21:00")), kiwi.id, "EUR")

    assert [one.step for one in book.messages()] == [3]
