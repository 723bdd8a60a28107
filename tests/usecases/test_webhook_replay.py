"""Tests that staff send, and what failed and is sent again."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import StateConflict
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.usecases.context import system_context
from chalicelib.usecases.egress_ports import CallAnswer
from chalicelib.usecases.watch_webhooks import watch_webhooks
from chalicelib.usecases.webhook_deliveries import (
    carry_out_replay,
    replay_delivery,
    replay_failed,
    send_test,
)
from chalicelib.usecases.webhook_endpoints import delete_endpoint
from tests.builders import NOON, Book, by_ana
from tests.webhooks import attempt, deliveries, endpoint, listens, now, one_waiting, switch, tell
from tests.worker import drain

MINUTE = timedelta(minutes=1)


def test_a_test_is_sent_even_to_what_is_off_and_changes_nothing_else(book: Book) -> None:
    made = listens(book, "invoice.paid").record
    switch(book, made.id, on=False)
    book.fakes.egress.answers = [CallAnswer(status=410)]

    test = send_test(book.ports, by_ana(), made.id)
    drain(book.fakes, NOON)

    (one,) = deliveries(book)
    assert (one.id, one.type, one.state, one.status) == (test.id, "webhook.test", "failed", 410)
    assert endpoint(book, made.id).why == "by_staff"
    assert book.work() == []


def test_a_failed_test_of_a_working_endpoint_does_not_switch_it_off(book: Book) -> None:
    made = listens(book).record
    book.fakes.egress.answers = [CallAnswer(status=500)]

    send_test(book.ports, by_ana(), made.id)
    drain(book.fakes, NOON)

    assert [one.state for one in deliveries(book)] == ["failed"]
    assert endpoint(book, made.id).is_enabled


def test_a_delivery_can_be_sent_again_as_often_as_staff_wish(book: Book) -> None:
    one = one_waiting(book)
    attempt(book, one)

    replay_delivery(book.ports, by_ana(NOON + MINUTE), one.id)
    with pytest.raises(StateConflict) as refused:
        replay_delivery(book.ports, by_ana(NOON + MINUTE), one.id)
    drain(book.fakes, NOON + MINUTE)

    assert refused.value.code == "delivery_waits"
    assert (now(book).state, now(book).attempts) == ("delivered", 2)
    assert len({call.headers["webhook-id"] for call in book.fakes.egress.calls}) == 1


def failed_ones(book: Book, count: int) -> list[WebhookDelivery]:
    made = listens(book).record
    switch(book, made.id, on=False)
    for hours in range(count):
        book.issued(when=NOON + timedelta(hours=hours))
        tell(book, NOON + timedelta(hours=hours))
    switch(book, made.id, on=True)
    return deliveries(book)


def test_what_failed_since_an_instant_is_sent_again_and_nothing_before(book: Book) -> None:
    every = failed_ones(book, 4)
    at = NOON + timedelta(hours=5)

    replay_failed(book.ports, by_ana(at), every[0].endpoint_id, NOON + timedelta(hours=2))
    drain(book.fakes, at)

    assert [one.state for one in deliveries(book)] == [
        "failed", "failed", "delivered", "delivered",
    ]  # fmt: skip


def test_a_replay_whose_message_was_lost_is_found_by_the_sweeper(book: Book) -> None:
    every = failed_ones(book, 2)
    at = NOON + timedelta(hours=3)
    replay_failed(book.ports, by_ana(at), every[0].endpoint_id, NOON)
    book.fakes.queues.take()

    counts = watch_webhooks(book.ports, system_context(at + 5 * MINUTE))
    drain(book.fakes, at + 5 * MINUTE)

    assert counts["replays"] == 1
    assert {one.state for one in deliveries(book)} == {"delivered"}
    assert carry_out_replay(book.ports, system_context(at), every[0].endpoint_id) == 0


def test_what_waits_for_a_deleted_endpoint_is_given_up_by_the_sweeper(book: Book) -> None:
    one = one_waiting(book)
    delete_endpoint(book.ports, by_ana(), one.endpoint_id)

    watch_webhooks(book.ports, system_context(NOON + 5 * MINUTE))
    drain(book.fakes, NOON + 5 * MINUTE)

    assert (now(book).state, now(book).reason) == ("failed", "endpoint_deleted")
    assert book.fakes.egress.calls == []
