"""Webhooks die before and after each of their calls; repeated, each system is told of everything.

A call may be made twice, always with the same id and body; a delivery is never made twice.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import DomainError
from chalicelib.domain.webhook_endpoint import WebhookEndpoint
from chalicelib.usecases.announce import announce, announce_soon
from chalicelib.usecases.context import AlreadyAnswered, RepeatKey, system_context
from chalicelib.usecases.deliver_webhook import deliver_webhook, delivery_ref
from chalicelib.usecases.egress_ports import CallAnswer, EgressUnavailable
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.watch_webhooks import watch_webhooks
from chalicelib.usecases.webhook_deliveries import (
    carry_out_replay,
    replay_delivery,
    replay_failed,
    send_test,
)
from chalicelib.usecases.webhook_endpoints import (
    NewEndpoint,
    change_endpoint,
    create_endpoint,
    delete_endpoint,
    rotate_secret,
)
from tests.builders import NOON, Book, by_ana
from tests.faults import Crash, CrashPoint, crashing
from tests.invariants import assert_books_hold
from tests.webhooks import attempt, attempts, deliveries, listens, switch, tell
from tests.worker import drain

Act = Callable[[Ports], object]
Arrange = Callable[[Book], Act]
KEYED: Final = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
LATER: Final = NOON + timedelta(minutes=5)
AT: Final = system_context(NOON)


def _happened(book: Book) -> None:
    book.issued(30_000)
    listens(book, url="https://a.example.com/")
    listens(book, "invoice.paid", url="https://b.example.com/")
    book.paid(30_000)


def _announce(book: Book) -> Act:
    _happened(book)
    return lambda ports: announce(ports, AT)


def _bell(book: Book) -> Act:
    _happened(book)
    return lambda ports: announce_soon(ports, NOON)


def _watch(book: Book) -> Act:
    _happened(book)
    tell(book)
    book.fakes.queues.take()
    book.paid(500)
    return lambda ports: watch_webhooks(ports, system_context(LATER))


def _deliver(*answers: CallAnswer | BaseException) -> Arrange:
    def arrange(book: Book) -> Act:
        _happened(book)
        tell(book)
        book.fakes.egress.answers = list(answers)
        refs = [delivery_ref(one.endpoint_id, one.event_id) for one in deliveries(book)]

        def act(ports: Ports) -> None:
            for ref in refs:
                with suppress(EgressUnavailable):
                    deliver_webhook(ports, AT, ref, signed_at=NOON)

        return act

    return arrange


def _failed(book: Book) -> WebhookEndpoint:
    made = listens(book, url="https://a.example.com/").record
    switch(book, made.id, on=False)
    book.issued()
    book.issued()
    tell(book)
    switch(book, made.id, on=True)
    return made


def _replay_failed(book: Book) -> Act:
    made = _failed(book)
    return lambda ports: replay_failed(ports, KEYED, made.id, NOON)


def _carry_out(book: Book) -> Act:
    made = _failed(book)
    replay_failed(book.ports, by_ana(), made.id, NOON)
    return lambda ports: carry_out_replay(ports, AT, made.id)


def _replay_each(book: Book) -> Act:
    _failed(book)
    names = [one.id for one in deliveries(book)]

    def act(ports: Ports) -> None:
        for name in names:
            with suppress(DomainError):  # it is on its way already
                replay_delivery(ports, by_ana(), name)

    return act


HANDLERS: Final[dict[str, Arrange]] = {
    "announce": _announce,
    "announce soon": _bell,
    "watch": _watch,
    "deliver": _deliver(),
    "deliver, refused": _deliver(CallAnswer(status=500), CallAnswer(error="timeout")),
    "deliver, our own fault": _deliver(EgressUnavailable("?")),
    "replay what failed": _replay_failed,
    "carry out a replay": _carry_out,
    "replay one": _replay_each,
}


def crashed(book: Book, act: Act, point: CrashPoint) -> None:
    try:
        act(crashing(book.ports, point))
    except Crash:
        with suppress(DomainError, AlreadyAnswered):  # it had happened already, and says so
            act(book.ports)


def settle(book: Book, since: datetime = NOON) -> None:
    """Let the queue run empty and the sweeper look, until the slowest attempt is over."""
    for minutes in (0, 5, 10, 20):
        later = since + timedelta(minutes=minutes)
        drain(book.fakes, later)
        watch_webhooks(book.ports, system_context(later))
        drain(book.fakes, later)


def everywhere(arrange: Arrange) -> list[tuple[Book, str]]:
    """Return a book for each place in which a process can die, and the place."""
    whole, book = CrashPoint(), Book()
    crashed(book, arrange(book), whole)
    assert whole.calls
    books = []
    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            book = Book()
            crashed(book, arrange(book), CrashPoint(call, after=after))
            books.append((book, f"{whole.calls[call - 1]} (call {call}, {after=})"))
    return books


@pytest.mark.parametrize("name", HANDLERS)
def test_every_system_is_told_of_everything_whatever_dies(name: str) -> None:
    whole = Book()
    crashed(whole, HANDLERS[name](whole), CrashPoint())
    settle(whole)
    expected = [(one.type, one.event_id) for one in deliveries(whole)]
    assert expected

    for book, where in everywhere(HANDLERS[name]):
        settle(book)

        assert [(one.type, one.event_id) for one in deliveries(book)] == expected, where
        assert {one.state for one in deliveries(book)} == {"delivered"}, where
        assert [one for one in book.all(AuditEntry) if one.announce_after is not None] == []
        for one in deliveries(book):
            calls = [each for each in book.fakes.egress.calls
                     if each.headers["webhook-id"] == one.event_id
                     and one.endpoint_id in _endpoint_of(book, each.url)]  # fmt: skip
            assert 1 <= len(calls) <= 3, where
            assert {each.body for each in calls} == {one.body}, where
        assert all(one.replay_since is None for one in book.all(WebhookEndpoint)), where
        assert_books_hold(book.fakes.table)


def _endpoint_of(book: Book, url: str) -> list[str]:
    return [one.id for one in book.all(WebhookEndpoint) if one.url == url]


@pytest.mark.parametrize("status", [410, 500])
def test_an_endpoint_is_switched_off_once_with_one_task_whatever_dies(status: int) -> None:
    def arrange(book: Book) -> Act:
        listens(book)
        book.issued()
        tell(book)
        (one,) = deliveries(book)
        at = NOON
        for _ in range(9 if status == 500 else 0):
            book.fakes.egress.answers = [CallAnswer(status=status)]
            attempt(book, one, at)
            at = next(each.due_at for each in deliveries(book) if each.due_at)
        book.fakes.egress.answers = [CallAnswer(status=status)] * 2
        last = system_context(at)
        ref = delivery_ref(one.endpoint_id, one.event_id)

        def act(ports: Ports) -> None:
            deliver_webhook(ports, last, ref, signed_at=at)

        return act

    for book, where in everywhere(arrange):
        settle(book, NOON + timedelta(days=5))

        (endpoint,) = book.all(WebhookEndpoint)
        (one,) = deliveries(book)
        assert endpoint.state == "disabled", where
        assert one.state == "failed", where
        assert [item.what for item in book.work()] == ["webhook_stopped"], where
        stopped = [each for each in book.all(AuditEntry)
                   if each.action == "webhook_endpoint_stopped"]  # fmt: skip
        assert len(stopped) == 1, where
        assert len(attempts(book)) in (one.attempts, one.attempts - 1), where


def test_an_endpoint_that_dies_at_its_birth_is_there_once_or_not_at_all() -> None:
    new = NewEndpoint(url="https://a.example.com/")

    def arrange(_book: Book) -> Act:
        return lambda ports: create_endpoint(ports, KEYED, new)

    for book, where in everywhere(arrange):
        (one,) = book.all(WebhookEndpoint)
        (secret,) = one.secrets
        name = f"webhook-endpoints/{one.id}/{secret.id}"
        assert "secret" in book.fakes.vault.kept[name], where


def test_a_secret_that_signs_is_always_in_the_vault() -> None:
    def arrange(book: Book) -> Act:
        made = listens(book).record
        return lambda ports: rotate_secret(ports, KEYED, made.id)

    for book, where in everywhere(arrange):
        (one,) = book.all(WebhookEndpoint)
        kept = [book.fakes.vault.kept[f"webhook-endpoints/{one.id}/{each.id}"]
                for each in one.secrets]  # fmt: skip
        assert len(kept) == 2, where
        assert all("secret" in each for each in kept), where


def test_a_change_and_an_end_happen_once() -> None:
    def change(book: Book) -> Act:
        made = listens(book).record
        book.fakes.egress.answers = [CallAnswer(status=410)]
        book.issued()
        tell(book)
        drain(book.fakes, NOON)
        return lambda ports: change_endpoint(
            ports, by_ana(), made.id, {"enabled": True}, expected_version=None
        )

    def end(book: Book) -> Act:
        made = listens(book).record
        return lambda ports: delete_endpoint(ports, by_ana(), made.id)

    for book, where in everywhere(change):
        assert [one.state for one in book.all(WebhookEndpoint)] == ["enabled"], where
        assert book.work() == [], where
    for book, where in everywhere(end):
        assert [one.state for one in book.all(WebhookEndpoint)] == ["deleted"], where


def test_a_test_that_dies_is_sent_once_or_asked_for_again() -> None:
    def arrange(book: Book) -> Act:
        made = listens(book).record
        return lambda ports: send_test(ports, KEYED, made.id)

    for book, where in everywhere(arrange):
        settle(book)

        assert [one.state for one in deliveries(book)] == ["delivered"], where
        assert len(book.fakes.egress.calls) == 1, where
