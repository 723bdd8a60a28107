"""The figures of how mail arrives, and the look that is taken at them every hour."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.deliverability import MailCounts, MailFigures
from chalicelib.events.mail_feedback import reports
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.deliverability import (
    BouncedAddress,
    BouncedDomain,
    read_deliverability,
    watch_deliverability,
)
from chalicelib.usecases.ports import Increase, MailRefused
from chalicelib.usecases.record_mail_event import record_mail_event
from chalicelib.usecases.send_invoice import send_invoice
from tests.builders import NOON, Book, a_customer, an_issued_invoice, at, by_ana
from tests.ses_events import a_bounce, an_event

TODAY = date(2026, 3, 2)


def counted(book: Book, day: str = "2026-03-02", **counts: int) -> None:
    """So many mails of a day reached so much."""
    one = MailCounts(day=date.fromisoformat(day), purpose="reminder", shard=0, **counts)
    book.ports.store.commit([Increase(one)])


def mailed(book: Book, name: str, *events: tuple[str, Any], when: datetime = NOON) -> None:
    """A customer gets an invoice by mail, of which SES reports these events."""
    customer = a_customer(book.ports, name=name, email=f"{name}@{name[:3]}.example")
    invoice = an_issued_invoice(book.ports, customer.id)
    send_invoice(book.ports, by_ana(when), invoice.id, again=False)
    message_id = f"{invoice.id}-1"
    deliver_document(book.ports, system_context(when), customer.id, message_id)
    for kind, what in events:
        event = an_event(kind, what, customer_id=customer.id, message_id=message_id)
        for report in reports(event):
            record_mail_event(book.ports, system_context(when), report)


@pytest.fixture
def bare() -> Book:
    """Its counters stand alone: no mail led to them."""
    return Book()


BOUNCE = ("Bounce", a_bounce("Permanent", "General", "x@x.example"))


def test_each_mail_counts_once_whatever_is_reported_how_often(book: Book) -> None:
    mailed(book, "ana", ("Open", None), ("Delivery", None), ("Open", None), ("Send", None))
    mailed(book, "eva", BOUNCE, ("Delivery", None), BOUNCE)
    mailed(book, "lia", ("DeliveryDelay", None), ("Complaint", None))

    found = read_deliverability(book.ports, TODAY, 30)

    expected = MailFigures(sent=3, delivered=2, opened=1, bounced=1, delayed=1, complained=1)
    assert found.total == expected
    assert found.by_day == {"2026-03-02": expected}
    assert found.by_purpose == {"invoice": expected}


def test_a_refusal_for_good_is_no_sending(book: Book) -> None:
    book.fakes.mailer.faults = [MailRefused("no", is_temporary=False)]

    mailed(book, "ana")

    assert read_deliverability(book.ports, TODAY, 1).total == MailFigures(refused=1)


def test_the_days_asked_for_may_lie_in_several_months(bare: Book) -> None:
    for day in ("2025-12-03", "2025-12-04", "2025-12-31", "2026-01-15", "2026-03-02"):
        counted(bare, day, sent=1)
    counted(bare, "2026-03-03", sent=1)

    found = read_deliverability(bare.ports, TODAY, 89)

    assert (found.first, found.last, found.total.sent) == (date(2025, 12, 4), TODAY, 4)
    assert list(found.by_day) == ["2025-12-04", "2025-12-31", "2026-01-15", "2026-03-02"]


def test_who_bounces_most_is_named(book: Book) -> None:
    for name in ("anabel", "anais", "eva"):
        mailed(book, name, BOUNCE)

    found = read_deliverability(book.ports, TODAY, 30)

    assert [(one.address, one.bounced, one.customer_name) for one in found.addresses] == [
        ("eva@eva.example", 1, "eva"),
        ("anais@ana.example", 1, "anais"),
        ("anabel@ana.example", 1, "anabel"),
    ]
    assert isinstance(found.addresses[0], BouncedAddress)
    assert found.domains == (BouncedDomain("ana.example", 2), BouncedDomain("eva.example", 1))
    assert read_deliverability(book.ports, TODAY + timedelta(days=1), 1).addresses == ()


@pytest.mark.parametrize(
    ("counts", "detail"),
    [
        ({"sent": 3, "bounced": 1}, None),
        ({"sent": 500, "bounced": 10}, None),
        ({"sent": 498, "bounced": 12, "complained": 1}, "12/498 = 2.41 %; 1/498 = 0.20 %"),
        ({"sent": 400, "complained": 2}, "0/400 = 0.00 %; 2/400 = 0.50 %"),
    ],
)
def test_too_many_bounces_or_complaints_are_told_once_a_day(
    bare: Book, counts: dict[str, int], detail: str | None
) -> None:
    counted(bare, "2026-02-27", **counts)

    for hour in range(5):
        watch_deliverability(bare.ports, system_context(at(f"2026-03-02T{10 + hour}:00")))

    assert [(item.key, item.what, item.detail) for item in bare.work()] == (
        [("deliverability-2026-03-02", "deliverability", detail)] if detail else []
    )


def test_only_the_last_week_is_looked_at_and_the_next_day_tells_anew(bare: Book) -> None:
    counted(bare, "2026-02-23", sent=200, bounced=20)

    for day in ("2026-03-01", "2026-03-02"):
        watch_deliverability(bare.ports, system_context(at(day)))

    assert [item.key for item in bare.work()] == ["deliverability-2026-03-01"]
