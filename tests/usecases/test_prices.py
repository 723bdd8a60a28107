"""What each operation costs in requests to DynamoDB, whatever the size of the book."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.approve import approve
from chalicelib.usecases.context import system_context
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_credit_note import (
    NewCreditNote,
    draft_credit_note,
    issue_credit_note,
)
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.listings import invoices
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.record_payment import NewPayment, record_payment
from chalicelib.usecases.references import invoice_ref
from chalicelib.usecases.reject_approval import reject_approval
from chalicelib.usecases.reports import read_home
from chalicelib.usecases.send_reminder import send_reminder
from chalicelib.usecases.tick import queue_due_reminders
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import (
    NOON,
    Book,
    a_customer,
    a_draft,
    a_fact,
    a_line,
    aging_as_of,
    an_issued_invoice,
    at,
    by_ana,
    by_bea,
    change_company,
    receive,
)
from tests.fakes import CountingTable
from tests.second_person import SEND, ask, rule

WARM = 5  # invoices that the customer has already, so that accounts and months exist


@dataclass
class Till:
    """A book whose requests are counted."""

    book: Book
    counter: CountingTable
    ports: Ports
    invoice: Invoice

    def price(self, operation: Callable[[], object]) -> tuple[int, dict[str, int]]:
        """Return the number of reading requests and the writing ones by kind."""
        self.counter.reset()
        operation()
        writes = {
            name: count
            for name, count in self.counter.requests.items()
            if name in ("put", "transact_write")
        }
        return self.counter.reads, writes


@pytest.fixture(scope="module", params=[0, 150], ids=["small book", "larger book"])
def a_book(request: pytest.FixtureRequest) -> Book:
    """A book that all tests of this file go on writing in."""
    book = Book()
    for number in range(request.param):
        customer = book.customer.id
        if number % 10 == 0:
            customer = a_customer(book.ports, name=f"Cliente {number}").id
        an_issued_invoice(book.ports, customer)
    return book


@pytest.fixture
def till(a_book: Book) -> Till:
    """A customer of one's own with some invoices, and a count of the requests."""
    a_book.customer = a_customer(a_book.ports)
    a_book.fakes.queues.take()
    invoice = [a_book.issued() for _ in range(WARM)][-1]
    counter = CountingTable(a_book.fakes.table)
    return Till(a_book, counter, a_book.fakes.ports(counter), invoice)


@pytest.fixture
def strict(till: Till) -> Iterator[Till]:
    """The same, in a company that wants a second person for more than 1,000.00."""
    rule(till.book)
    yield till
    change_company(till.book.ports, approval_rules=())


TRANSACTION = {"transact_write": 1}


def test_a_draft_costs_two_reads_and_one_transaction(till: Till) -> None:
    new = NewInvoice(customer_id=till.book.customer.id, currency=None, lines=[a_line()])

    assert till.price(lambda: draft_invoice(till.ports, by_ana(), new)) == (2, TRANSACTION)


def test_issuing_costs_two_reads_and_one_transaction(till: Till) -> None:
    draft = a_draft(till.book.ports, till.book.customer.id)

    price = till.price(lambda: issue_invoice(till.ports, by_ana(), draft.id, expected_version=None))

    assert price == (2, TRANSACTION)


def test_issuing_with_its_mail_costs_three_reads_and_one_transaction(till: Till) -> None:
    draft = a_draft(till.book.ports, till.book.customer.id)

    price = till.price(
        lambda: issue_invoice(till.ports, by_ana(), draft.id, expected_version=None, order=SEND)
    )

    assert price == (3, TRANSACTION)


def test_asking_for_approval_costs_two_reads_and_one_transaction(strict: Till) -> None:
    draft = a_draft(strict.book.ports, strict.book.customer.id, 100_001)

    price = strict.price(
        lambda: issue_invoice(strict.ports, by_ana(), draft.id, expected_version=None)
    )

    assert price == (2, TRANSACTION)


def test_approving_costs_two_reads_and_one_transaction(strict: Till) -> None:
    invoice = ask(strict.book)

    price = strict.price(
        lambda: approve(strict.ports, by_bea(), invoice.id, note=None, expected_version=None)
    )

    assert price == (2, TRANSACTION)


def test_rejecting_costs_one_read_and_one_transaction(strict: Till) -> None:
    invoice = ask(strict.book)

    price = strict.price(
        lambda: reject_approval(
            strict.ports, by_bea(), invoice.id, reason=None, expected_version=None
        )
    )

    assert price == (1, TRANSACTION)


def test_the_first_screen_costs_four_queries(till: Till) -> None:
    assert till.price(lambda: read_home(till.ports, NOON.date())) == (4, {})
    assert till.counter.requests == {"query": 4}


def test_voiding_costs_two_reads_and_one_transaction(till: Till) -> None:
    price = till.price(
        lambda: void_invoice(
            till.ports, by_ana(), till.invoice.id, reason=None, expected_version=None
        )
    )

    assert price == (2, TRANSACTION)


def test_a_credit_note_costs_two_reads_and_one_transaction(till: Till) -> None:
    new = NewCreditNote(invoice_id=till.invoice.id, reason="x", amount_minor=10)
    issue_credit_note(till.ports, by_ana(), new)  # the first of a series costs one more

    assert till.price(lambda: draft_credit_note(till.ports, by_ana(), new)) == (2, {})
    assert till.price(lambda: issue_credit_note(till.ports, by_ana(), new)) == (2, TRANSACTION)


def test_opening_an_invoice_costs_one_query(till: Till) -> None:
    assert till.price(lambda: till.ports.store.partition(invoice_ref(till.invoice.id))) == (1, {})
    assert till.counter.requests == {"query": 1}


def test_a_page_of_a_list_costs_one_query(till: Till) -> None:
    listing = invoices(
        list_name="open", customer_id=till.book.customer.id, due_after=None, due_before=None
    )

    assert till.price(lambda: till.ports.store.rows(listing, limit=50)) == (1, {})
    assert till.counter.requests == {"query": 1}


def test_receiving_an_event_costs_one_conditional_put_and_one_message(till: Till) -> None:
    price = till.price(lambda: receive(till.ports, a_fact(event_id="evt_new")))

    assert price == (0, {"put": 1})
    assert len(till.book.fakes.queues.messages) == 1


def test_applying_a_provider_payment_costs_two_reads_and_one_transaction(till: Till) -> None:
    fact = a_fact(invoice_id=till.invoice.id, event_id="evt_2", payment_key="pi_2")
    receive(till.ports, fact)
    event = find_event(till.ports, "stripe", fact.event_id)

    price = till.price(lambda: apply_provider_event(till.ports, system_context(NOON), event, fact))

    assert price == (2, TRANSACTION)


def test_a_payment_by_hand_costs_two_reads_and_one_transaction(till: Till) -> None:
    new = NewPayment(
        customer_id=till.book.customer.id, amount_minor=1_000, currency="EUR",
        received_on=NOON.date(), method="transfer",
    )  # fmt: skip

    assert till.price(lambda: record_payment(till.ports, by_ana(), new)) == (2, TRANSACTION)


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2029, 3, 2), date(2020, 1, 1)])
def test_aging_as_of_any_day_costs_two_queries(till: Till, day: date) -> None:
    assert till.price(lambda: aging_as_of(till.ports, day)) == (2, {})
    assert till.counter.read_units <= 4  # as many for a small book as for a larger one


def test_the_tick_costs_its_pages_and_a_message_for_ten_accounts(till: Till) -> None:
    reads, writes = till.price(
        lambda: queue_due_reminders(till.ports, system_context(at("2026-05-04")))
    )

    assert (reads, writes) == (4, {})  # one page a shard
    bodies = till.book.fakes.queues.bodies("reminders")
    accounts = sum(len(body["accounts"]) for body in bodies)
    assert len(bodies) == -(-accounts // 10)


def test_a_reminder_costs_two_reads_a_claim_and_an_outcome(till: Till) -> None:
    price = till.price(
        lambda: send_reminder(
            till.ports, system_context(at("2026-04-06")), till.book.customer.id, "EUR"
        )
    )

    assert price == (2, {"transact_write": 2})


def test_looking_at_an_account_with_nothing_to_ask_costs_one_read(till: Till) -> None:
    price = till.price(
        lambda: send_reminder(
            till.ports, system_context(at("2026-03-03")), till.book.customer.id, "EUR"
        )
    )

    assert price == (1, {})
