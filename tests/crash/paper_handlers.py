"""What is crashed of statements of account and of letters on paper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from chalicelib.domain.message import Message
from chalicelib.domain.statement_run import StatementChunk
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import RepeatKey, system_context
from chalicelib.usecases.deliver_statement import deliver_statement
from chalicelib.usecases.letters import Posted, mark_not_posted, mark_posted
from chalicelib.usecases.ports import MailRefused, MailUncertain, Ports
from chalicelib.usecases.send_statement import StatementOrder, send_statement
from chalicelib.usecases.statement_chunks import make_statements
from chalicelib.usecases.statement_runs import plan_statements
from chalicelib.usecases.write_letter import NewLetter, write_letter
from tests.builders import Book, a_customer, an_issued_invoice, at, by_ana, change_company
from tests.statements import queue_hour

Act = Callable[[Ports], object]
MORNING = at("2026-04-01T09:00")
MAY = at("2026-05-04")
ANA = replace(by_ana(MORNING), repeat_key=RepeatKey("k", "h"))
ANA_IN_MAY = replace(by_ana(MAY), repeat_key=RepeatKey("k", "h"))


def _month(book: Book) -> None:
    """Two customers that owe, one of them with an address that nobody has."""
    change_company(book.ports, statements="open", statements_day=1)
    book.issued()
    silent = a_customer(book.ports, name="Sin correo", email=None)
    an_issued_invoice(book.ports, silent.id, 7_000)
    book.fakes.table.catch_up()


def send(book: Book) -> Act:
    """Send a statement by hand."""
    book.issued()
    order = StatementOrder(book.customer.id, "EUR")
    return lambda ports: send_statement(ports, ANA, order)


def deliver(*faults: BaseException) -> Callable[[Book], Act]:
    """Deliver a queued statement; the provider may refuse it."""

    def arrange(book: Book) -> Act:
        book.issued()
        order = StatementOrder(book.customer.id, "EUR")
        (message,) = send_statement(book.ports, by_ana(MORNING), order)
        book.fakes.mailer.faults = list(faults)
        context = system_context(MORNING)
        return lambda ports: deliver_statement(ports, context, message.customer_id, message.id)

    return arrange


def plan(book: Book) -> Act:
    """Plan a month."""
    _month(book)
    context = system_context(MORNING)
    return lambda ports: plan_statements(ports, context, "2026-03")


def make(book: Book) -> Act:
    """Decide about the accounts of a chunk."""
    _month(book)
    plan_statements(book.ports, system_context(MORNING), "2026-03")
    (chunk,) = book.all(StatementChunk)
    book.fakes.queues.take()
    return lambda ports: make_statements(ports, system_context(MORNING), chunk.id)


def hour(book: Book) -> Act:
    """Find what an hour brings."""
    _month(book)

    def act(ports: Ports) -> None:
        mine = replace_ports(book, ports)
        queue_hour(mine, "2026-04-01T09:00")

    return act


def replace_ports(book: Book, ports: Ports) -> Book:
    """Return the same book seen through other ports."""
    other = Book.__new__(Book)
    other.fakes, other.ports, other.customer = book.fakes, ports, book.customer
    return other


def _letter(book: Book) -> Message:
    change_customer(
        book.ports, by_ana(), book.customer.id, {"address": "Calle Mayor, 1"}, expected_version=None
    )
    book.issued()
    return write_letter(
        book.ports, by_ana(MAY), NewLetter(book.customer.id, "EUR", "letter_formal")
    )


def write(book: Book) -> Act:
    """Write a letter by hand."""
    change_customer(
        book.ports, by_ana(), book.customer.id, {"address": "Calle Mayor, 1"}, expected_version=None
    )
    book.issued()
    new = NewLetter(book.customer.id, "EUR", "letter_formal")
    return lambda ports: write_letter(ports, ANA_IN_MAY, new)


def post(book: Book) -> Act:
    """Mark a letter as posted."""
    letter = _letter(book)
    posted = Posted(letter.customer_id, letter.id, date(2026, 5, 4), "Correos", "CD1")
    return lambda ports: mark_posted(ports, ANA_IN_MAY, posted)


def leave(book: Book) -> Act:
    """Call a letter off."""
    letter = _letter(book)
    return lambda ports: mark_not_posted(ports, ANA_IN_MAY, letter.customer_id, letter.id, "Llamó")


LETTERS: dict[str, Callable[[Book], Act]] = {
    "write a letter": write,
    "post a letter": post,
    "call a letter off": leave,
}
STATEMENTS: dict[str, Callable[[Book], Act]] = {
    "send a statement": send,
    "deliver a statement": deliver(),
    "deliver a statement, refused": deliver(MailRefused("rate", is_temporary=True)),
    "deliver a statement, uncertain": deliver(MailUncertain("?")),
}
MONTHLY: dict[str, Callable[[Book], Act]] = {
    "plan a month": plan,
    "make a chunk": make,
    "an hour of statements": hour,
}
