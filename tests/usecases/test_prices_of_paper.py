"""What statements cost in requests to DynamoDB, whatever the number of invoices."""

import pytest

from chalicelib.domain.statement_run import StatementChunk
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_statement import deliver_statement
from chalicelib.usecases.send_statement import StatementOrder, send_statement
from chalicelib.usecases.statement_chunks import make_statements
from chalicelib.usecases.statement_runs import due_statements, plan_statements
from chalicelib.usecases.statements import read_statement
from tests.builders import Book, a_customer, an_issued_invoice, at, by_ana, change_company
from tests.fakes import CountingTable

MORNING = at("2026-04-01T09:00")
Counted = tuple[Book, CountingTable]


@pytest.fixture
def counted() -> Counted:
    """A book with thirty open invoices whose requests are counted."""
    book = Book()
    for number in range(30):
        book.issued(1_000 + number)
    counter = CountingTable(book.fakes.table)
    book.ports = book.fakes.ports(counter)
    return book, counter


def prices(counter: CountingTable) -> tuple[int, int]:
    """Requests that read, and requests that write."""
    writes = counter.requests["put"] + counter.requests["transact_write"]
    result = (counter.reads, writes)
    counter.reset()
    return result


def test_a_statement_is_two_requests(counted: Counted) -> None:
    book, counter = counted

    read_statement(book.ports, by_ana(MORNING), book.customer.id, "EUR")

    assert prices(counter) == (2, 0)


def test_a_statement_is_delivered_with_four_reads_claim_and_outcome(counted: Counted) -> None:
    book, counter = counted
    order = StatementOrder(book.customer.id, "EUR")
    (message,) = send_statement(book.ports, by_ana(MORNING), order)
    counter.reset()

    deliver_statement(book.ports, system_context(MORNING), message.customer_id, message.id)

    assert prices(counter) == (4, 2)


def test_an_hour_with_nothing_due_asks_three_questions(counted: Counted) -> None:
    book, counter = counted
    plan_statements(book.ports, system_context(MORNING), "2026-03")
    counter.reset()

    assert list(due_statements(book.ports, system_context(MORNING))) == []

    assert prices(counter) == (3, 0)


def test_a_chunk_reads_for_all_and_writes_for_each(counted: Counted) -> None:
    book, counter = counted
    change_company(book.ports, statements="open", statements_day=1)
    for number in range(20):
        customer = a_customer(book.ports, name=f"C{number}", email=f"c{number}@x.example")
        an_issued_invoice(book.ports, customer.id, 1_000)
    book.fakes.table.catch_up()
    plan_statements(book.ports, system_context(MORNING), "2026-03")
    (chunk,) = book.all(StatementChunk)
    counter.reset()

    made = make_statements(book.ports, system_context(MORNING), chunk.id)

    assert made == 21
    assert prices(counter) == (7, 21 + 1)
