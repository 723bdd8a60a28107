"""Books to prove, ways to spoil one stored item of them, and the nights that find it."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from chalicelib.adapters.dynamodb.homes import key_of
from chalicelib.domain.base import Record
from chalicelib.domain.promise import Instalment
from chalicelib.domain.proof import ProofFinding, ProofRun
from chalicelib.usecases.context import system_context
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.nightly import queue_nightly_chores
from chalicelib.usecases.promises import NewPlan, NewPromise, make_plan, make_promise
from tests.builders import Book, at, by_ana
from tests.worker import drain

Change = Callable[[Any], object]
NIGHT = at("2026-03-03T02:00")


def busy(book: Book) -> None:
    """Do a little of everything in the account of the customer."""
    first = book.issued(100_000)
    book.issued(60_000, due_date="2026-06-01")
    third = book.issued(40_000)
    fourth = book.issued(30_000)
    book.paid(35_000, wanted=[(first.id, 30_000)])
    issue_credit_note(
        book.ports, by_ana(), NewCreditNote(invoice_id=first.id, amount_minor=1_000, reason="x")
    )
    open_dispute(
        book.ports, by_ana(), NewDispute(invoice_id=first.id, amount_minor=500, reason="x")
    )
    promise = NewPromise(
        customer_id=book.customer.id, currency="EUR", amount_minor=7_000,
        promised_on=at("2026-04-20").date(), invoice_ids=(third.id,),
    )  # fmt: skip
    make_promise(book.ports, by_ana(), promise)
    instalments = (
        Instalment(due_on=at("2026-05-01").date(), amount_minor=10_000),
        Instalment(due_on=at("2026-06-01").date(), amount_minor=20_000),
    )
    make_plan(book.ports, by_ana(), NewPlan(invoice_ids=(fourth.id,), instalments=instalments))


def prove(book: Book, when: datetime = NIGHT) -> ProofRun:
    """Let a night pass and return its proof."""
    queue_nightly_chores(book.ports, system_context(when))
    drain(book.fakes, when)
    return latest(book)


def nights(count: int) -> datetime:
    """Return the instant of the night so many nights after the first."""
    return NIGHT + timedelta(days=count)


def latest(book: Book) -> ProofRun:
    """Return the proof that began last."""
    return max(book.all(ProofRun), key=lambda run: run.started_at)


def found_by(book: Book, run: ProofRun) -> list[tuple[str, str, str]]:
    """Return what a proof has found: kind, subject, detail."""
    return [
        (one.what, one.subject, one.detail)
        for one in book.all(ProofFinding)
        if one.run_id == run.id
    ]


@contextmanager
def spoilt(book: Book, record: Record, change: Callable[[Any], object]) -> Iterator[None]:
    """Write an item as no program of ours would, and put it right again afterwards.

    ``change`` gets the item; its ``row`` and ``body`` are what is stored of the record.
    """
    key = key_of(record)
    inside = book.fakes.table._table
    before = inside.items[key]
    wrong = copy.deepcopy(before)
    is_gone = change(wrong) == "gone"
    if is_gone:
        inside.remove(key)
    else:
        inside.put(key, *key, wrong)
    yield
    if is_gone:
        inside.put(key, *key, before)
        return
    mended = copy.deepcopy(inside.items[key])
    _mend(before, wrong, mended)
    inside.put(key, *key, mended)


def _mend(before: Any, wrong: Any, now: Any) -> None:
    # Only what was spoilt is put right: the program may have written the rest meanwhile.
    for name in before.keys() | wrong.keys():
        if before.get(name) == wrong.get(name):
            continue
        if isinstance(before.get(name), dict) and isinstance(wrong.get(name), dict):
            _mend(before[name], wrong[name], now[name])
        elif name in before:
            now[name] = before[name]
        else:
            now.pop(name, None)


def body(**changes: Any) -> Change:
    """Change fields that are stored of a record and not listed."""
    return lambda item: item["body"].update(changes)


def row(**changes: Any) -> Change:
    """Change fields that lists show of a record."""
    return lambda item: item["row"].update(changes)


def item_of_account(**changes: Any) -> Change:
    """Change the first open item of an account."""
    return lambda item: item["body"]["open_items"][0].update(changes)


def first(book: Book, record: type[Any]) -> Any:
    """Return the first record of a type in the order of the keys."""
    return book.all(record)[0]
