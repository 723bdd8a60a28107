"""Statements and letters survive every crash: each goes out once, and none is forgotten."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.statement_run import StatementRun
from chalicelib.usecases.context import AlreadyAnswered
from tests.builders import Book, at
from tests.crash.paper_handlers import LETTERS, MONTHLY, STATEMENTS, Act
from tests.faults import Crash, CrashPoint, crashing
from tests.invariants import assert_books_hold, assert_quiet
from tests.statements import queue_hour
from tests.worker import settle

LATER = at("2026-04-01T10:00")


def end_of(book: Book) -> dict[str, object]:
    """What staff and customers can tell of statements and letters."""
    return {
        "messages": sorted(
            (one.customer_name, one.purpose, one.state, one.channel, one.posting is not None)
            for one in book.messages()
        ),
        "planned": len(book.account().planned),
        "work": sorted((item.what, item.state, item.detail) for item in book.work()),
        "waiting": [(one.month, one.waiting) for one in book.all(StatementRun)],
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
        settle(book.fakes, LATER + timedelta(hours=hours))
        if arrange in MONTHLY.values():
            queue_hour(book, (LATER + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M"))
    settle(book.fakes, LATER + timedelta(hours=4))
    assert_quiet(book.fakes.table)
    return book


def repeated(act: Act, book: Book) -> None:
    try:
        act(book.ports)
    except (DomainError, AlreadyAnswered):
        return  # it had happened already, and says so


@pytest.mark.parametrize("name", MONTHLY)
@pytest.mark.parametrize("comes_again", [True, False])
def test_a_month_ends_the_same_whatever_dies_on_the_way(name: str, comes_again: bool) -> None:
    assert_same_end(MONTHLY[name], comes_again=comes_again)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_written_and_posted_once_when_the_request_comes_again(name: str) -> None:
    assert_same_end(LETTERS[name], comes_again=True)


def assert_same_end(arrange: Callable[[Book], Act], *, comes_again: bool) -> None:
    whole = CrashPoint()
    expected = end_of(run(arrange, whole, comes_again=comes_again))
    assert whole.calls

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            book = run(arrange, CrashPoint(call, after=after), comes_again=comes_again)
            assert end_of(book) == expected, f"{whole.calls[call - 1]} (call {call}, {after=})"


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_goes_out_once_or_is_shown_as_uncertain(name: str) -> None:
    whole = CrashPoint()
    run(STATEMENTS[name], whole, comes_again=True)

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            book = run(STATEMENTS[name], CrashPoint(call, after=after), comes_again=True)
            (message,) = book.messages()
            assert message.state in ("sent", "unknown")
            assert book.fakes.mailer.sent(message.id) <= 1
            assert message.state == "unknown" or book.fakes.mailer.sent(message.id) == 1
