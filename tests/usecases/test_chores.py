"""Chores: schedules find them, one queue hands them out, one table says who does them."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from chalicelib import bootstrap
from chalicelib.domain.errors import InvariantBroken
from chalicelib.events import chores as events
from chalicelib.events.failed_work import handle as put_on_the_list
from chalicelib.settings import Settings
from chalicelib.usecases import hourly, nightly
from chalicelib.usecases.chores import Facts, one, queue_chores
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.ports import Ports
from tests.builders import NOON, Book

NOW = system_context(NOON)


def two(_ports: Ports, _context: Context) -> Iterable[Facts]:
    return {"id": "a"}, {"id": "b"}


def broken(_ports: Ports, _context: Context) -> Iterable[Facts]:
    yield {"id": "before"}
    raise OSError("the table does not answer")


def record(body: str) -> dict[str, Any]:
    return {"messageId": "m-1", "body": body, "attributes": {}}


def test_what_producers_find_is_queued_with_the_time_of_the_schedule(book: Book) -> None:
    counts = queue_chores(book.ports, NOW, {"pair": two, "single": one})

    assert counts == {"pair": 2, "single": 1}
    assert book.fakes.queues.bodies("chores") == [
        {"v": 1, "chore": "pair", "time": "2026-03-02T11:00:00Z", "id": "a"},
        {"v": 1, "chore": "pair", "time": "2026-03-02T11:00:00Z", "id": "b"},
        {"v": 1, "chore": "single", "time": "2026-03-02T11:00:00Z"},
    ]


def test_a_producer_that_fails_holds_up_no_other_and_is_heard_of(book: Book) -> None:
    with pytest.raises(OSError, match="does not answer"):
        queue_chores(book.ports, NOW, {"broken": broken, "pair": two})

    queued = [(body["chore"], body["id"]) for body in book.fakes.queues.bodies("chores")]
    assert queued == [("broken", "before"), ("pair", "a"), ("pair", "b")]


@pytest.mark.parametrize("name", sorted({**hourly.CHORES, **nightly.CHORES}))
def test_somebody_does_what_the_schedules_queue(name: str) -> None:
    assert name in events.CHORES


def test_a_chore_is_done_as_of_the_time_of_its_message(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[Context, Facts]] = []
    monkeypatch.setitem(events.CHORES, "greet", lambda _, at, facts: done.append((at, facts)))
    message = {"v": 1, "chore": "greet", "time": "2026-03-02T11:00:00Z", "id": "a"}

    events.do_chore(book.ports, message)

    assert done == [(NOW, message)]


def test_an_unknown_chore_fails_and_ends_on_the_work_list(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    wired = bootstrap.build(Settings(), book.fakes.table)
    monkeypatch.setattr(bootstrap, "app", lambda: wired)
    monkeypatch.setattr(bootstrap, "now", lambda: NOON)
    body = json.dumps({"v": 1, "chore": "dance", "time": "2026-03-02T11:00:00Z"})
    source = {"DeadLetterQueueSourceArn": "arn:aws:sqs:eu-south-2:1:saldo-chores"}

    with pytest.raises(InvariantBroken, match="dance"):
        events.do_chore(book.ports, json.loads(body))
    failed = events.handle({"Records": [record(body)]})
    put_on_the_list({"Records": [record(body) | {"attributes": source}]})

    assert failed == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    (item,) = book.work()
    assert (item.what, item.queue, item.body) == ("failed_work", "chores", body)
