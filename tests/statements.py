"""The monthly statements of a book: hours run as the schedule does, and what came of them."""

from chalicelib.domain.message import Message
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import system_context
from chalicelib.usecases.statement_runs import due_statements
from tests.builders import Book, at
from tests.worker import drain


def hour(book: Book, when: str) -> None:
    """Do what an hour brings of the statements, and send what it queued."""
    queue_hour(book, when)
    drain(book.fakes, at(when))


def queue_hour(book: Book, when: str) -> None:
    """Queue what an hour brings of the statements."""
    book.fakes.table.catch_up()
    context = system_context(at(when))
    for facts in due_statements(book.ports, context):
        queue_chore(book.ports, context, "statements", facts)


def statements(book: Book) -> list[Message]:
    """Every mail with a statement, in the order of their keys."""
    mails = [one for one in book.messages() if one.purpose == "statement"]
    return sorted(mails, key=lambda one: one.id)


def keys(book: Book) -> list[tuple[str, str]]:
    """The key of each statement, without the customer's id, and what became of it."""
    return [(one.id.replace(f"{one.customer_id}-", ""), one.state) for one in statements(book)]
