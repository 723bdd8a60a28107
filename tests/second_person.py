"""Short ways to ask for an approval and to answer, as tests of approvals and credit need them."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.access import Actor
from chalicelib.domain.approval import Approval, ApprovalRule
from chalicelib.domain.errors import DomainError
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.approvals import Ask, request_approval
from chalicelib.usecases.approve import approve
from chalicelib.usecases.context import Context
from chalicelib.usecases.issue_invoice import PLAIN, IssueOrder, issue_invoice
from chalicelib.usecases.reject_approval import reject_approval
from tests.builders import Book, a_draft, by_ana, by_bea, change_company

SEND = IssueOrder(send=True)
PROGRAM = Actor(id="key_shop", name="Web shop", role="accountant")
OTHER_PROGRAM = Actor(id="key_erp", name="ERP", role="accountant")


def rule(book: Book, over_minor: int = 100_000, **changes: Any) -> None:
    """Want a second person for the issue of more than this."""
    fields: dict[str, Any] = {"what": "issue", "over_minor": over_minor, "currency": "EUR"}
    change_company(book.ports, approval_rules=(ApprovalRule(**(fields | changes)),))


def ask(
    book: Book,
    context: Context | None = None,
    total_minor: int = 100_001,
    order: IssueOrder = PLAIN,
    **changes: Any,
) -> Invoice:
    """Write a draft and try to issue it."""
    draft = a_draft(book.ports, book.customer.id, total_minor, **changes)
    return issue_invoice(
        book.ports, context or by_ana(), draft.id, expected_version=None, order=order
    )


def say_yes(book: Book, invoice: Invoice, context: Context | None = None, **how: Any) -> Invoice:
    fields: dict[str, Any] = {"note": None, "expected_version": None}
    return approve(book.ports, context or by_bea(), invoice.id, **(fields | how))


def say_no(book: Book, invoice: Invoice, context: Context | None = None, **how: Any) -> Invoice:
    fields: dict[str, Any] = {"reason": None, "expected_version": None}
    return reject_approval(book.ports, context or by_bea(), invoice.id, **(fields | how))


def approval_of(book: Book, invoice: Invoice) -> Approval:
    """The latest approval of an invoice."""
    return [one for one in book.all(Approval) if one.invoice_id == invoice.id][-1]


def code_of(refused: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refusal:
        refused()
    return refusal.value.code


def write_off_asked(book: Book, invoice: Invoice) -> Invoice:
    question = Ask(
        what="write_off", amount_minor=60, reasons=("rule",), request={"reason": "insolvent"}
    )
    after, writes = request_approval(book.ports, by_ana(), invoice, question)
    book.ports.store.commit(writes)
    return after
