"""What the portal costs in requests to DynamoDB, whatever a customer owes."""

from collections.abc import Callable
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.api.portal import home_of
from chalicelib.api.requests import ApiRequest
from chalicelib.domain.portal import PortalLink
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.portal_access import find_link, visitor
from chalicelib.usecases.portal_desk import open_portal
from chalicelib.usecases.portal_links import MadeLink, NewLink, make_link
from chalicelib.usecases.portal_promises import PortalPromise, promise_in_portal
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.send_invoice import send_invoice
from tests.builders import NOON, Book, by_ana
from tests.fakes import CountingTable

TRANSACTION = {"transact_write": 1}


class Till:
    """A customer with some open invoices, a link, and a count of the requests."""

    def __init__(self, invoices: int) -> None:
        self.book = Book()
        self.invoices = [self.book.issued() for _ in range(invoices)]
        self.counter = CountingTable(self.book.fakes.table)
        self.ports: Ports = self.book.fakes.ports(self.counter)
        self.made: MadeLink = make_link(
            self.book.ports, by_ana(), NewLink(customer_id=self.book.customer.id)
        )

    @property
    def link(self) -> PortalLink:
        return self.made.link

    @property
    def context(self) -> Context:
        return Context(visitor(self.link), NOON)

    def price(self, operation: Callable[[], object]) -> tuple[int, dict[str, int]]:
        self.counter.reset()
        operation()
        writes = {
            name: count
            for name, count in self.counter.requests.items()
            if name in ("put", "transact_write")
        }
        return self.counter.reads, writes


@pytest.fixture(params=[1, 60], ids=["one invoice", "many"])
def till(request: pytest.FixtureRequest) -> Till:
    return Till(request.param)


def test_recognising_a_link_costs_one_read_whatever_was_shown(till: Till) -> None:
    for token in (till.made.token, f"{'a' * 43}.{'0' * 26}", "nonsense", ""):
        assert till.price(partial(find_link, till.ports.store, token, NOON)) == (1, {})


def test_what_a_link_is_about_costs_one_query_and_one_batch(till: Till) -> None:
    assert till.price(lambda: open_portal(till.ports, till.context, till.link)) == (2, {})


def test_the_first_screen_costs_six_reads_and_notes_the_visit_once_an_hour(till: Till) -> None:
    app: Any = SimpleNamespace(ports=till.ports)
    request = ApiRequest(app, "GET", "/portal/home", {}, {}, b"", visitor(till.link), NOON)

    def first_screen() -> object:
        return home_of(request, open_portal(till.ports, till.context, till.link))

    assert till.price(first_screen) == (6, TRANSACTION)


def test_a_promise_costs_four_reads_and_one_transaction(till: Till) -> None:
    new = PortalPromise(currency="EUR", promised_on=date(2026, 3, 9), amount_minor=1_000)

    price = till.price(lambda: promise_in_portal(till.ports, till.context, till.link, new))

    assert price == (4, TRANSACTION)


def test_the_link_of_a_mail_costs_no_request_of_its_own(till: Till) -> None:
    invoice = till.invoices[0]
    send_invoice(till.book.ports, by_ana(), invoice.id, again=False)
    own = (till.book.customer.id, f"{invoice.id}-1")

    price = till.price(lambda: deliver_document(till.ports, system_context(NOON), *own))

    assert price == (3, {"transact_write": 2})
