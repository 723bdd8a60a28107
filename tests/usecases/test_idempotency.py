"""Idempotency-Keys: a repeated request has no second effect, whatever happened to the first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chalicelib.domain.access import Actor, IdempotencyRecord
from chalicelib.domain.errors import DomainError, KeyReused
from chalicelib.domain.payment import Payment
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.approve import approve
from chalicelib.usecases.assign_payment import assign_payment
from chalicelib.usecases.context import (
    AlreadyAnswered,
    Context,
    RepeatKey,
    raise_first_answer,
)
from chalicelib.usecases.create_customer import NewCustomer, create_customer
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.record_payment import NewPayment, record_payment
from chalicelib.usecases.reject_approval import reject_approval
from chalicelib.usecases.send_credit_note import (
    issue_and_send_credit_note,
    send_credit_note,
)
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.work import finish_work_item
from tests.builders import NOON, Book, a_draft, a_fact, a_line, by_ana, by_bea, provider_says
from tests.second_person import ask, rule

KEYED = replace(by_ana(), repeat_key=RepeatKey("k-1", "hash-1"))
Operation = Callable[[Book, Context], object]


def _issue(book: Book, context: Context) -> object:
    return issue_invoice(
        book.ports, context, a_draft(book.ports, book.customer.id).id, expected_version=None
    )


def _void(book: Book, context: Context) -> object:
    return void_invoice(book.ports, context, book.issued().id, reason=None, expected_version=None)


def _pay(book: Book, context: Context) -> Payment:
    new = NewPayment(
        customer_id=book.customer.id, amount_minor=1_000, currency="EUR",
        received_on=NOON.date(), method="cash",
    )  # fmt: skip
    return record_payment(book.ports, context, new)


def _allocate(book: Book, context: Context) -> object:
    payment = book.paid(500, wanted=[])
    book.issued()
    return allocate_payment(book.ports, context, payment.id, None)


def _assign(book: Book, context: Context) -> object:
    name = f"pi_{len(book.all(Payment))}"
    provider_says(book.ports, a_fact(payment_key=name, event_id=name))
    payment = next(one for one in book.all(Payment) if one.provider_payment_id == name)
    return assign_payment(book.ports, context, payment.id, book.customer.id)


def _finish(book: Book, context: Context) -> object:
    name = f"pi_{len(book.all(Payment))}"
    provider_says(book.ports, a_fact(payment_key=name, event_id=name))
    return finish_work_item(book.ports, context, book.work()[-1].key, "called")


def _ask(book: Book, context: Context) -> object:
    rule(book)
    return ask(book, context)


def _approve(book: Book, context: Context) -> object:
    rule(book)
    invoice = ask(book, by_bea())
    return approve(book.ports, context, invoice.id, note=None, expected_version=None)


def _reject(book: Book, context: Context) -> object:
    rule(book)
    invoice = ask(book, by_bea())
    return reject_approval(book.ports, context, invoice.id, reason=None, expected_version=None)


OPERATIONS: dict[str, Operation] = {
    "customer": lambda book, context: create_customer(
        book.ports, context, NewCustomer(name="Nueva", country="ES")
    ),
    "draft": lambda book, context: draft_invoice(
        book.ports, context,
        NewInvoice(customer_id=book.customer.id, currency=None, lines=[a_line()]),
    ),
    "issue": _issue,
    "void": _void,
    "asking for approval": _ask,
    "approval": _approve,
    "rejection": _reject,
    "send": lambda book, context: send_invoice(
        book.ports, context, book.issued().id, again=False
    ),
    "credit note": lambda book, context: issue_credit_note(
        book.ports, context, NewCreditNote(invoice_id=book.issued().id, reason="x")
    ),
    "credit note and its mail": lambda book, context: issue_and_send_credit_note(
        book.ports, context, NewCreditNote(invoice_id=book.issued().id, reason="x")
    ),
    "send credit note": lambda book, context: send_credit_note(
        book.ports, context, book.credited(book.issued()).id, again=False
    ),
    "payment": _pay,
    "allocation": _allocate,
    "assignment": _assign,
    "work": _finish,
}  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_repeated_request_finds_the_first_answer(book: Book, name: str) -> None:
    OPERATIONS[name](book, KEYED)

    with pytest.raises(AlreadyAnswered) as repetition:
        OPERATIONS[name](book, KEYED)

    (record,) = book.all(IdempotencyRecord)
    assert repetition.value.record == record
    assert (record.actor_id, record.key, record.request_hash) == (
        "ana@saldo.example",
        "k-1",
        "hash-1",
    )
    assert (record.resource or "").startswith("/v1/")


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_key_of_another_request_is_refused(book: Book, name: str) -> None:
    OPERATIONS["customer"](book, KEYED)
    other = replace(by_ana(), repeat_key=RepeatKey("k-1", "hash-2"))

    with pytest.raises(KeyReused):
        OPERATIONS[name](book, other)

    assert len(book.all(IdempotencyRecord)) == 1


def test_the_same_key_of_another_person_is_another_key(book: Book) -> None:
    bea = Context(Actor(id="bea", name="Bea", role="accountant"), NOON, KEYED.repeat_key)

    _pay(book, KEYED)
    _pay(book, bea)

    assert len(book.all(Payment)) == 2


def test_a_refused_request_does_not_spend_its_key(book: Book) -> None:
    bad = NewPayment(
        customer_id="cus_none", amount_minor=1, currency="EUR", received_on=NOON.date(), method="x"
    )
    with pytest.raises(DomainError):
        record_payment(book.ports, KEYED, bad)

    assert book.all(IdempotencyRecord) == []
    assert _pay(book, KEYED).amount_minor == 1_000


def test_twenty_twins_at_once_have_one_effect(book: Book) -> None:
    def attempt(_: int) -> str:
        try:
            return _pay(book, KEYED).id
        except AlreadyAnswered as first:
            return (first.record.resource or "").rpartition("/")[2]

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(attempt, range(20)))

    (payment,) = book.all(Payment)
    assert answers == {payment.id}


def test_a_payment_in_batches_spends_its_key_with_the_first(book: Book) -> None:
    for number in range(60):
        book.issued(10, series=f"S{number}", issue_date=f"2026-01-{1 + number // 2:02d}")
    new = NewPayment(
        customer_id=book.customer.id, amount_minor=600, currency="EUR",
        received_on=NOON.date(), method="transfer",
    )  # fmt: skip

    payment = record_payment(book.ports, KEYED, new)

    assert payment.unapplied_minor == 0
    with pytest.raises(AlreadyAnswered):
        record_payment(book.ports, KEYED, new)
    assert len(book.all(Payment)) == 1


def test_an_unknown_key_and_a_request_without_one_go_on(book: Book) -> None:
    raise_first_answer(book.ports, KEYED)
    raise_first_answer(book.ports, by_ana())
