"""What it costs to know what became of a mail, in requests to DynamoDB."""

from datetime import date

import pytest

from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.deliverability import read_deliverability, watch_deliverability
from chalicelib.usecases.list_messages import list_messages
from chalicelib.usecases.read_message import read_message
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from chalicelib.usecases.send_invoice import send_invoice
from tests.builders import NOON, Book, by_ana
from tests.fakes import CountingTable

Price = tuple[int, dict[str, int]]


class Till:
    """A book with one mail that was sent, whose requests are counted."""

    def __init__(self) -> None:
        book = Book()
        invoice = book.issued()
        send_invoice(book.ports, by_ana(), invoice.id, again=False)
        self.customer_id, self.message_id = book.customer.id, f"{invoice.id}-1"
        deliver_document(book.ports, system_context(NOON), self.customer_id, self.message_id)
        self.counter = CountingTable(book.fakes.table)
        self.ports = book.fakes.ports(self.counter)

    def told(self, reached: str) -> None:
        event = MailEvent(
            reached=reached, customer_id=self.customer_id, message_id=self.message_id,  # type: ignore[arg-type]
            provider_message_id="ses-1", occurred_at=NOON,
        )  # fmt: skip
        record_mail_event(self.ports, system_context(NOON), event)

    def price(self) -> Price:
        writes = {
            name: count
            for name, count in self.counter.requests.items()
            if name in ("put", "transact_write")
        }
        return self.counter.reads, writes


@pytest.fixture
def till() -> Till:
    return Till()


def test_a_report_costs_two_reads_and_a_transaction_and_nothing_more_the_second_time(
    till: Till,
) -> None:
    till.told("delivered")
    assert till.price() == (2, {"transact_write": 1})
    till.counter.reset()

    till.told("delivered")

    assert till.price() == (1, {})


def test_one_message_costs_two_reads(till: Till) -> None:
    read_message(till.ports, till.customer_id, till.message_id)

    assert till.price() == (2, {})


@pytest.mark.parametrize(("group", "queries"), [("sent", 1), ("waiting", 3), ("not_delivered", 4)])
def test_a_list_costs_a_query_a_state(till: Till, group: str, queries: int) -> None:
    list_messages(till.ports, group, limit=50)

    assert till.price() == (queries, {})


def test_the_figures_cost_a_query_a_month_and_one_of_bounced_mails(till: Till) -> None:
    read_deliverability(till.ports, date(2026, 3, 2), 30)

    assert till.price() == (3, {})


def test_the_look_of_every_hour_costs_a_query_a_month(till: Till) -> None:
    watch_deliverability(till.ports, system_context(NOON))

    assert till.price() == (2, {})  # a week that began in February
