"""What undoing, giving back, giving up and agreeing cost in requests, whatever the book's size."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chalicelib.domain.promise import Instalment
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.disputes import (
    NewDispute,
    Resolution,
    change_dispute,
    open_dispute,
    resolve_dispute,
)
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.promises import (
    NewPlan,
    NewPromise,
    cancel_plan,
    cancel_promise,
    make_plan,
    make_promise,
)
from chalicelib.usecases.return_payment import Giving, return_payment, undo_allocations
from chalicelib.usecases.write_off import GivingUp, reinstate, write_off
from tests.builders import Book, a_customer, by_ana
from tests.fakes import CountingTable

Act = Callable[[Ports], object]
ANA = by_ana()
DAY = date(2026, 3, 20)


@pytest.fixture(scope="module", params=[5, 60], ids=["some invoices", "many invoices"])
def book(request: pytest.FixtureRequest) -> Book:
    """A customer with so many open invoices; each test adds what it needs."""
    filled = Book()
    filled.customer = a_customer(filled.ports)
    for _ in range(request.param):
        filled.issued(due_date="2026-12-31")
    return filled


def _undo(book: Book) -> Act:
    payment = book.paid(500, wanted=[(book.issued().id, 500)])
    return lambda ports: undo_allocations(ports, ANA, payment.id, None)


def _allocate(book: Book) -> Act:
    payment = book.paid(500, wanted=[])
    return lambda ports: allocate_payment(ports, ANA, payment.id, None)


def _returned(kind: Any, *, is_spent: bool) -> Callable[[Book], Act]:
    def arrange(book: Book) -> Act:
        payment = book.paid(500, wanted=[(book.issued().id, 500)] if is_spent else [])
        return lambda ports: return_payment(ports, ANA, payment.id, Giving(kind=kind))

    return arrange


def _give_up(book: Book) -> Act:
    giving_up = GivingUp(invoice_id=book.issued().id)
    return lambda ports: write_off(ports, ANA, giving_up, expected_version=None)


def _hope_again(book: Book) -> Act:
    giving_up = GivingUp(invoice_id=book.issued().id)
    write_off(book.ports, ANA, giving_up, expected_version=None)
    return lambda ports: reinstate(ports, ANA, giving_up, expected_version=None)


def _contest(book: Book) -> Act:
    new = NewDispute(invoice_id=book.issued().id, reason="x")
    return lambda ports: open_dispute(ports, ANA, new)


def _contested(book: Book) -> str:
    return open_dispute(
        book.ports, ANA, NewDispute(invoice_id=book.issued().id, reason="x", amount_minor=700)
    ).id


def _change(book: Book) -> Act:
    name = _contested(book)
    return lambda ports: change_dispute(ports, ANA, name, owner="Bea", deadline=None)


def _resolve(*, credit: bool) -> Callable[[Book], Act]:
    def arrange(book: Book) -> Act:
        book.credited(book.issued(), 100)  # the first of a series looks for imported numbers
        name = _contested(book)
        resolution = Resolution(outcome="credited" if credit else "rejected", credit=credit)
        return lambda ports: resolve_dispute(ports, ANA, name, resolution)

    return arrange


def _promise(book: Book) -> NewPromise:
    return NewPromise(
        customer_id=book.customer.id, currency="EUR", amount_minor=500, promised_on=DAY,
        invoice_ids=[book.issued().id],
    )  # fmt: skip


def _make_promise(book: Book) -> Act:
    new = _promise(book)
    return lambda ports: make_promise(ports, ANA, new)


def _cancel_promise(book: Book) -> Act:
    name = make_promise(book.ports, ANA, _promise(book)).id
    return lambda ports: cancel_promise(ports, ANA, name)


def _plan(book: Book) -> NewPlan:
    instalments = [Instalment(due_on=DAY, amount_minor=500)]
    return NewPlan(invoice_ids=[book.issued().id, book.issued().id], instalments=instalments)


def _make_plan(book: Book) -> Act:
    new = _plan(book)
    return lambda ports: make_plan(ports, ANA, new)


def _cancel_plan(book: Book) -> Act:
    name = make_plan(book.ports, ANA, _plan(book)).id
    return lambda ports: cancel_plan(ports, ANA, name)


READS: dict[str, tuple[Callable[[Book], Act], int]] = {
    "allocate": (_allocate, 3),
    "undo": (_undo, 3),
    "refund of what is unapplied": (_returned("refunded", is_spent=False), 2),
    "refund, chargeback": (_returned("charged_back", is_spent=True), 3),
    "reverse": (_returned("reversed", is_spent=True), 3),
    "write off": (_give_up, 2),
    "reinstate": (_hope_again, 2),
    "open a dispute": (_contest, 2),
    "change a dispute": (_change, 2),
    "resolve a dispute": (_resolve(credit=False), 3),
    "resolve a dispute by credit note": (_resolve(credit=True), 4),
    "promise": (_make_promise, 1),
    "cancel a promise": (_cancel_promise, 2),
    "plan": (_make_plan, 2),
    "cancel a plan": (_cancel_plan, 2),
}


@pytest.mark.parametrize("name", READS)
def test_each_costs_a_few_reads_and_one_transaction(book: Book, name: str) -> None:
    arrange, reads = READS[name]
    act = arrange(book)
    counter = CountingTable(book.fakes.table)

    act(book.fakes.ports(counter))

    assert counter.requests["transact_write"] == counter.requests.total() - counter.reads == 1
    assert counter.reads == reads
