"""An import dies at each of its calls, comes twice and out of order; it ends the same."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from random import Random
from typing import Any

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import DomainError
from chalicelib.domain.hold import Hold
from chalicelib.domain.import_run import Import, ImportOptions
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.payment import Payment
from chalicelib.usecases import import_steps
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import AlreadyAnswered, Context, RepeatKey, system_context
from chalicelib.usecases.enter_customer import enter_customer
from chalicelib.usecases.enter_invoice import enter_invoice
from chalicelib.usecases.import_choices import choose_columns
from chalicelib.usecases.import_steps import do_import_step
from chalicelib.usecases.imports import (
    cancel_import,
    check_import,
    complete_file,
    find_import,
    run_import,
    stalled_imports,
    start_import,
    take_part,
)
from chalicelib.usecases.ports import Ports
from tests.builders import Book, by_ana, days
from tests.faults import Crash, CrashPoint, crashing
from tests.imports import DAY, a_file, imported
from tests.invariants import assert_books_hold, assert_quiet
from tests.worker import handle

THROUGH_ITS_CHUNKS = (do_import_step, enter_customer, enter_invoice)
"""Crashed by the chunks of the imports below."""

INVOICES = a_file(
    [
        ("Número", "Código cliente", "Cliente", "Fecha", "Total", "Pagado", "Fecha cobro",
         "Disputa"),
        ("F-1", "C-1", "Uno", "13/01/2026", "100,00", "", "", "no"),
        ("F-2", "C-2", "Dos", "14/01/2026", "200,00", "50,00", "20/01/2026", "sí"),
        ("F-3", "C-1", "Uno", "15/01/2026", "300,00", "300,00", "21/01/2026", "no"),
        ("F-4", "C-1", "Uno", "31/02/2026", "400,00", "", "", "no"),
    ]
).encode()  # fmt: skip
CUSTOMERS = a_file(
    [("Código", "Nombre", "Email"), ("C-1", "Uno", "uno@x.example"),
     ("C-2", "Dos", "dos@x.example"), ("C-3", "", "tres@x.example")]
).encode()  # fmt: skip


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows a chunk, so that a file of four has two."""
    monkeypatch.setattr(import_steps, "ROWS_A_CHUNK", 2)


def asked(book: Book, ports: Ports, key: str, act: Callable[[Ports, Context], object]) -> None:
    """Send a request; if the process died, send it once more."""
    context = replace(by_ana(DAY), repeat_key=RepeatKey(key, key))
    try:
        act(ports, context)
    except Crash:
        assert_books_hold(book.fakes.table)
        with suppress(DomainError, AlreadyAnswered):
            act(book.ports, context)


def work(book: Book, ports: Ports) -> None:
    """Do what waits; a message whose worker dies comes again, and one that was lost is found."""
    for later in (DAY, DAY + days(1)):
        for _ in range(50):
            waiting = book.fakes.queues.take()
            if not waiting:
                break
            for queue, body in waiting:
                try:
                    handle(ports, queue, body, DAY)
                except Crash:
                    book.fakes.queues.put(queue, body)
        if later > DAY or not any(one.is_busy for one in book.all(Import)):
            return
        for facts in stalled_imports(book.ports, system_context(DAY + days(1))):
            queue_chore(book.ports, system_context(DAY), "import", facts)


def a_life(content: bytes, what: Any, point: CrashPoint) -> Book:
    """Import a file from its first byte to its last row, with one crash on the way."""
    book = Book()
    ports = crashing(book.ports, point)
    half = len(content) // 2
    asked(book, ports, "1", lambda p, c: start_import(p, c, what, "x.csv", len(content)))
    (one,) = book.all(Import)
    for number, part in ((1, content[:half]), (2, content[half:])):
        brought = partial(take_part, import_id=one.id, number=number, content=part)
        asked(book, ports, f"p{number}", brought)
    asked(book, ports, "2", lambda p, c: complete_file(p, c, one.id))
    work(book, ports)
    choices = find_import(book.ports, one.id).choices
    options = ImportOptions(rest_until=date(2026, 3, 20))
    asked(book, ports, "3", lambda p, c: choose_columns(p, c, one.id, choices, options))
    asked(book, ports, "4", lambda p, c: check_import(p, c, one.id))
    work(book, ports)
    asked(book, ports, "5", lambda p, c: run_import(p, c, one.id))
    work(book, ports)
    assert_quiet(book.fakes.table)
    return book


def end_of(book: Book) -> dict[str, object]:
    """What staff can tell of a book."""
    return {
        "imports": [(one.state, one.counts, one.sums, one.groups) for one in book.all(Import)],
        "invoices": sorted(
            (one.number or "", one.state, one.open_minor) for one in book.all(Invoice)
        ),
        "payments": sorted((one.amount_minor, one.received_on) for one in book.all(Payment)),
        "customers": sorted((one.id, one.name, one.code or "") for one in book.all(Customer)),
        "holds": sorted((one.customer_name, len(one.invoice_ids)) for one in book.all(Hold)),
        "accounts": sorted(
            (one.customer_name, one.open_minor, one.entries) for one in book.all(Account)
        ),
    }


@pytest.mark.parametrize("what", ["invoices", "customers"])
def test_an_import_that_dies_at_any_call_enters_every_row_once(what: str) -> None:
    content = INVOICES if what == "invoices" else CUSTOMERS
    whole = CrashPoint()
    expected = end_of(a_life(content, what, whole))
    assert len(whole.calls) > 40

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            end = end_of(a_life(content, what, CrashPoint(call, after=after)))
            assert end == expected, f"{whole.calls[call - 1]} (call {call}, {after=})"


@pytest.mark.parametrize("seed", range(6))
def test_messages_that_come_twice_and_in_any_order_enter_every_row_once(seed: int) -> None:
    random = Random(seed)
    expected = end_of(a_life(INVOICES, "invoices", CrashPoint()))

    class Unruly(CrashPoint):
        def run(self, name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            result = super().run(name, function, *args, **kwargs)
            if name == "queues.put":
                function(*args, **kwargs)
                random.shuffle(book_queue(function))
            return result

    assert end_of(a_life(INVOICES, "invoices", Unruly())) == expected


def book_queue(put: Any) -> list[tuple[str, str]]:
    messages: list[tuple[str, str]] = put.__self__.messages
    return messages


def test_a_cancelled_import_keeps_what_was_entered_and_begins_no_further_chunk() -> None:
    book = Book()
    one = a_life_until_confirmed(book)
    handle_next(book)  # the plan
    handle_next(book)  # the first chunk
    before = len(book.all(Invoice))

    cancel_import(book.ports, by_ana(DAY), one.id)
    work(book, book.ports)

    assert (before, len(book.all(Invoice))) == (2, 2)
    now = find_import(book.ports, one.id)
    assert (now.state, now.counts["create"], len(now.done)) == ("cancelled", 2, 1)
    assert_books_hold(book.fakes.table)
    assert imported(book, INVOICES).counts["skip"] == 2


def test_a_chunk_that_is_under_way_when_somebody_cancels_is_counted() -> None:
    book = Book()
    one = a_life_until_confirmed(book)
    handle_next(book)  # the plan
    context, keep = by_ana(DAY), book.ports.files.put

    class Cancelling:
        """Somebody cancels while the first chunk writes its results."""

        def __getattr__(self, name: str) -> Any:
            return getattr(book.ports.files, name)

        def put(self, key: str, *more: Any) -> None:
            if "result" in key:
                cancel_import(book.ports, context, one.id)
            keep(key, *more)

    message, *rest = book.fakes.queues.take()
    handle(replace(book.ports, files=Cancelling()), *message, DAY)
    for other in rest:
        book.fakes.queues.put(*other)
    work(book, book.ports)

    now = find_import(book.ports, one.id)
    assert (now.state, now.counts["create"], len(book.all(Invoice))) == ("cancelled", 2, 2)


def a_life_until_confirmed(book: Book) -> Import:
    context = by_ana(DAY)
    one = start_import(book.ports, context, "invoices", "x.csv", len(INVOICES))
    take_part(book.ports, context, one.id, 1, INVOICES)
    complete_file(book.ports, context, one.id)
    work(book, book.ports)
    check_import(book.ports, context, one.id)
    work(book, book.ports)
    return run_import(book.ports, context, one.id)


def handle_next(book: Book) -> None:
    first, *rest = book.fakes.queues.take()
    handle(book.ports, *first, DAY)
    for message in rest:
        book.fakes.queues.put(*message)
