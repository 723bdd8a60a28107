"""What is crashed of issuing with a second person, each with the book that it needs."""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.usecases.approve import approve
from chalicelib.usecases.context import RepeatKey
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.reject_approval import reject_approval
from tests.builders import Book, a_draft, by_ana, by_bea
from tests.second_person import SEND, ask, rule

Act = Callable[[Ports], object]
KEY = RepeatKey("k", "h")
ANA, BEA = replace(by_ana(), repeat_key=KEY), replace(by_bea(), repeat_key=KEY)


def issue_and_send(book: Book) -> Act:
    """Issue a draft and queue its mail."""
    draft = a_draft(book.ports, book.customer.id)
    return lambda ports: issue_invoice(ports, ANA, draft.id, expected_version=None, order=SEND)


def ask_for_approval(book: Book) -> Act:
    """Try to issue what needs a second person."""
    rule(book)
    draft = a_draft(book.ports, book.customer.id, 200_000)
    return lambda ports: issue_invoice(ports, ANA, draft.id, expected_version=None, order=SEND)


def approve_issue(book: Book) -> Act:
    """Say yes."""
    rule(book)
    invoice = ask(book, order=SEND)
    return lambda ports: approve(ports, BEA, invoice.id, note="yes", expected_version=None)


def reject_issue(book: Book) -> Act:
    """Say no."""
    rule(book)
    invoice = ask(book)
    return lambda ports: reject_approval(ports, BEA, invoice.id, reason="no", expected_version=None)
