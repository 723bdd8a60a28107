"""Telling staff dies before and after each of its calls; repeated, each is told once and of all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.identity import Person
from chalicelib.domain.notice_wishes import NOTICE_KINDS, NoticeWishes
from chalicelib.domain.staff_mail import StaffMail
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.deliver_staff_mail import deliver_staff_mail
from chalicelib.usecases.end_ladders import end_ladders
from chalicelib.usecases.morning_digest import send_digests
from chalicelib.usecases.notice_settings import NoticeSettings, change_notice_settings
from chalicelib.usecases.ports import MailRefused, MailUncertain, Ports
from chalicelib.usecases.staff_mail import sweep_staff_mails
from chalicelib.usecases.tell_staff import tell_staff
from chalicelib.usecases.watch_notices import watch_notices
from tests.builders import NOON, Book, at, by_ana
from tests.faults import Crash, CrashPoint, crashing
from tests.invariants import assert_books_hold
from tests.staff import joins, mails_to, tell, told, wishes
from tests.worker import drain

Act = Callable[[Ports], object]
EIGHT = at("2026-03-03T07:00")
PEOPLE = ("Carla", "Daniel")


@dataclass(frozen=True)
class Handler:
    """Something to crash."""

    arrange: Callable[[Book], Act]


def _news(book: Book) -> None:
    for name in PEOPLE:
        joins(book, name, notices=wishes(digest=False))
    book.paid(1_000)
    book.paid(2_000)


def _tell(book: Book) -> Act:
    _news(book)
    return lambda ports: tell_staff(ports, system_context(NOON))


def _deliver(*faults: BaseException) -> Callable[[Book], Act]:
    def arrange(book: Book) -> Act:
        _news(book)
        tell(book)
        book.fakes.mailer.faults = list(faults)
        mails = {name: mails_to(book, name)[0] for name in PEOPLE}

        def act(ports: Ports) -> None:
            for mail in mails.values():
                deliver_staff_mail(ports, system_context(NOON), mail.email, mail.id)

        return act

    return arrange


def _sweep(book: Book) -> Act:
    _news(book)
    tell(book)
    book.fakes.queues.take()
    return lambda ports: sweep_staff_mails(ports, system_context(NOON + timedelta(minutes=3)))


def _watch(book: Book) -> Act:
    _news(book)
    return lambda ports: watch_notices(ports, system_context(NOON))


HANDLERS = {
    "tell": Handler(_tell),
    "deliver": Handler(_deliver()),
    "deliver, refused": Handler(_deliver(MailRefused("rate", is_temporary=True))),
    "deliver, refused for good": Handler(_deliver(MailRefused("no", is_temporary=False))),
    "deliver, uncertain": Handler(_deliver(MailUncertain("?"))),
    "sweep": Handler(_sweep),
    "watch": Handler(_watch),
}


def crashed(book: Book, act: Act, point: CrashPoint) -> None:
    try:
        act(crashing(book.ports, point))
    except Crash:
        act(book.ports)


def settle(book: Book, context: Context) -> None:
    """Let the queues run empty and the sweeper look a few times."""
    for minutes in (0, 5, 15, 30):
        later = context.at + timedelta(minutes=minutes)
        drain(book.fakes, later)
        watch_notices(book.ports, system_context(later))
        drain(book.fakes, later)


@pytest.mark.parametrize("name", HANDLERS)
def test_each_is_told_of_everything_once_whatever_dies(name: str) -> None:
    whole = CrashPoint()
    book = Book()
    crashed(book, HANDLERS[name].arrange(book), whole)
    assert whole.calls

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            book = Book()
            crashed(book, HANDLERS[name].arrange(book), CrashPoint(call, after=after))
            settle(book, system_context(NOON))

            where = f"{whole.calls[call - 1]} (call {call}, {after=})"
            for person in PEOPLE:
                assert told(book, person) == ["payment_received"] * 2, where
                assert sum(mail.to == f"{person.lower()}@saldo.example"
                           for mail in book.fakes.mailer.accepted) <= 1, where  # fmt: skip
            assert {one.state for one in book.all(StaffMail)} <= {"sent", "unknown", "refused"}
            assert [one for one in book.all(AuditEntry) if one.tell_after is not None] == []
            lost = [one for one in book.all(StaffMail) if one.state != "sent"]
            assert len(book.work()) == len(lost), where
            assert_books_hold(book.fakes.table)


def test_digests_that_die_are_made_once_for_everybody() -> None:
    def arrange(book: Book) -> Act:
        for name in PEOPLE:
            joins(book, name)
        book.paid(1_000)
        return lambda ports: send_digests(ports, system_context(EIGHT))

    whole = CrashPoint()
    book = Book()
    crashed(book, arrange(book), whole)

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            book = Book()
            crashed(book, arrange(book), CrashPoint(call, after=after))
            settle(book, system_context(EIGHT))

            digests = [one for one in book.all(StaffMail) if one.what == "digest"]
            assert sorted(one.email for one in digests) == [
                "carla@saldo.example", "daniel@saldo.example",
            ]  # fmt: skip
            assert {one.state for one in digests} == {"sent"}


def test_the_end_of_a_ladder_is_told_once_whatever_dies() -> None:
    context = system_context(at("2026-05-10"))

    def arrange(book: Book) -> Act:
        book.issued()
        for day in ("2026-03-30", "2026-04-06", "2026-04-08", "2026-04-16", "2026-05-01"):
            book.remind(day)
        return lambda ports: end_ladders(ports, context)

    whole = CrashPoint()
    book = Book()
    crashed(book, arrange(book), whole)

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            book = Book()
            crashed(book, arrange(book), CrashPoint(call, after=after))

            assert [item.what for item in book.work()] == ["ladder_ended"]
            said = [one for one in book.all(AuditEntry) if one.action == "ladder_ended"]
            assert len(said) == 1


def test_a_change_of_wishes_that_dies_is_made_or_not() -> None:
    chosen = NoticeWishes(digest=False, only_mine=True, kinds=dict.fromkeys(NOTICE_KINDS, "off"))
    settings = NoticeSettings(chosen, "en")

    def act(ports: Ports) -> None:
        change_notice_settings(ports, by_ana(), settings, expected_version=None)

    whole = CrashPoint()
    book = Book()
    joins(book, "Ana")
    crashed(book, act, whole)

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            book = Book()
            joins(book, "Ana")
            crashed(book, act, CrashPoint(call, after=after))

            (ana,) = book.all(Person)
            assert (ana.notices, ana.language, ana.version) == (chosen, "en", 2)
