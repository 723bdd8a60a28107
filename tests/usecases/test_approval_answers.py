"""Answers to approvals: yes carries out what was asked for, once, and only by another's word."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from chalicelib.domain.access import SYSTEM, Actor
from chalicelib.domain.approval import Approval
from chalicelib.domain.errors import NotFound, Stale, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.usecases.approve import approve
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import Context
from chalicelib.usecases.draft_invoice import change_draft, delete_draft
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.read_invoice import read_invoice
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.staff_listings import approvals_in
from tests.builders import (
    ANA,
    BEA,
    NOON,
    Book,
    a_draft,
    a_fact,
    a_line,
    at,
    by_ana,
    by_bea,
    change_company,
    provider_says,
)
from tests.second_person import (
    OTHER_PROGRAM,
    PROGRAM,
    SEND,
    approval_of,
    ask,
    code_of,
    rule,
    say_no,
    say_yes,
    write_off_asked,
)


@pytest.fixture
def waiting(book: Book) -> Invoice:
    """An invoice that Ana wants to issue and that needs a second person."""
    rule(book)
    return ask(book)


def test_another_person_approves_and_the_invoice_is_issued(book: Book, waiting: Invoice) -> None:
    when = at("2026-03-05")

    invoice = say_yes(book, waiting, by_bea(when), note="Known customer")

    assert (invoice.state, invoice.number, invoice.approval_id) == ("issued", "A-000001", None)
    assert (invoice.issue_date, invoice.due_date) == (date(2026, 3, 5), date(2026, 4, 4))
    assert book.invoice(invoice) == invoice
    assert book.account().open_minor == 100_001
    approval = approval_of(book, invoice)
    assert (approval.state, approval.decided_by, approval.decided_by_name) == (
        "approved", BEA.id, "Bea",
    )  # fmt: skip
    assert (approval.decided_at, approval.note) == (when, "Known customer")
    file = read_invoice(book.ports, invoice.id)
    assert [entry.action for entry in file.timeline] == [
        "invoice_drafted", "approval_requested", "invoice_issued", "approval_given",
    ]  # fmt: skip
    assert file.approvals == (approval,)


@pytest.mark.parametrize("asker", [ANA, PROGRAM], ids=["person", "API key"])
def test_nobody_approves_what_they_asked_for(book: Book, asker: Actor) -> None:
    rule(book)
    invoice = ask(book, Context(asker, NOON))
    before = book.snapshot()

    assert code_of(lambda: say_yes(book, invoice, Context(asker, NOON))) == "four_eyes"

    assert book.snapshot() == before


@pytest.mark.parametrize(
    ("asker", "answerer"),
    [(PROGRAM, ANA), (ANA, PROGRAM), (PROGRAM, OTHER_PROGRAM), (SYSTEM, ANA), (SYSTEM, PROGRAM)],
    ids=lambda actor: actor.name,
)
def test_a_person_a_program_or_the_system_is_approved_by_another(
    book: Book, asker: Actor, answerer: Actor
) -> None:
    rule(book)
    invoice = ask(book, Context(asker, NOON))

    assert say_yes(book, invoice, Context(answerer, NOON)).state == "issued"


def test_a_greater_role_does_not_make_four_eyes(book: Book) -> None:
    rule(book)
    admin = Context(ANA.but(role="admin"), NOON)
    invoice = ask(book, admin)

    assert code_of(lambda: say_yes(book, invoice, admin)) == "four_eyes"


def test_rejected_it_is_a_draft_again_that_can_be_changed_and_asked_for_anew(
    book: Book, waiting: Invoice
) -> None:
    draft = say_no(book, waiting, reason="Wrong price")

    assert (draft.state, draft.approval_id, draft.number) == ("draft", None, None)
    first = approval_of(book, waiting)
    assert (first.state, first.decided_by, first.note) == ("rejected", BEA.id, "Wrong price")
    lines = {"lines": [a_line(200_000)]}
    change_draft(book.ports, by_ana(), draft.id, lines, expected_version=None)
    again = issue_invoice(book.ports, by_ana(), draft.id, expected_version=None)
    assert (again.state, approval_of(book, again).amount_minor) == ("pending_approval", 200_000)
    assert say_yes(book, again).number == "A-000001"
    assert [one.state for one in book.all(Approval)] == ["rejected", "approved"]


def test_whoever_asked_takes_the_question_back(book: Book, waiting: Invoice) -> None:
    draft = say_no(book, waiting, by_ana(), reason="Not yet")

    assert draft.state == "draft"
    approval = approval_of(book, waiting)
    assert (approval.state, approval.decided_by) == ("withdrawn", ANA.id)
    timeline = read_invoice(book.ports, waiting.id).timeline
    assert timeline[-1].action == "approval_withdrawn"


def test_an_answer_is_given_once(book: Book, waiting: Invoice) -> None:
    say_yes(book, waiting)
    before = book.snapshot()

    assert code_of(lambda: say_yes(book, waiting)) == "nothing_to_approve"
    assert code_of(lambda: say_no(book, waiting)) == "nothing_to_approve"

    assert book.snapshot() == before


def test_what_nobody_asked_for_cannot_be_approved(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id)
    issued = book.issued()
    before = book.snapshot()

    for invoice in (draft, issued):
        assert code_of(lambda one=invoice: say_yes(book, one)) == "nothing_to_approve"  # type: ignore[misc]
    with pytest.raises(NotFound):
        approve(book.ports, by_bea(), "inv_none", note=None, expected_version=None)

    assert book.snapshot() == before


def test_a_rejected_draft_can_be_thrown_away(book: Book, waiting: Invoice) -> None:
    say_no(book, waiting)

    delete_draft(book.ports, by_ana(), waiting.id, expected_version=None)

    with pytest.raises(NotFound):
        say_yes(book, waiting)
    assert book.ports.store.rows(approvals_in("waiting"), limit=10).items == ()


def test_an_approval_is_of_what_the_approver_has_seen(book: Book, waiting: Invoice) -> None:
    seen = waiting.version
    say_no(book, waiting, by_ana())
    lines = {"lines": [a_line(9_999_999)]}
    change_draft(book.ports, by_ana(), waiting.id, lines, expected_version=None)
    issue_invoice(book.ports, by_ana(), waiting.id, expected_version=None)
    before = book.snapshot()

    with pytest.raises(Stale):
        say_yes(book, waiting, expected_version=seen)
    with pytest.raises(Stale):
        say_no(book, waiting, expected_version=seen)

    assert book.snapshot() == before


def test_twenty_approvers_at_once_use_one_number(book: Book, waiting: Invoice) -> None:
    def attempt(number: int) -> str:
        other = Actor(id=f"p{number}@saldo.example", name="P", role="accountant")
        try:
            return say_yes(book, waiting, Context(other, NOON)).number or ""
        except StateConflict as refusal:
            return refusal.code

    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(attempt, range(20)))

    assert outcomes == ["A-000001", *["nothing_to_approve"] * 19]
    assert len(book.all(RegisterEntry)) == 1
    assert book.account().open_minor == 100_001


def test_of_yes_and_no_at_once_one_counts(book: Book) -> None:
    rule(book)
    for _ in range(10):
        invoice = ask(book)
        with ThreadPoolExecutor(2) as pool:
            answers = [pool.submit(say_yes, book, invoice), pool.submit(say_no, book, invoice)]
        refused = [one for one in answers if one.exception() is not None]

        assert len(refused) == 1
        assert book.invoice(invoice).state in ("issued", "draft")


def test_numbers_have_no_gap_for_what_waits(book: Book, waiting: Invoice) -> None:
    assert book.issued().number == "A-000001"

    assert say_yes(book, waiting).number == "A-000002"


def test_the_order_of_the_series_is_checked_when_it_is_approved(book: Book) -> None:
    rule(book)
    invoice = ask(book, issue_date=date(2026, 3, 1))
    book.issued(issue_date="2026-03-02")
    before = book.snapshot()

    assert code_of(lambda: say_yes(book, invoice)) == "series_order"

    assert book.snapshot() == before
    assert book.invoice(invoice).state == "pending_approval"


def test_the_document_says_what_is_true_when_it_is_issued(book: Book, waiting: Invoice) -> None:
    change_customer(
        book.ports, by_ana(), book.customer.id, {"name": "Otra, S.L.", "terms_days": 10},
        expected_version=None,
    )  # fmt: skip

    invoice = say_yes(book, waiting)

    assert (invoice.customer.name, invoice.due_date) == ("Otra, S.L.", date(2026, 3, 12))


def test_a_rule_that_has_gone_does_not_free_what_waits(book: Book, waiting: Invoice) -> None:
    change_company(book.ports, approval_rules=())

    assert code_of(
        lambda: issue_invoice(book.ports, by_ana(), waiting.id, expected_version=None)
    ) == "waiting_for_approval"  # fmt: skip
    assert say_yes(book, waiting).state == "issued"


def test_the_mail_that_was_asked_for_goes_out_with_the_approval_and_once(book: Book) -> None:
    rule(book)
    invoice = ask(book, order=SEND)
    assert (book.messages(), book.fakes.queues.messages) == ([], [])

    issued = say_yes(book, invoice)
    send_invoice(book.ports, by_bea(), invoice.id, again=False)

    (message,) = book.messages()
    assert (message.id, message.state, message.created_by) == (f"{invoice.id}-1", "queued", BEA.id)
    assert issued.mail_state == "queued"
    assert book.fakes.queues.bodies("mail") == [
        {"v": 1, "customer_id": book.customer.id, "message_id": message.id}
    ]


def test_without_being_asked_for_no_mail_goes_out(book: Book, waiting: Invoice) -> None:
    issued = say_yes(book, waiting)

    assert (issued.mail_state, book.messages()) == (None, [])


def test_money_for_an_invoice_that_waits_is_kept_and_settles_nothing(
    book: Book, waiting: Invoice
) -> None:
    provider_says(book.ports, a_fact(invoice_id=waiting.id))

    assert book.invoice(waiting) == waiting
    assert book.account().unapplied_minor == 100_000
    assert say_yes(book, waiting).open_minor == 100_001


def test_a_refused_write_off_leaves_the_invoice_owed(book: Book) -> None:
    invoice = book.issued(100)
    write_off_asked(book, invoice)

    after = say_no(book, invoice)

    assert (after.state, after.open_minor, after.approval_id) == ("issued", 100, None)
    assert approval_of(book, invoice).state == "rejected"
