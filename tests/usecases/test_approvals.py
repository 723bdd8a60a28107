"""Approvals: what rules want a second person for waits, and nothing happens meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from chalicelib.domain.approval import Approval, ApprovalRule
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.usecases.approvals import approval_needed
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.draft_invoice import change_draft, delete_draft
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.read_invoice import read_invoice
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.staff_listings import approvals_in
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import ANA, NOON, Book, a_draft, at, by_ana, by_bea, change_company
from tests.second_person import SEND, approval_of, ask, code_of, rule, say_yes, write_off_asked


@pytest.fixture
def waiting(book: Book) -> Invoice:
    """An invoice that Ana wants to issue and that needs a second person."""
    rule(book)
    return ask(book)


def test_more_than_the_rule_allows_waits_and_owes_nothing(book: Book) -> None:
    rule(book)

    invoice = ask(book)

    assert (invoice.state, invoice.number, invoice.open_minor) == ("pending_approval", None, 0)
    assert book.invoice(invoice) == invoice
    assert (book.all(RegisterEntry), book.all(Entry)) == ([], [])
    approval = approval_of(book, invoice)
    assert (approval.what, approval.state, approval.reasons) == ("issue", "waiting", ("rule",))
    assert (approval.amount_minor, approval.currency) == (100_001, "EUR")
    assert (approval.requested_by, approval.requested_by_name) == (ANA.id, "Ana")
    assert (approval.requested_at, approval.request) == (NOON, {"send": False})


def test_exactly_what_the_rule_allows_is_issued_at_once(book: Book) -> None:
    rule(book)

    invoice = ask(book, total_minor=100_000)

    assert (invoice.state, invoice.number) == ("issued", "A-000001")
    assert book.all(Approval) == []


@pytest.mark.parametrize(
    ("narrowed", "waits"),
    [
        ({}, True),
        ({"series": "A"}, True),
        ({"series": "B"}, False),
        ({"customer_id": "own"}, True),
        ({"customer_id": "cus_other"}, False),
        ({"customer_id": "own", "series": "A"}, True),
        ({"customer_id": "own", "series": "B"}, False),
        ({"currency": "USD"}, False),
        ({"what": "write_off"}, False),
        ({"over_minor": 100_001}, False),
        ({"over_minor": 0}, True),
    ],
)
def test_a_rule_asks_only_when_all_of_its_conditions_hold(
    book: Book, narrowed: dict[str, Any], waits: bool
) -> None:
    if narrowed.get("customer_id") == "own":
        narrowed = narrowed | {"customer_id": book.customer.id}
    rule(book, **narrowed)

    assert ask(book).state == ("pending_approval" if waits else "issued")


def test_one_of_several_rules_is_enough(book: Book) -> None:
    far = ApprovalRule(what="issue", over_minor=10**9, currency="EUR")
    near = ApprovalRule(what="issue", over_minor=10, currency="EUR", series="A")
    change_company(book.ports, approval_rules=(far, near))

    assert ask(book, total_minor=11).state == "pending_approval"


def test_a_write_off_has_rules_of_its_own(book: Book) -> None:
    rule(book, what="write_off", over_minor=500)
    about = {"currency": "EUR", "customer_id": book.customer.id, "series": "A"}
    company = company_of(book.ports)

    assert approval_needed(company, "write_off", amount_minor=501, **about)
    assert not approval_needed(company, "write_off", amount_minor=500, **about)
    assert not approval_needed(company, "issue", amount_minor=501, **about)


def test_there_is_no_way_around_an_approval_that_waits(book: Book, waiting: Invoice) -> None:
    ports = book.ports
    before = book.snapshot()

    refusals = [
        code_of(lambda: issue_invoice(ports, by_bea(), waiting.id, expected_version=None)),
        code_of(lambda: change_draft(ports, by_bea(), waiting.id, {"notes": "x"},
                                     expected_version=None)),
        code_of(lambda: delete_draft(ports, by_bea(), waiting.id, expected_version=None)),
        code_of(lambda: send_invoice(ports, by_bea(), waiting.id, again=False)),
        code_of(lambda: void_invoice(ports, by_bea(), waiting.id, reason=None,
                                     expected_version=None)),
    ]  # fmt: skip

    assert refusals == [*["waiting_for_approval"] * 3, "not_issued", "not_voidable"]
    assert book.snapshot() == before


def test_twenty_who_ask_at_once_ask_one_question(book: Book) -> None:
    rule(book)
    draft = a_draft(book.ports, book.customer.id, 200_000)

    def attempt(_: int) -> str:
        try:
            return issue_invoice(book.ports, by_ana(), draft.id, expected_version=None).state
        except StateConflict as refusal:
            return refusal.code

    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(attempt, range(20)))

    assert outcomes == ["pending_approval", *["waiting_for_approval"] * 19]
    assert len(book.all(Approval)) == 1


def test_what_cannot_be_issued_is_not_asked_for(book: Book) -> None:
    rule(book)
    book.issued(issue_date="2026-03-02")
    before = len(book.all(Approval))

    with pytest.raises(StateConflict, match="2026-03-02"):
        ask(book, issue_date=date(2026, 3, 1))
    with pytest.raises(InvalidField):
        ask(book, issue_date=date(2062, 3, 1))

    assert len(book.all(Approval)) == before == 0


def test_a_mail_that_cannot_go_out_does_not_stop_the_issue(book: Book) -> None:
    change_customer(
        book.ports, by_ana(), book.customer.id, {"email": None}, expected_version=None
    )  # fmt: skip

    invoice = ask(book, order=SEND)

    (entry,) = (
        one
        for one in read_invoice(book.ports, invoice.id).timeline
        if one.action == "invoice_issued"
    )
    assert (invoice.state, invoice.mail_state) == ("issued", None)
    assert entry.facts["warnings"] == ["no_address"]
    assert book.messages() == []


def test_the_inbox_shows_what_waits_longest_first_and_lets_go_of_what_is_decided(
    book: Book,
) -> None:
    rule(book)
    first, second, third = (
        ask(book, by_ana(at(day))) for day in ("2026-03-02", "2026-03-03", "2026-03-04")
    )
    say_yes(book, second)

    shown = book.ports.store.rows(approvals_in("waiting"), limit=10).items
    decided = book.ports.store.rows(approvals_in("approved"), limit=10).items

    assert [row["invoice_id"] for row in shown] == [first.id, third.id]
    assert [row["invoice_id"] for row in decided] == [second.id]
    assert (shown[0]["requested_by_name"], shown[0]["reasons"]) == ("Ana", ["rule"])


def test_an_issued_invoice_stays_what_it_is_while_a_question_about_it_waits(book: Book) -> None:
    invoice = book.issued(100)

    after = write_off_asked(book, invoice)

    assert (after.state, after.open_minor) == ("issued", 100)
    assert approval_of(book, invoice).number == "A-000001"
    assert code_of(lambda: write_off_asked(book, after)) == "waiting_for_approval"
    book.paid(40)
    assert book.invoice(invoice).open_minor == 60
