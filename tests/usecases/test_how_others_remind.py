"""Mistakes of other collection systems in reminding, each as a test of its own.

From their public issue trackers and sources: reminders by the hundred, none at all, to the wrong
day, or about money that had come.
"""

from datetime import timedelta

import pytest

from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.policy import Step
from chalicelib.usecases.context import system_context
from chalicelib.usecases.holds import NewHold, make_hold
from chalicelib.usecases.nightly import queue_nightly_chores
from chalicelib.usecases.policies import change_policy
from chalicelib.usecases.ports import MailUncertain
from chalicelib.usecases.tick import queue_due_reminders
from tests.builders import Book, a_customer, an_issued_invoice, at, by_ana
from tests.usecases.reminding import FIRST_DAY, SECOND_DAY, TEMPORARY, only_message, subjects
from tests.worker import drain


def given_first_step(book: Book, **changes: object) -> None:
    step = Step(id="first", offset_days=3, template="reminder_first").but(**changes)
    change_policy(book.ports, by_ana(), "default", name="x", steps=[step], expected_version=None)
    book.fakes.queues.take()


def test_a_schedule_that_fires_a_thousand_times_sends_one_mail_and_charges_one_fee(
    book: Book,
) -> None:
    given_first_step(book, fee_minor=1_500)
    book.issued()

    for minute in range(1_000):
        when = at("2026-04-06T07:00") + timedelta(seconds=30 * minute)
        queue_due_reminders(book.ports, system_context(when))
        if minute % 100 == 0:
            drain(book.fakes, when)
    drain(book.fakes, at("2026-04-06T15:20"))

    assert subjects(book) == ["reminder_first"]
    assert [one.fee_minor for one in book.all(LateCharge)] == [1_500]


def test_no_fee_is_charged_for_a_mail_that_never_went_out(book: Book) -> None:
    given_first_step(book, fee_minor=1_500)
    book.issued()
    book.fakes.mailer.faults = [TEMPORARY]
    book.remind(FIRST_DAY)

    book.paid(100_000, when=at("2026-04-06T11:05"))

    night = at("2026-04-07T02:00")
    queue_nightly_chores(book.ports, system_context(night))
    drain(book.fakes, night)
    assert subjects(book) == []
    assert [one.state for one in book.all(LateCharge)] == ["waived"]


def test_a_provider_that_does_not_answer_gets_the_same_mail_once(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [MailUncertain("time-out after the mail was taken")]

    for hour in range(9, 18):
        book.remind(f"2026-04-06T{hour - 2:02d}:00")

    assert only_message(book).state == "unknown"
    assert [item.what for item in book.work()] == ["send_uncertain"]


@pytest.mark.parametrize(
    ("zone", "nine"),
    [
        ("Europe/Madrid", "2026-04-06T07:00"),
        ("America/Lima", "2026-04-06T14:00"),
        ("Pacific/Auckland", "2026-04-05T21:00"),  # still Sunday in Madrid
        ("Australia/Sydney", "2026-04-05T23:00"),  # clocks went back the night before
        ("America/Mexico_City", "2026-04-06T15:00"),
    ],
)
def test_a_day_that_differs_from_the_companys_is_the_customers(
    book: Book, zone: str, nine: str
) -> None:
    customer = a_customer(book.ports, name="Lejos, S.A.", time_zone=zone)
    an_issued_invoice(book.ports, customer.id)

    book.remind(at(nine) - timedelta(minutes=1), customer.id)
    assert subjects(book) == []
    book.remind(at(nine), customer.id)
    assert subjects(book) == ["reminder_first"]


def test_a_scheduler_that_slept_for_nine_days_sends_the_highest_step_once(book: Book) -> None:
    book.issued()

    book.remind(
        "2026-04-15T10:00"
    )  # nine days after the step of the 6th; that of the 8th passed too
    book.remind("2026-04-15T10:15")

    assert subjects(book) == ["reminder_second"]
    book.remind("2026-04-16")
    assert subjects(book) == ["reminder_second"]  # two days between two letters
    book.remind("2026-04-17")
    assert subjects(book) == ["reminder_second", "reminder_firm"]


def test_three_invoices_at_three_stages_give_one_mail_at_the_stage_of_the_oldest(
    book: Book,
) -> None:
    book.issued(due_date="2026-03-10")
    book.issued(due_date="2026-03-25")
    book.issued(due_date="2026-04-02")

    book.remind("2026-04-09")

    (mail,) = book.fakes.mailer.accepted
    assert mail.content.subject == "reminder_last"
    assert mail.content.text.count("=100000") == 3


def test_one_invoice_is_paused_until_a_day_and_the_others_are_chased(book: Book) -> None:
    paused = book.issued(30_000)
    book.issued(20_000)
    new = NewHold(
        customer_id=book.customer.id, currency="EUR", until=at("2026-04-20").date(),
        reason="agreed", invoice_ids=[paused.id],
    )  # fmt: skip
    make_hold(book.ports, by_ana(at("2026-04-01")), new)

    book.remind(FIRST_DAY)
    assert only_message(book).amount_minor == 20_000
    book.remind("2026-04-21")

    sent = sorted(book.messages(), key=lambda one: one.created_at)
    assert [one.amount_minor for one in sent] == [20_000, 50_000]


def test_a_step_is_not_done_because_nothing_had_to_be_sent_that_day(book: Book) -> None:
    invoice = book.issued(due_date="2026-05-01")

    for day in ("2026-03-05", "2026-03-20", "2026-04-10"):
        book.remind(day)

    item = book.account().item(invoice.id)
    assert item is not None
    assert (item.step_done, item.step_id) == (None, None)


def test_sending_later_each_time_does_not_move_the_ladder(book: Book) -> None:
    book.issued()

    book.remind("2026-04-06T15:59")
    book.remind(SECOND_DAY)
    book.remind("2026-04-16T15:00")

    assert subjects(book) == ["reminder_first", "reminder_second", "reminder_firm"]


def test_a_mail_failed_is_not_a_mail_sent(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [TEMPORARY]

    book.remind(FIRST_DAY)

    message = only_message(book)
    assert (message.state, message.sent_at) == ("planned", None)
