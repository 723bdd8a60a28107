"""A provider's event that nobody can work on is one item of work, however often it is tried."""

from datetime import datetime, timedelta

import pytest

from chalicelib import bootstrap
from chalicelib.domain.payment import Payment
from chalicelib.events.failed_work import handle as put_on_the_list
from chalicelib.settings import Settings
from chalicelib.usecases.context import system_context
from chalicelib.usecases.sweep import sweep
from chalicelib.usecases.work import finish_work_item, replay_work_item
from tests.builders import NOON, Book, a_fact, by_ana, receive
from tests.worker import drain

SOURCE = {"DeadLetterQueueSourceArn": "arn:aws:sqs:eu-south-2:1:saldo-provider-events"}


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Book:
    book = Book()
    wired = bootstrap.build(Settings(), book.fakes.table)
    monkeypatch.setattr(bootstrap, "app", lambda: wired)
    monkeypatch.setattr(bootstrap, "now", lambda: NOON)
    receive(book.ports, a_fact(invoice_id=book.issued().id))
    return book


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def fail(book: Book, name: str) -> int:
    """Let all waiting work fail five times; return how much there was."""
    waiting = book.fakes.queues.take()
    records = [{"messageId": name, "body": body, "attributes": SOURCE} for _, body in waiting]
    put_on_the_list({"Records": records})
    return len(waiting)


def sweep_at(book: Book, minutes: int) -> None:
    sweep(book.ports, system_context(at(minutes)))


def test_each_sweep_tries_again_and_no_second_item_appears(book: Book) -> None:
    fail(book, "m-1")
    (item,) = book.work()
    for minutes in (5, 10, 15):
        sweep_at(book, minutes)

        assert fail(book, f"m-{minutes}") == 1
        assert book.work() == [item]


def test_once_it_works_it_leaves_the_list(book: Book) -> None:
    fail(book, "m-1")
    sweep_at(book, 5)

    drain(book.fakes, at(6))

    assert book.work() == []
    (item,) = book.work("done")
    assert item.outcome == "processed"
    assert len(book.all(Payment)) == 1


def test_what_a_person_has_put_aside_is_left_alone(book: Book) -> None:
    fail(book, "m-1")
    (item,) = book.work()
    finish_work_item(book.ports, by_ana(), item.key, "not ours")
    before = book.snapshot()

    sweep_at(book, 5)

    assert book.fakes.queues.take() == []
    assert book.snapshot() == before


def test_what_fails_again_after_a_replay_is_on_the_list_again(book: Book) -> None:
    fail(book, "m-1")
    (item,) = book.work()
    replay_work_item(book.ports, by_ana(), item.key)
    assert book.work() == []

    fail(book, "m-2")

    (again,) = book.work()
    assert (again.key, again.state, again.outcome) == (item.key, "open", None)
