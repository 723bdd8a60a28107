"""Credit limits: what is at stake with one more invoice, and what happens when it is too much."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.approval import Approval
from chalicelib.domain.errors import InvalidField, NotAllowed, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.create_customer import NewCustomer, create_customer
from chalicelib.usecases.issue_invoice import IssueOrder, issue_invoice
from chalicelib.usecases.read_customers import Credit, read_credit, read_customer
from chalicelib.usecases.read_invoice import read_invoice
from tests.builders import ANA, NOON, Book, a_draft, by_ana, change_company
from tests.second_person import approval_of, ask, code_of, rule, say_yes

ASKING = IssueOrder(ask_approval=True)
COLLECTOR = replace(by_ana(), actor=ANA.but(role="collector"))


def limit(book: Book, limit_minor: int | None, **changes: Any) -> None:
    change_customer(
        book.ports, by_ana(), book.customer.id, {"credit_limit_minor": limit_minor, **changes},
        expected_version=None,
    )  # fmt: skip


def block(book: Book) -> None:
    change_company(book.ports, credit_limit_action="block")


def credit(book: Book) -> Credit:
    return read_credit(book.ports, read_customer(book.ports, book.customer.id))


def figures(book: Book) -> tuple[int, int | None, int | None, int]:
    """Exposure, limit, what is available, and what waits for approval."""
    now = credit(book)
    return (
        now.exposure.exposure_minor,
        now.exposure.limit_minor,
        now.exposure.available_minor,
        now.pending_minor,
    )


def facts_of_issue(book: Book, invoice: Invoice) -> dict[str, Any]:
    timeline = read_invoice(book.ports, invoice.id).timeline
    return next(entry.facts for entry in timeline if entry.action == "invoice_issued")


def test_exposure_is_what_is_open_less_what_is_unapplied(book: Book) -> None:
    limit(book, 1_000)
    assert figures(book) == (0, 1_000, 1_000, 0)

    book.issued(700)
    book.paid(150, wanted=[])
    assert figures(book) == (550, 1_000, 450, 0)

    book.paid(900, wanted=[])
    assert figures(book) == (0, 1_000, 1_000, 0)


def test_what_waits_for_approval_is_shown_apart(book: Book) -> None:
    rule(book, 500)
    ask(book, total_minor=501)
    ask(book, total_minor=600)
    ask(book, total_minor=400)
    ask(book, total_minor=700, currency="USD")

    assert figures(book) == (400, None, None, 1_101)


def test_without_a_limit_anything_goes(book: Book) -> None:
    block(book)

    invoice = ask(book, total_minor=10**12)

    assert invoice.state == "issued"
    assert "warnings" not in facts_of_issue(book, invoice)


def test_up_to_the_limit_nobody_is_warned(book: Book) -> None:
    block(book)
    limit(book, 1_000)

    invoice = ask(book, total_minor=1_000)

    assert invoice.state == "issued"
    assert figures(book) == (1_000, 1_000, 0, 0)
    assert "warnings" not in facts_of_issue(book, invoice)


def test_beyond_the_limit_the_issue_is_warned_of(book: Book) -> None:
    limit(book, 1_000)
    book.issued(600)
    book.paid(100, wanted=[])

    invoice = ask(book, total_minor=501)

    facts = facts_of_issue(book, invoice)
    assert (invoice.state, facts["warnings"]) == ("issued", ["credit_limit"])
    assert (facts["exposure_minor"], facts["limit_minor"]) == (1_001, 1_000)
    assert figures(book) == (1_001, 1_000, -1, 0)


def test_beyond_a_limit_that_blocks_nothing_is_issued(book: Book) -> None:
    block(book)
    limit(book, 1_000_00)
    book.issued(600_00)
    draft = a_draft(book.ports, book.customer.id, 400_01)
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        issue_invoice(book.ports, by_ana(), draft.id, expected_version=None)

    assert refusal.value.code == "credit_limit"
    for amount in ("400.01 EUR", "1,000.01 EUR", "1,000.00 EUR"):
        assert amount in str(refusal.value)
    assert book.snapshot() == before


def test_money_that_is_not_applied_yet_makes_room(book: Book) -> None:
    block(book)
    limit(book, 1_000)
    book.issued(1_000)
    assert code_of(lambda: ask(book, total_minor=1)) == "credit_limit"

    book.paid(1, wanted=[])

    assert ask(book, total_minor=1).state == "issued"


def test_a_document_over_nothing_exceeds_no_limit(book: Book) -> None:
    book.issued(500)
    limit(book, 100)
    block(book)

    assert ask(book, total_minor=0).state == "paid"


def test_no_credit_at_all_is_a_limit_too(book: Book) -> None:
    limit(book, 0)
    block(book)

    assert code_of(lambda: ask(book, total_minor=1)) == "credit_limit"


def test_a_limit_is_in_the_customers_currency_only(book: Book) -> None:
    limit(book, 100)
    block(book)

    assert ask(book, total_minor=10_000, currency="USD").state == "issued"
    assert figures(book) == (0, 100, 100, 0)


def test_asked_for_approval_the_limit_lets_a_second_person_decide(book: Book) -> None:
    block(book)
    limit(book, 1_000)

    invoice = ask(book, total_minor=1_001, order=ASKING)

    assert invoice.state == "pending_approval"
    approval = approval_of(book, invoice)
    assert approval.reasons == ("credit_limit",)
    assert approval.request == {"send": False, "exposure_minor": 1_001, "limit_minor": 1_000}
    issued = say_yes(book, invoice)
    assert (issued.state, facts_of_issue(book, issued)["warnings"]) == ("issued", ["credit_limit"])
    assert figures(book) == (1_001, 1_000, -1, 0)


def test_asking_where_nothing_is_in_the_way_issues_at_once(book: Book) -> None:
    limit(book, 1_000)

    assert ask(book, total_minor=1_000, order=ASKING).state == "issued"
    assert ask(book, total_minor=1, order=ASKING).state == "issued"
    assert book.all(Approval) == []


def test_a_rule_and_the_limit_are_one_question(book: Book) -> None:
    rule(book, 500)
    block(book)
    limit(book, 600)

    invoice = ask(book, total_minor=700, order=ASKING)

    assert approval_of(book, invoice).reasons == ("rule", "credit_limit")
    assert say_yes(book, invoice).state == "issued"


def test_a_rule_that_asks_does_not_get_around_a_limit_that_blocks(book: Book) -> None:
    rule(book, 500)
    block(book)
    limit(book, 600)

    assert code_of(lambda: ask(book, total_minor=700)) == "credit_limit"

    assert book.all(Approval) == []


def test_a_limit_lowered_meanwhile_stops_what_was_asked_for_by_a_rule_alone(book: Book) -> None:
    rule(book, 500)
    block(book)
    limit(book, 1_000)
    invoice = ask(book, total_minor=700)
    limit(book, 600)
    before = book.snapshot()

    assert code_of(lambda: say_yes(book, invoice)) == "credit_limit"

    assert book.snapshot() == before
    limit(book, 700)
    assert say_yes(book, invoice).state == "issued"


def test_a_limit_lowered_further_is_what_the_approval_is_about(book: Book) -> None:
    block(book)
    limit(book, 600)
    invoice = ask(book, total_minor=700, order=ASKING)
    limit(book, 10)

    issued = say_yes(book, invoice)

    assert issued.state == "issued"
    facts = facts_of_issue(book, issued)
    assert (facts["exposure_minor"], facts["limit_minor"]) == (700, 10)


def test_a_limit_raised_meanwhile_is_no_obstacle_and_no_warning(book: Book) -> None:
    block(book)
    limit(book, 600)
    invoice = ask(book, total_minor=700, order=ASKING)
    limit(book, 5_000)

    issued = say_yes(book, invoice)

    assert "warnings" not in facts_of_issue(book, issued)


def test_two_that_fit_one_by_one_do_not_fit_together(book: Book) -> None:
    rule(book, 500)
    block(book)
    limit(book, 1_000)
    first, second = ask(book, total_minor=600), ask(book, total_minor=600)
    say_yes(book, first)
    before = book.snapshot()

    assert code_of(lambda: say_yes(book, second)) == "credit_limit"

    assert book.snapshot() == before


def test_a_limit_is_an_accountants_to_set(book: Book) -> None:
    limit(book, 1_000)
    before = book.snapshot()

    with pytest.raises(NotAllowed):
        change_customer(
            book.ports, COLLECTOR, book.customer.id, {"credit_limit_minor": 2_000},
            expected_version=None,
        )  # fmt: skip
    new = NewCustomer(name="Nueva", country="ES", credit_limit_minor=5)
    with pytest.raises(NotAllowed):
        create_customer(book.ports, COLLECTOR, new)

    assert book.snapshot() == before
    unchanged = {"phone": "976", "credit_limit_minor": 1_000}
    after = change_customer(
        book.ports, COLLECTOR, book.customer.id, unchanged, expected_version=None
    )
    assert (after.phone, after.credit_limit_minor) == ("976", 1_000)


def test_a_customer_whose_currency_changes_needs_a_limit_in_the_new_one(book: Book) -> None:
    limit(book, 1_000)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        change_customer(
            book.ports, by_ana(), book.customer.id, {"currency": "JPY"}, expected_version=None
        )

    assert (refusal.value.pointer, refusal.value.field_code) == (
        "/credit_limit_minor", "limit_in_other_currency",
    )  # fmt: skip
    assert book.snapshot() == before
    limit(book, 160_000, currency="JPY")
    assert credit(book).exposure.currency == "JPY"
    limit(book, None, currency="EUR")
    assert figures(book) == (0, None, None, 0)


def test_a_customer_is_entered_with_a_limit(book: Book) -> None:
    new = NewCustomer(name="Nueva", country="ES", credit_limit_minor=5)

    assert create_customer(book.ports, by_ana(NOON), new).credit_limit_minor == 5
