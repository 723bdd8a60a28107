"""A limit of the whole company: mail waits for its end, and one task says so."""

from datetime import timedelta

import pytest

from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.ports import MailRefused
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.sweep import sweep
from tests.builders import Book, a_customer, an_issued_invoice, at, by_ana
from tests.usecases.reminding import only_message

MORNING = "2026-04-06T08:00"
"""A Monday, ten in the morning in Madrid; a reminder is due."""


def quota(when: str = MORNING) -> MailRefused:
    """What the mailer says when the quota of 24 hours is used up."""
    not_before = at(when) + timedelta(days=1)
    return MailRefused("Daily message quota exceeded.", is_temporary=True, not_before=not_before)


def deliver(book: Book, when: str) -> None:
    for body in book.fakes.queues.bodies("mail"):
        deliver_document(
            book.ports, system_context(at(when)), body["customer_id"], body["message_id"]
        )


def test_a_quota_is_not_counted_against_the_mail_and_is_waited_for(book: Book) -> None:
    send_invoice(book.ports, by_ana(), book.issued().id, again=False)
    book.fakes.mailer.faults = [quota()]
    deliver(book, MORNING)
    message = only_message(book)
    assert (message.state, message.attempts, message.not_before) == (
        "queued", 0, at("2026-04-07T08:00"),
    )  # fmt: skip

    deliver(book, "2026-04-07T07:59")
    assert only_message(book) == message
    deliver(book, "2026-04-07T08:00")

    assert (only_message(book).state, only_message(book).attempts) == ("sent", 1)
    assert only_message(book).not_before is None
    assert only_message(book).reason is None


def test_a_mail_waits_for_as_many_days_as_the_limit_lasts(book: Book) -> None:
    send_invoice(book.ports, by_ana(), book.issued().id, again=False)

    for day in range(7, 17):
        book.fakes.mailer.faults = [quota(f"2026-04-{day:02d}T08:00")]
        deliver(book, f"2026-04-{day:02d}T08:00")

    assert (only_message(book).state, only_message(book).attempts) == ("queued", 0)


def test_the_sweeper_leaves_alone_what_waits_for_the_provider(book: Book) -> None:
    send_invoice(book.ports, by_ana(), book.issued().id, again=False)
    book.fakes.mailer.faults = [quota()]
    deliver(book, MORNING)
    book.fakes.queues.take()

    counts = [
        sweep(book.ports, system_context(at(when)))["messages"]
        for when in ("2026-04-06T12:00", "2026-04-07T08:03")
    ]

    assert counts == [0, 1]
    assert [body["message_id"] for body in book.fakes.queues.bodies("mail")] == [
        only_message(book).id
    ]


def test_a_reminder_is_sent_on_the_next_day(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [quota()]

    book.remind(MORNING)

    message = only_message(book)
    assert (message.state, message.attempts) == ("planned", 0)
    assert book.account().next_action_at == at("2026-04-07T08:00")
    book.remind("2026-04-07T08:00")
    assert (only_message(book).state, only_message(book).attempts) == ("sent", 1)


def test_there_is_one_task_a_day_however_many_mails_wait(book: Book) -> None:
    for name in ("Uno", "Dos", "Tres"):
        customer = a_customer(book.ports, name=name, email=f"{name}@x.example")
        invoice = an_issued_invoice(book.ports, customer.id)
        send_invoice(book.ports, by_ana(), invoice.id, again=False)
    book.fakes.mailer.faults = [quota()] * 3
    deliver(book, MORNING)
    book.fakes.mailer.faults = [quota("2026-04-07T08:01")] * 3
    deliver(book, "2026-04-07T08:01")

    assert [(item.key, item.what, item.customer_id, item.detail) for item in book.work()] == [
        ("sending-limit-2026-04-06", "sending_limit", None, "Daily message quota exceeded."),
        ("sending-limit-2026-04-07", "sending_limit", None, "Daily message quota exceeded."),
    ]


@pytest.mark.parametrize("attempts", [4, 5])
def test_a_limit_of_one_second_is_tried_again_at_once_and_counts(book: Book, attempts: int) -> None:
    send_invoice(book.ports, by_ana(), book.issued().id, again=False)
    rate = MailRefused("Maximum sending rate exceeded.", is_temporary=True)
    book.fakes.mailer.faults = [rate] * attempts

    for _ in range(attempts):
        deliver(book, MORNING)

    assert only_message(book).state == ("queued" if attempts == 4 else "refused")
    assert only_message(book).not_before is None
    assert "sending_limit" not in [item.what for item in book.work()]
