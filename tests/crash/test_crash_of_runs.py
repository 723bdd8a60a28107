"""A run survives every crash, whether its message comes again or only the next hour does."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.context import AlreadyAnswered
from tests.builders import Book, at
from tests.crash.recurring_handlers import REQUESTS, RUNS, Act
from tests.faults import Crash, CrashPoint, crashing
from tests.invariants import assert_books_hold, assert_quiet
from tests.recurring import hour
from tests.worker import settle

NEXT_HOUR = at("2026-03-26T12:00")
HANDLERS: dict[str, Callable[[Book], Act]] = REQUESTS | RUNS


def end_of(book: Book) -> dict[str, object]:
    """What staff and customers can tell of recurring invoices, their runs and invoices."""
    return {
        "invoices": sorted(
            (one.run_id or "", one.number or "", one.state, one.scheduled_on)
            for one in book.all(Invoice)
        ),
        "recurring": [
            (one.state, one.next_on, one.last_on, one.runs, one.total_minor)
            for one in book.all(RecurringInvoice)
        ],
        "runs": [(one.due_on, one.state, one.code, one.number) for one in book.all(Run)],
        "work": [(item.what, item.state, item.detail) for item in book.all(WorkItem)],
        "mails": len(book.fakes.mailer.accepted),
    }


def run(arrange: Callable[[Book], Act], point: CrashPoint, *, comes_again: bool) -> Book:
    """Act until the crash, again if the message comes again, then let hours go by."""
    book = Book()
    act = arrange(book)
    try:
        act(crashing(book.ports, point))
    except Crash:
        assert_books_hold(book.fakes.table)
        if comes_again:
            repeated(act, book)
    for hours in range(3):
        settle(book.fakes, NEXT_HOUR + timedelta(hours=hours))
        hour(book, NEXT_HOUR + timedelta(hours=hours))
    assert_quiet(book.fakes.table)
    return book


def repeated(act: Act, book: Book) -> None:
    try:
        act(book.ports)
    except (DomainError, AlreadyAnswered):
        return  # it had happened already, and says so


@pytest.mark.parametrize("name", HANDLERS)
def test_a_crash_harms_nothing_when_the_message_comes_again(name: str) -> None:
    assert_same_end(HANDLERS[name], comes_again=True)


@pytest.mark.parametrize("name", sorted(RUNS.keys() - {"retry a run"}))
def test_the_next_hour_alone_takes_up_what_a_crash_left(name: str) -> None:
    assert_same_end(RUNS[name], comes_again=False)


def assert_same_end(arrange: Callable[[Book], Act], *, comes_again: bool) -> None:
    whole = CrashPoint()
    expected = end_of(run(arrange, whole, comes_again=comes_again))
    assert whole.calls

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            book = run(arrange, CrashPoint(call, after=after), comes_again=comes_again)
            assert end_of(book) == expected, f"{whole.calls[call - 1]} (call {call}, {after=})"
            for message in book.messages():
                assert book.fakes.mailer.sent(message.id) <= 1
