"""A mail to a member of staff is sent once, to somebody who is still there, or it says why not."""

from datetime import timedelta

import pytest

from chalicelib.domain.work import WorkItem
from chalicelib.usecases.contents import OutgoingMail
from chalicelib.usecases.context import system_context
from chalicelib.usecases.people import person_ref
from chalicelib.usecases.ports import MailRefused, MailUncertain, Replace
from chalicelib.usecases.staff_mail import sweep_staff_mails
from tests.builders import (
    NOON,
    Book,
    at,
    found,
)
from tests.staff import deliver, joins, mails_to, tell

MINUTE = timedelta(minutes=1)


def test_somebody_who_is_removed_before_the_mail_leaves_gets_none(book: Book) -> None:
    carla = joins(book, "Carla")
    book.paid(1_000)
    tell(book)
    book.ports.store.commit([Replace(carla.next(active=False))])

    deliver(book)

    (mail,) = mails_to(book, "Carla")
    assert (mail.state, mail.reason) == ("suppressed", "left")
    assert book.fakes.mailer.accepted == []


def test_somebody_who_is_removed_at_the_last_moment_makes_the_claim_fail(book: Book) -> None:
    joins(book, "Carla")
    book.paid(1_000)
    tell(book)
    commit = book.ports.store.commit
    ran: list[int] = []

    def race(writes: object) -> None:
        if not ran:
            ran.append(1)
            person = found(book.ports, person_ref("carla@saldo.example"))
            commit([Replace(person.next(active=False))])
        commit(writes)  # type: ignore[arg-type]

    book.ports.store.commit = race  # type: ignore[method-assign]
    deliver(book)

    assert mails_to(book, "Carla")[0].state == "suppressed"
    assert book.fakes.mailer.accepted == []


def test_a_mail_of_which_nobody_knows_is_shown_and_never_repeated(book: Book) -> None:
    joins(book, "Carla")
    book.paid(1_000)
    tell(book)
    book.fakes.mailer.faults = [MailUncertain("no answer")]

    deliver(book)
    sweep_staff_mails(book.ports, system_context(at("2026-03-03")))
    deliver(book)

    (mail,) = mails_to(book, "Carla")
    assert (mail.state, mail.reason) == ("unknown", "no answer")
    assert [(item.what, item.detail) for item in book.work()] == [
        ("staff_mail_failed", "carla@saldo.example: no answer")
    ]
    assert book.fakes.mailer.accepted == []


def test_a_sender_that_died_leaves_a_mail_uncertain(book: Book) -> None:
    joins(book, "Carla")
    book.paid(1_000)
    tell(book)

    def die(_: OutgoingMail) -> None:
        raise KeyboardInterrupt

    book.fakes.mailer.before = die
    with pytest.raises(KeyboardInterrupt):
        deliver(book)
    book.fakes.mailer.before = None
    early = sweep_staff_mails(book.ports, system_context(NOON + 9 * MINUTE))
    late = sweep_staff_mails(book.ports, system_context(NOON + 11 * MINUTE))
    deliver(book)

    assert (early, late) == (0, 1)
    assert mails_to(book, "Carla")[0].state == "unknown"
    assert book.fakes.mailer.accepted == []


def test_a_refusal_of_the_moment_is_tried_again_and_given_up_after_five(book: Book) -> None:
    joins(book, "Carla")
    book.paid(1_000)
    tell(book)
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)] * 5
    now = NOON

    for _ in range(7):
        deliver(book, now)
        now += 11 * MINUTE
        sweep_staff_mails(book.ports, system_context(now))

    (mail,) = mails_to(book, "Carla")
    assert (mail.state, mail.attempts) == ("refused", 5)
    assert [item.what for item in book.all(WorkItem)] == ["staff_mail_failed"]
    assert book.fakes.mailer.accepted == []


def test_a_quota_of_the_day_is_no_attempt(book: Book) -> None:
    joins(book, "Carla")
    book.paid(1_000)
    tell(book)
    tomorrow = NOON + timedelta(days=1)
    book.fakes.mailer.faults = [MailRefused("quota", is_temporary=True, not_before=tomorrow)]

    deliver(book)
    sweep_staff_mails(book.ports, system_context(tomorrow - MINUTE))
    assert book.fakes.queues.messages == []
    sweep_staff_mails(book.ports, system_context(tomorrow + MINUTE))
    deliver(book, tomorrow + MINUTE)

    (mail,) = mails_to(book, "Carla")
    assert (mail.state, mail.attempts) == ("sent", 1)


def test_a_mail_is_written_in_the_language_of_its_reader(book: Book) -> None:
    joins(book, "Carla", language="en")
    joins(book, "Daniel")
    book.paid(1_000)
    tell(book)

    deliver(book)

    assert {mail.to: mail.content.subject for mail in book.fakes.mailer.accepted} == {
        "carla@saldo.example": "notices en", "daniel@saldo.example": "notices es",
    }  # fmt: skip
