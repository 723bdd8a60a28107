"""A proof and the closing of a month die at each of their calls; repeated, they end the same."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.homes import key_of
from chalicelib.domain.account import Account
from chalicelib.domain.base import Record
from chalicelib.domain.errors import DomainError
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry, Totals
from chalicelib.domain.numbering import Series
from chalicelib.domain.period import ClosedPeriod
from chalicelib.domain.proof import ProofFinding, ProofRun
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.close_period import close_period
from chalicelib.usecases.context import AlreadyAnswered, RepeatKey, system_context
from chalicelib.usecases.journal import read_journal
from chalicelib.usecases.nightly import queue_nightly_chores
from tests.builders import Book, at, by_ana, change_company
from tests.faults import Crash, CrashPoint, crashing
from tests.invariants import assert_books_hold
from tests.proofs import NIGHT, busy, nights, prove, spoilt
from tests.worker import drain, handle

Spoil = Callable[[Any], None]


def _open(item: Any) -> None:
    item["row"]["open_minor"] = 1


def _billed(item: Any) -> None:
    item["billed_minor"] += 1


def _last_hash(item: Any) -> None:
    item["body"]["last_hash"] = "0" * 64


def _nothing(item: Any) -> None:
    del item


SPOILT: dict[str, tuple[type[Record], Spoil]] = {
    "nothing": (Invoice, _nothing),
    "an invoice": (Invoice, _open),
    "a counter": (Totals, _billed),
    "a series": (Series, _last_hash),
}


def night(book: Book, point: CrashPoint) -> None:
    """Let the schedule and its chores run; a message whose worker dies comes again."""
    queue_nightly_chores(book.ports, system_context(NIGHT))
    dying = crashing(book.ports, point)
    for _ in range(50):
        waiting = book.fakes.queues.take()
        if not waiting:
            return
        for queue, body in waiting:
            try:
                handle(dying, queue, body, NIGHT)
            except Crash:
                book.fakes.queues.put(queue, body)
    raise AssertionError("The proof never ended.")


def told(book: Book) -> dict[str, object]:
    """What staff can tell of a proof."""
    return {
        "runs": [(one.state, one.counts, one.findings, one.round) for one in book.all(ProofRun)],
        "findings": [(one.what, one.subject, one.detail) for one in book.all(ProofFinding)],
        "work": [(one.key, one.state, one.outcome) for one in book.all(WorkItem)],
        "parked": [one.parked_since for one in book.all(Account)],
    }


def proven(name: str, point: CrashPoint) -> dict[str, object]:
    """Spoil something, prove with a crash, heal, prove again; tell of the first proof."""
    record, change = SPOILT[name]
    book = Book()
    busy(book)
    with spoilt(book, book.all(record)[0], change):
        night(book, point)
        found = told(book)
    healed = prove(book, nights(1))
    assert (healed.state, book.work(), book.account().parked_since) == ("clean", [], None)
    assert_books_hold(book.fakes.table)
    return found


@pytest.mark.parametrize("name", SPOILT)
def test_a_proof_that_dies_at_any_call_finds_the_same(name: str) -> None:
    whole = CrashPoint()
    expected = proven(name, whole)
    assert len(whole.calls) > 20

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            end = proven(name, CrashPoint(call, after=after))
            assert end == expected, f"{whole.calls[call - 1]} (call {call}, {after=})"


@pytest.mark.parametrize("name", ["an invoice"])
def test_healing_that_dies_at_any_call_heals(name: str) -> None:
    record, change = SPOILT[name]

    def healed(point: CrashPoint) -> list[object]:
        book = Book()
        busy(book)
        with spoilt(book, book.all(record)[0], change):
            prove(book, nights(-1))
        night(book, point)
        account = book.account()
        return [
            account.parked_since,
            account.next_action_at,
            [item.state for item in book.all(WorkItem)],
        ]

    whole = CrashPoint()
    expected = healed(whole)
    assert expected[0] is None

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            assert healed(CrashPoint(call, after=after)) == expected, whole.calls[call - 1]


KEYED = replace(by_ana(at("2026-04-01")), repeat_key=RepeatKey("k", "h"))


def closed(point: CrashPoint) -> list[object]:
    """Close a month with a crash, repeat the request, post late; tell what stands where."""
    book = Book()
    change_company(book.ports)
    book.issued(100_000)
    try:
        close_period(crashing(book.ports, point), KEYED, "2026-03")
    except Crash:
        book.issued(500, when=at("2026-03-31"))
        with suppress(DomainError, AlreadyAnswered):
            close_period(book.ports, KEYED, "2026-03")
    else:
        book.issued(500, when=at("2026-03-31"))
    assert_books_hold(book.fakes.table)
    files = [read_journal(book.ports, month) for month in ("2026-03", "2026-04")]
    text = b"".join(file.content for file in files).decode()
    for entry in book.all(Entry):
        # Twice: the two legs of an invoice without tax.
        assert text.count(f"{entry.customer_id}#EUR#{entry.sequence}") == 2
    (period,) = book.all(ClosedPeriod)
    return [period.month, files[0].is_closed, sum(file.entries for file in files)]


def test_closing_that_dies_at_any_call_closes_once_and_loses_no_entry() -> None:
    whole = CrashPoint()
    expected = closed(whole)

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            assert closed(CrashPoint(call, after=after)) == expected, whole.calls[call - 1]


def test_a_proof_has_nothing_to_say_about_a_book_that_is_being_closed() -> None:
    book = Book()
    book.issued(100)
    close_period(book.ports, by_ana(at("2026-04-01")), "2026-03")

    assert prove(book, at("2026-04-02T02:00")).state == "clean"
    drain(book.fakes, NIGHT)
    assert key_of(book.all(ClosedPeriod)[0]) == ("PERIODS", "2026-03")
