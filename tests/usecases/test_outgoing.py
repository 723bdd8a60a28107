"""What goes out today, to whom and why not; and the next message of one customer."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.customer import Contact
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.message import Suppression
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.forecast import Forecast
from chalicelib.usecases.next_messages import next_messages
from chalicelib.usecases.outgoing import outgoing
from chalicelib.usecases.ports import Insert
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
from tests.usecases.reminding import FIRST_DAY


def today(book: Book, when: str, day: str | None = None) -> list[Forecast]:
    before = book.snapshot()
    found = outgoing(book.ports, by_ana(at(when)), date.fromisoformat(day or when[:10]))
    assert book.snapshot() == before
    return list(found.forecasts)


def test_what_is_due_today_is_listed_with_its_hour_and_step(book: Book) -> None:
    book.issued()
    lima = a_customer(book.ports, name="Lima, S.A.", time_zone="America/Lima")
    an_issued_invoice(book.ports, lima.id)
    later = a_customer(book.ports, name="Más tarde")
    an_issued_invoice(book.ports, later.id, due_date="2026-09-01")

    found = today(book, "2026-04-06T05:00")

    assert [
        (one.desk.customer.name, one.at, one.step.id if one.step else None) for one in found
    ] == [
        ("Distribuciones Peñarroya, S.A.", at("2026-04-06T07:00"), "first"),
        ("Lima, S.A.", at("2026-04-06T14:00"), "first"),
    ]
    assert [one.recipients[0].address for one in found] == [book.customer.email, lima.email]
    assert today(book, "2026-04-05T05:00") == []
    assert len(today(book, "2026-04-05T05:00", "2026-04-06")) == 2


@pytest.mark.parametrize("day", ["2027-04-08", "9999-12-31"])
def test_a_day_more_than_a_year_ahead_is_refused(book: Book, day: str) -> None:
    with pytest.raises(InvalidField):
        today(book, "2026-04-06T05:00", day)


def test_a_holiday_moves_it_to_the_next_working_day(book: Book) -> None:
    book.fakes.holidays.given["ES"] = [date(2026, 4, 6)]
    book.issued()

    assert today(book, "2026-04-06T05:00") == []
    book.remind(FIRST_DAY)

    assert book.fakes.mailer.accepted == []
    assert book.account().next_action_at == at("2026-04-07T07:00")
    assert [one.at for one in today(book, "2026-04-07T05:00")] == [at("2026-04-07T07:00")]


def test_a_region_has_holidays_of_its_own_and_the_company_days_off(book: Book) -> None:
    book.fakes.holidays.given["ES-MD"] = [date(2026, 4, 6)]
    change_company(book.ports, days_off=(date(2026, 4, 7),))
    change_customer(book.ports, by_ana(), book.customer.id, {"region": "MD"}, expected_version=None)
    book.issued()

    book.remind(FIRST_DAY)

    assert book.account().next_action_at == at("2026-04-08T07:00")


def test_what_is_held_today_is_listed_with_the_reason_and_noted_once(book: Book) -> None:
    invoice = book.issued()
    now = at("2026-04-02")
    provider_says(book.ports, a_fact("processing", invoice_id=invoice.id, occurred_at=now), now)

    (held,) = today(book, "2026-04-06T05:00")
    assert (held.reason_none, held.reminder) == ("pending", None)

    book.remind(FIRST_DAY)
    book.remind(FIRST_DAY)
    notes = [one for one in book.audit() if one.action == "reminder_held"]
    assert [(one.facts["reason"], one.facts["step"]) for one in notes] == [("pending", 3)]
    assert today(book, "2026-04-06T12:00") == []


def test_an_address_that_must_not_be_written_to_is_said_beforehand(book: Book) -> None:
    book.issued()
    one = Suppression(address=book.customer.email or "", reason="bounced", since=at("2026-03-01"))
    book.ports.store.commit([Insert(one)])

    (found,) = today(book, "2026-04-06T05:00")

    assert (found.reason_none, found.recipients) == ("address_bounced", ())


def test_frozen_sending_is_the_reason_for_everybody(book: Book) -> None:
    book.issued()
    book.freeze_sending()

    (found,) = today(book, "2026-04-06T05:00")

    assert found.reason_none == "sending_frozen"


def test_the_next_message_is_shown_to_each_contact_in_its_language(book: Book) -> None:
    contacts: Any = [
        Contact(id="a", name="Ana", email="ana@p.example", roles=("reminders",)),
        Contact(id="b", name="Bob", email="bob@p.example", roles=("reminders",), language="en"),
        Contact(id="c", name="Copia", email="c@p.example", roles=("reminders",), is_copy=True),
    ]
    change_customer(
        book.ports, by_ana(), book.customer.id, {"contacts": contacts}, expected_version=None
    )
    book.issued()

    messages = next_messages(book.ports, by_ana(), book.customer.id)

    shown = [(one.recipient, one.content) for one in messages]
    assert [(who.address, who.language, who.copies) for who, _ in shown if who] == [
        ("ana@p.example", "es", ("c@p.example",)), ("bob@p.example", "en", ()),
    ]  # fmt: skip
    assert [content.subject for _, content in shown if content] == ["reminder_before"] * 2


def test_mail_is_spread_after_the_opening_the_same_way_each_day(book: Book) -> None:
    change_company(book.ports, spread_minutes=60)
    names = [a_customer(book.ports, name=f"Cliente {number}").id for number in range(12)]
    for customer_id in names:
        an_issued_invoice(book.ports, customer_id)

    opened = [book.account(customer_id).next_action_at for customer_id in names]

    assert len(set(opened)) > 6
    assert all(at("2026-03-30T07:00") <= one <= at("2026-03-30T08:00") for one in opened if one)
