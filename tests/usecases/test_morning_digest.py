"""The morning's digest: what it says of a real book, when it goes out, and to whom."""

from datetime import date, timedelta

import pytest

from chalicelib.domain.staff_mail import Digest
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import system_context
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.morning_digest import send_digests
from chalicelib.usecases.ports import MailRefused
from chalicelib.usecases.promises import NewPromise, make_promise
from chalicelib.usecases.staff_mail import sweep_staff_mails
from chalicelib.usecases.watch_notices import watch_notices
from tests.builders import (
    Book,
    a_customer,
    a_payment,
    an_issued_invoice,
    at,
    by_ana,
    change_company,
)
from tests.second_person import ask, rule
from tests.staff import deliver, joins, mails_to, wishes

THURSDAY = "2026-04-16"
EIGHT = f"{THURSDAY}T06:00"
"""Eight in Madrid, in summer time."""


def digests(book: Book, when: str) -> int:
    return send_digests(book.ports, system_context(at(when)))


def digest_of(book: Book, name: str = "Adela") -> Digest:
    found = [mail.digest for mail in mails_to(book, name) if mail.digest is not None]
    assert len(found) == 1
    return found[0]


def a_book_with_a_yesterday(book: Book) -> None:
    """Fill a book: things happen on Wednesday 15 April, and are due on Thursday."""
    wednesday = at("2026-04-15")
    old = book.issued(100_000, due_date="2026-04-01")
    book.issued(50_000, due_date="2026-04-15")
    other = a_customer(book.ports, name="Otra, S.L.")
    an_issued_invoice(book.ports, other.id, 30_000)
    a_payment(book.ports, other.id, 30_000, wednesday)
    book.paid(20_000, when=wednesday, wanted=[(old.id, 20_000)])
    make_promise(book.ports, by_ana(at("2026-04-13")), NewPromise(
        customer_id=book.customer.id, currency="EUR", amount_minor=10_000,
        promised_on=date(2026, 4, 15),
    ))  # fmt: skip
    make_promise(book.ports, by_ana(at("2026-04-13")), NewPromise(
        customer_id=book.customer.id, currency="EUR", amount_minor=15_000,
        promised_on=date(2026, 4, 16),
    ))  # fmt: skip
    open_dispute(book.ports, by_ana(wednesday), NewDispute(
        invoice_id=old.id, reason="roto", amount_minor=5_000, deadline=date(2026, 5, 1),
    ))  # fmt: skip
    end_rests(book.ports, system_context(at("2026-04-16T05:00")))


def test_a_digest_says_what_came_in_what_is_overdue_and_what_to_do(book: Book) -> None:
    joins(book, "Adela", "admin")
    a_book_with_a_yesterday(book)

    assert digests(book, EIGHT) == 1

    digest = digest_of(book)
    assert (digest.day, digest.since) == (date(2026, 4, 16), date(2026, 4, 15))
    assert [(one.currency, one.amount_minor, one.count) for one in digest.money_in] == [
        ("EUR", 50_000, 2)
    ]
    assert [(one.customer_name, one.amount_minor) for one in digest.payments.items] == [
        ("Otra, S.L.", 30_000), (book.customer.name, 20_000),
    ]  # fmt: skip
    # Yesterday morning 1,000.00 of the customer and 300.00 of the other (due 1 April) were overdue;
    # 200.00 and 300.00 came in, and 500.00 fell due.
    assert [(one.amount_minor, one.change_minor) for one in digest.overdue] == [(130_000, 0)]
    assert [(one.amount_minor, one.day) for one in digest.promised_today.items] == [
        (15_000, date(2026, 4, 16))
    ]
    assert [(one.amount_minor, one.day) for one in digest.promises_broken.items] == [
        (10_000, date(2026, 4, 15))
    ]
    assert [(one.amount_minor, one.number) for one in digest.disputes_opened.items] == [
        (5_000, "A-000001")
    ]
    assert digest.disputes_late.count == 0
    assert digest.work == {"promise_broken": 1}


def test_how_the_overdue_moved_is_measured_from_digest_to_digest(book: Book) -> None:
    joins(book, "Adela", "admin")
    book.issued(100_000, due_date="2026-04-01")
    book.paid(30_000, when=at("2026-04-15"))

    digests(book, EIGHT)

    assert [(one.amount_minor, one.change_minor) for one in digest_of(book).overdue] == [
        (70_000, -30_000)
    ]


def test_on_a_monday_it_tells_of_the_weekend_and_of_friday(book: Book) -> None:
    joins(book, "Adela", "admin")
    for day in ("2026-04-16", "2026-04-17", "2026-04-18", "2026-04-19"):
        book.paid(1_000, when=at(day))

    digests(book, "2026-04-20T06:00")

    digest = digest_of(book)
    assert digest.since == date(2026, 4, 17)
    assert [one.amount_minor for one in digest.money_in] == [3_000]


def test_money_of_the_month_before_counts_on_the_first(book: Book) -> None:
    joins(book, "Adela", "admin")
    for day in ("2026-04-30", "2026-05-01", "2026-05-02"):
        book.paid(1_000, when=at(day))

    digests(book, "2026-05-04T06:00")

    assert [one.amount_minor for one in digest_of(book).money_in] == [2_000]


def test_a_disputes_deadline_and_waiting_approvals_are_told(book: Book) -> None:
    joins(book, "Adela", "admin")
    joins(book, "Ana")
    open_dispute(book.ports, by_ana(), NewDispute(
        invoice_id=book.issued().id, reason="x", deadline=date(2026, 4, 14)
    ))  # fmt: skip
    rule(book)
    ask(book)

    digests(book, EIGHT)

    assert digest_of(book).disputes_late.count == 1
    assert digest_of(book).approvals_waiting == 1
    assert digest_of(book, "Ana").approvals_waiting == 0  # she asked for it herself


def test_accounts_that_are_due_today_are_counted(book: Book) -> None:
    joins(book, "Adela", "admin")
    book.issued(due_date="2026-04-13")  # its first reminder is due on the 16th
    other = a_customer(book.ports, name="Otra, S.L.")
    an_issued_invoice(book.ports, other.id, due_date="2026-04-25")

    digests(book, EIGHT)

    assert digest_of(book).reminders_today == 1


def test_with_nothing_to_say_there_is_no_mail(book: Book) -> None:
    joins(book, "Adela", "admin")
    before = book.snapshot()
    book.issued(100_000, due_date="2026-06-01")

    assert digests(book, EIGHT) == 0
    assert digests(book, "2026-04-16T07:00") == 0

    assert mails_to(book, "Adela") == []
    assert before != book.snapshot()


@pytest.mark.parametrize(
    "when",
    [
        "2026-04-16T05:59",  # a minute to eight
        "2026-04-16T18:00",  # eight in the evening
        "2026-04-18T06:00",  # a Saturday
        "2026-01-15T06:30",  # half past seven, in winter
    ],
)
def test_it_is_no_time_for_a_digest(book: Book, when: str) -> None:
    joins(book, "Adela", "admin")
    book.paid(1_000, when=at(when) - timedelta(days=1))
    before = book.snapshot()

    assert digests(book, when) == 0
    assert watch_notices(book.ports, system_context(at(when)))["digests"] == 0

    assert book.snapshot() == before


def test_on_a_holiday_nobody_reads_mail(book: Book) -> None:
    joins(book, "Adela", "admin")
    book.paid(1_000, when=at("2026-04-15"))
    book.fakes.holidays.given = {"ES": [date(2026, 4, 16)]}

    assert digests(book, EIGHT) == 0
    assert digests(book, "2026-04-17T06:00") == 1

    assert digest_of(book).since == date(2026, 4, 15)


def test_a_day_has_one_digest_however_often_it_is_asked_for(book: Book) -> None:
    joins(book, "Adela", "admin")
    book.paid(1_000, when=at("2026-04-15"))

    counts = [
        digests(book, when) for when in (EIGHT, EIGHT, "2026-04-16T10:00", "2026-04-15T10:00")
    ]

    assert counts == [1, 0, 0, 0]
    assert len(mails_to(book, "Adela")) == 1


def test_a_missed_one_goes_out_late_the_same_day_and_never_for_yesterday(book: Book) -> None:
    joins(book, "Adela", "admin")
    book.paid(1_000, when=at("2026-04-14"))
    book.paid(2_000, when=at("2026-04-15"))

    watched = watch_notices(book.ports, system_context(at("2026-04-16T15:00")))
    digests(book, "2026-04-16T15:00")

    assert watched["digests"] == 1
    assert [one.amount_minor for one in digest_of(book).money_in] == [2_000]


def test_one_that_the_provider_keeps_refusing_is_dropped_when_its_day_is_over(book: Book) -> None:
    joins(book, "Adela", "admin")
    book.paid(1_000, when=at("2026-04-15"))
    digests(book, EIGHT)
    book.fakes.mailer.faults = [
        MailRefused("quota", is_temporary=True, not_before=at("2026-04-17T00:30"))
    ]
    deliver(book, at(EIGHT))

    sweep_staff_mails(book.ports, system_context(at("2026-04-17T01:00")))
    deliver(book, at("2026-04-17T01:00"))

    (mail,) = mails_to(book, "Adela")
    assert (mail.state, mail.reason) == ("suppressed", "late")
    assert book.fakes.mailer.accepted == []


def test_a_tick_that_is_run_as_of_another_day_makes_the_mail_of_that_day(book: Book) -> None:
    joins(book, "Adela", "admin")
    book.paid(1_000, when=at("2026-04-15"))
    digests(book, EIGHT)

    deliver(book, at("2026-03-02"))  # as the clock on the wall has it

    assert [mail.state for mail in mails_to(book, "Adela")] == ["sent"]


def test_what_is_missed_while_sending_is_frozen_goes_out_when_it_is_not(book: Book) -> None:
    joins(book, "Adela", "admin")
    book.paid(1_000, when=at("2026-04-15"))
    book.freeze_sending()

    assert digests(book, EIGHT) == 0
    change_company(book.ports, sending_frozen=False)
    assert digests(book, "2026-04-16T11:00") == 1


def test_everybody_hears_of_what_they_chose_and_of_their_own_customers(book: Book) -> None:
    joins(book, "Carlos", "collector")
    joins(book, "Diana", "collector")
    joins(book, "Victor", "viewer")
    joins(book, "Elena", notices=wishes("off"))
    a_book_with_a_yesterday(book)
    change_customer(
        book.ports, by_ana(), book.customer.id, {"owner": "diana@saldo.example"},
        expected_version=None,
    )  # fmt: skip

    digests(book, EIGHT)

    of_carlos, of_diana = digest_of(book, "Carlos"), digest_of(book, "Diana")
    assert [one.customer_name for one in of_carlos.payments.items] == ["Otra, S.L."]
    assert of_carlos.promises_broken.count == 0
    assert len(of_diana.payments.items) == 2
    assert of_diana.promises_broken.count == 1
    assert mails_to(book, "Victor") == []
    assert digest_of(book, "Elena").money_in == ()


def test_a_run_that_died_half_way_is_taken_up_and_nobody_gets_two(book: Book) -> None:
    joins(book, "Adela", "admin")
    joins(book, "Berta", "admin")
    book.paid(1_000, when=at("2026-04-15"))
    commit = book.ports.store.commit
    written: list[int] = []

    def die(writes: object) -> None:
        if written:
            raise KeyboardInterrupt
        written.append(1)
        commit(writes)  # type: ignore[arg-type]

    book.ports.store.commit = die  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        digests(book, EIGHT)
    book.ports.store.commit = commit  # type: ignore[method-assign]

    assert digests(book, "2026-04-16T06:05") == 1
    sweep_staff_mails(book.ports, system_context(at("2026-04-16T06:10")))
    deliver(book, at("2026-04-16T06:10"))

    assert len(book.all(type(mails_to(book, "Adela")[0]))) == 2
    assert len(book.fakes.mailer.accepted) == 2
