"""The example is a believable book that keeps every rule of the books, whatever the day."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.approval import Approval
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.mail_template import MailTemplate
from chalicelib.domain.message import Message
from chalicelib.domain.payment import Payment
from chalicelib.domain.policy import DunningBook
from chalicelib.domain.promise import Plan, Promise
from chalicelib.domain.recurring import RecurringInvoice
from chalicelib.domain.statement_run import StatementRun
from chalicelib.domain.work import WorkItem
from infra.local.cloud import LocalCloud
from infra.local.example.chase import (
    APPROVAL,
    CALL,
    FULL_MAILBOX,
    NO_ADDRESS,
    ON_HOLIDAY,
    PROMISE,
    STATEMENTS,
    UNCERTAIN,
)
from infra.local.example.load import live_through, load
from infra.local.example.people import FIRM_SEGMENT
from infra.local.providers.office import Office
from tests.fakes import MemoryTable, a_ports
from tests.invariants import Books, assert_books_hold, records_in

A_SATURDAY = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
EARLY_NEW_YEAR = datetime(2028, 1, 1, 5, 0, tzinfo=UTC)
LEAP_DAY = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module", params=[A_SATURDAY, EARLY_NEW_YEAR, LEAP_DAY], ids=str)
def now(request: pytest.FixtureRequest) -> datetime:
    instant: datetime = request.param
    return instant


@pytest.fixture(scope="module")
def table(now: datetime, tmp_path_factory: pytest.TempPathFactory) -> MemoryTable:
    table = MemoryTable()
    office = an_office(tmp_path_factory.mktemp("office"))
    live_through(a_ports(table=table), now, office)
    office.close()
    return table


def an_office(folder: Path) -> Office:
    return Office(folder, "http://localhost:1")


@pytest.fixture(scope="module")
def books(table: MemoryTable) -> Books:
    return Books(records_in(table))


def test_the_books_hold(table: MemoryTable) -> None:
    assert_books_hold(table)


def test_there_are_sixty_customers_and_two_taken_over_and_400_invoices(books: Books) -> None:
    customers = [one for one in books.all(Customer) if one.id != UNIDENTIFIED]

    assert len(customers) == 62
    assert len(books.all(Invoice)) == 400
    assert {one.currency for one in books.all(Invoice)} == {"EUR", "USD", "GBP"}
    assert len({one.tax_id for one in customers if one.country == "ES"}) == 53


def test_every_state_of_an_invoice_can_be_seen(books: Books, now: datetime) -> None:
    states = Counter(one.state for one in books.all(Invoice))
    overdue = [one for one in books.all(Invoice) if one.is_overdue(now.date())]

    assert states["draft"] == 6
    assert states["void"] == 1
    assert states["paid"] > 250
    assert states["issued"] > 30
    assert states["partially_paid"] > 0
    assert states["pending_approval"] == 1
    assert states["written_off"] == 1
    assert 15 < len(overdue) < 80
    assert {one.currency for one in overdue} == {"EUR", "USD", "GBP"}


def test_there_is_money_without_invoice_and_work_for_people(books: Books) -> None:
    unapplied = [one for one in books.all(Payment) if one.unapplied_minor]
    work = {one.what for one in books.all(WorkItem)}

    assert len(unapplied) == 3
    assert work >= {
        "address_bounced",
        "payment_unmatched",
        "payment_excess",
        "payment_failed",
        "promise_broken",
    }


def test_there_is_something_of_everything_that_can_be_agreed(books: Books) -> None:
    assert {one.state for one in books.all(Promise)} == {"open", "broken"}
    assert [one.state for one in books.all(Plan)] == ["open"]
    assert [one.state for one in books.all(Dispute)] == ["open", "open", "open"]
    assert [one.number for one in books.all(CreditNote)] == ["R-000001"]
    assert [one.state for one in books.all(Approval)] == ["waiting"]
    assert [(one.series, one.runs) for one in books.all(RecurringInvoice)] == [("CUOTA", 1)]


def test_mails_have_met_every_fate(books: Books) -> None:
    fates = Counter((one.purpose, one.state) for one in books.all(Message))
    reports = {fate.what for one in books.all(Message) for fate in one.fates}

    assert fates["reminder", "bounced"] + fates["invoice", "bounced"] == 1
    assert fates["invoice", "opened"] > 5
    assert fates["reminder", "delivered"] > 5
    assert fates["reminder", "unknown"] == 1
    assert fates["reminder", "undelivered"] == 1
    assert reports >= {"delayed", "delivered", "undelivered", "opened", "bounced"}


def test_a_bounced_address_is_written_to_on_paper(books: Books) -> None:
    letters = [one for one in books.all(Message) if one.channel == "letter"]
    posted = [one.posting.tracking for one in letters if one.posting]

    assert {one.customer_name for one in letters} == {NO_ADDRESS}
    assert sorted((one.state, one.step_id) for one in letters) == [
        ("sent", "first"),
        ("to_post", "second"),
    ]
    assert posted == ["CD0123456789ES"]


def test_the_chase_leaves_people_something_to_do(books: Books) -> None:
    work = {(one.what, one.customer_name) for one in books.all(WorkItem) if one.state == "open"}

    assert work >= {
        ("call_to_make", CALL),
        ("reminder_to_approve", APPROVAL),
        ("no_address", NO_ADDRESS),
        ("address_bounced", NO_ADDRESS),
        ("send_uncertain", UNCERTAIN),
        ("mail_undelivered", FULL_MAILBOX),
    }


def test_the_chase_is_silent_where_it_has_to_be(books: Books) -> None:
    reminders = [one for one in books.all(Message) if one.purpose == "reminder"]
    steps = {
        name: {one.step_id for one in reminders if one.customer_name == name}
        for name in (PROMISE, ON_HOLIDAY)
    }
    held = {one.facts["reason"] for one in books.all(AuditEntry) if one.action == "reminder_held"}

    assert steps == {PROMISE: {"before", "first"}, ON_HOLIDAY: {"before"}}
    assert held >= {"promise", "hold"}


def test_each_contact_is_written_to_in_their_language(books: Books) -> None:
    letters = [one for one in books.all(Message) if one.customer_name == "Editorial Cierzo, S.A."]
    reminders = [one for one in letters if one.purpose == "reminder"]

    assert {one.language for one in reminders} == {"es", "en"}
    assert {one.cc for one in reminders if one.language == "es"} == {
        ("compras@editorial-cierzo-s-a.example",)
    }


def test_the_ladders_are_not_one_for_all(books: Books) -> None:
    (book,) = books.all(DunningBook)
    (own,) = books.all(MailTemplate)

    assert book.segments == {FIRM_SEGMENT: "firm"}
    assert [one.name for one in books.all(Customer) if one.policy_id] == ["Editorial Cierzo, S.A."]
    assert (own.id, own.segment) == ("reminder_first", "pública")


def test_last_months_statements_went_to_those_who_wish_for_them(books: Books) -> None:
    statements = [one for one in books.all(Message) if one.purpose == "statement"]
    (run,) = books.all(StatementRun)

    assert {one.customer_name for one in statements} == {*STATEMENTS}
    assert (run.made, run.waiting) == (3, 0)
    assert [one.statements for one in books.all(Company)] == ["open"]


def test_nothing_lies_in_the_future(books: Books, now: datetime) -> None:
    invoices, payments = books.all(Invoice), books.all(Payment)

    assert max(one.created_at for one in invoices) <= now
    assert max(one.received_on for one in payments) <= now.date()
    assert max(one.created_at for one in payments) <= now


@pytest.mark.cloud
def test_the_real_table_gets_what_was_written(
    cloud: LocalCloud, cloud_table: str, tmp_path: Path
) -> None:
    dynamodb = cloud.client("dynamodb")

    office = an_office(tmp_path)
    load(a_ports(), A_SATURDAY, office, client=dynamodb, table=cloud_table)
    office.close()

    expected = MemoryTable()
    (tmp_path / "again").mkdir()
    again = an_office(tmp_path / "again")
    live_through(a_ports(table=expected), A_SATURDAY, again)
    again.close()
    assert count(dynamodb, cloud_table) == len(expected.items())


def count(dynamodb: Any, table: str) -> int:
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, Select="COUNT")
    return sum(page["Count"] for page in pages)
