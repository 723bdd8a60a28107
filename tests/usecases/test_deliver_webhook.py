"""One attempt after the other: claimed by one, called once, noted, and at some time given up."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.webhook_delivery import ATTEMPTS, LEASE, WebhookDelivery
from chalicelib.domain.work import WorkItem
from chalicelib.events.webhooks import work
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_webhook import deliver_webhook, delivery_ref
from chalicelib.usecases.egress_ports import CallAnswer, EgressUnavailable
from chalicelib.usecases.watch_webhooks import watch_webhooks
from chalicelib.usecases.webhook_deliveries import (
    replay_failed,
    send_test,
)
from chalicelib.usecases.webhook_endpoints import delete_endpoint, rotate_secret
from tests.builders import NOON, Book, by_ana, change_company
from tests.faults import Crash
from tests.webhooks import (
    URL,
    attempt,
    attempts,
    deliveries,
    endpoint,
    listens,
    now,
    one_waiting,
    switch,
    tell,
)
from tests.worker import drain

MINUTE = timedelta(minutes=1)


def test_what_is_taken_is_delivered_with_one_call(book: Book) -> None:
    one = one_waiting(book)
    book.fakes.egress.answers = [CallAnswer(status=204, body="thanks", ms=31)]

    assert attempt(book, one) == "delivered"

    after = now(book)
    assert (after.state, after.status, after.reason, after.due_at) == ("delivered", 204, None, None)
    assert (after.attempts, after.settled_at) == (1, NOON)
    (call,) = book.fakes.egress.calls
    assert (call.url, call.body) == (URL, one.body)
    assert call.headers["content-type"] == "application/json"
    (tried,) = attempts(book)
    assert (tried.number, tried.status, tried.ms, tried.answer) == (1, 204, 31, "thanks")
    assert tried.expires_at == int((NOON + timedelta(days=90)).timestamp())
    assert attempt(book, one) == "delivered"
    assert len(book.fakes.egress.calls) == 1


def test_the_receiver_can_verify_what_comes(book: Book) -> None:
    made = listens(book)
    book.issued()
    tell(book)
    (one,) = deliveries(book)
    real = datetime.now(UTC)

    deliver_webhook(
        book.ports, system_context(NOON), delivery_ref(one.endpoint_id, one.event_id),
        signed_at=real,
    )  # fmt: skip

    (call,) = book.fakes.egress.calls
    said = Webhook(made.secret).verify(call.body, dict(call.headers))
    assert said["type"] == "invoice.issued"
    assert call.headers["webhook-id"] == one.event_id
    assert re.fullmatch(r"[A-Za-z0-9_]+", one.event_id)


def test_for_a_day_after_it_was_replaced_the_old_secret_verifies_too(book: Book) -> None:
    made = listens(book)
    rotated = rotate_secret(book.ports, by_ana(), made.record.id)
    signatures = {}
    for hours in (23, 24):
        send_test(book.ports, by_ana(NOON + timedelta(hours=hours)), made.record.id)
        (_, body), *_ = book.fakes.queues.take()
        real = datetime.now(UTC)
        message = json.loads(body)
        deliver_webhook(
            book.ports,
            system_context(NOON + timedelta(hours=hours)),
            delivery_ref(message["endpoint"], message["event"]),
            signed_at=real,
        )
        signatures[hours] = book.fakes.egress.calls[-1]

    both, new = signatures[23], signatures[24]
    for secret in (made.secret, rotated.secret):
        Webhook(secret).verify(both.body, dict(both.headers))
    Webhook(rotated.secret).verify(new.body, dict(new.headers))
    with pytest.raises(WebhookVerificationError):
        Webhook(made.secret).verify(new.body, dict(new.headers))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (CallAnswer(status=500, body="broken"), "status"),
        (CallAnswer(status=302), "redirect"),
        (CallAnswer(error="timeout"), "timeout"),
        (CallAnswer(status=200, error="timeout"), "timeout"),
        (CallAnswer(error="address_refused"), "address_refused"),
    ],
)
def test_what_is_not_taken_is_tried_again_in_five_seconds(
    book: Book, answer: CallAnswer, reason: str
) -> None:
    one = one_waiting(book)
    book.fakes.egress.answers = [answer]

    assert attempt(book, one) == "waiting"

    after = now(book)
    assert (after.state, after.reason, after.attempts) == ("waiting", reason, 1)
    assert after.due_at is not None
    assert timedelta(seconds=5) <= after.due_at - NOON <= timedelta(seconds=5.5)
    assert book.fakes.queues.delays[-1] in (5, 6)
    drain(book.fakes, after.due_at)
    assert now(book).state == "delivered"
    first, second = book.fakes.egress.calls
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])


def test_a_message_that_comes_too_early_or_twice_calls_nobody(book: Book) -> None:
    one = one_waiting(book)
    book.fakes.egress.answers = [CallAnswer(status=500)]
    attempt(book, one)
    before = book.snapshot()

    assert attempt(book, one, NOON + timedelta(seconds=1)) == "waiting"

    assert book.snapshot() == before
    assert len(book.fakes.egress.calls) == 1


def test_while_sending_is_frozen_nobody_is_told_and_no_attempt_is_lost(book: Book) -> None:
    one = one_waiting(book)
    book.freeze_sending()
    before = book.snapshot()

    assert attempt(book, one) == "waiting"

    assert book.fakes.egress.calls == []
    assert book.snapshot() == before
    change_company(book.ports, sending_frozen=False)
    watch_webhooks(book.ports, system_context(NOON + 5 * MINUTE))
    drain(book.fakes, NOON + 5 * MINUTE)
    assert (now(book).state, now(book).attempts) == ("delivered", 1)


def test_what_is_due_later_is_left_to_the_sweeper(book: Book) -> None:
    one = one_waiting(book)
    book.fakes.egress.answers = [CallAnswer(status=503, retry_after="400")]
    attempt(book, one)
    assert book.fakes.queues.messages == []

    early = watch_webhooks(book.ports, system_context(NOON + 5 * MINUTE))
    late = watch_webhooks(book.ports, system_context(NOON + 10 * MINUTE))
    drain(book.fakes, NOON + 10 * MINUTE)

    assert (early["webhooks"], late["webhooks"]) == (0, 1)
    assert (now(book).state, now(book).attempts) == ("delivered", 2)


def test_a_message_that_was_lost_is_queued_again(book: Book) -> None:
    one_waiting(book)

    watch_webhooks(book.ports, system_context(NOON + 5 * MINUTE))
    watch_webhooks(book.ports, system_context(NOON + 5 * MINUTE))
    drain(book.fakes, NOON + 5 * MINUTE)

    assert now(book).state == "delivered"
    assert len(book.fakes.egress.calls) == 1


def through_all_attempts(book: Book, one: WebhookDelivery, answer: CallAnswer) -> datetime:
    at = NOON
    for _ in range(ATTEMPTS):
        book.fakes.egress.answers = [answer]
        attempt(book, one, at)
        at = now(book).due_at or at
    return at


def test_after_ten_attempts_the_endpoint_is_switched_off_and_staff_are_told(book: Book) -> None:
    one = one_waiting(book)

    at = through_all_attempts(book, one, CallAnswer(status=500, body="no"))

    after, there = now(book), endpoint(book, one.endpoint_id)
    assert (after.state, after.attempts, after.reason) == ("failed", 10, "status")
    assert (there.state, there.why, there.disabled_at) == ("disabled", "failing", at)
    assert at - NOON > timedelta(days=3)
    (item,) = book.work()
    assert (item.what, item.detail) == ("webhook_stopped", f"{URL}: 500")
    (entry,) = [each for each in book.all(AuditEntry) if each.action == "webhook_endpoint_stopped"]
    assert (entry.by, entry.facts["why"]) == ("system", "failing")
    assert entry.tell_after == ""
    assert len(attempts(book)) == 10


def test_whoever_says_gone_is_not_called_again(book: Book) -> None:
    one = one_waiting(book)
    book.issued()
    tell(book)
    other = next(each for each in deliveries(book) if each.id != one.id)
    book.fakes.egress.answers = [CallAnswer(status=410)]

    assert attempt(book, one) == "failed"
    assert attempt(book, other) == "failed"

    there = endpoint(book, one.endpoint_id)
    assert (there.state, there.why) == ("disabled", "gone")
    assert len(book.fakes.egress.calls) == 1
    given_up = next(each for each in deliveries(book) if each.id == other.id)
    assert (given_up.reason, given_up.attempts) == ("endpoint_disabled", 0)
    assert len(book.work()) == 1


def test_switching_it_on_again_closes_the_task_and_what_failed_can_be_sent(book: Book) -> None:
    one = one_waiting(book)
    book.fakes.egress.answers = [CallAnswer(status=410)]
    attempt(book, one)
    with pytest.raises(StateConflict) as refused:
        replay_failed(book.ports, by_ana(), one.endpoint_id, NOON)
    assert refused.value.code == "endpoint_disabled"

    switch(book, one.endpoint_id, on=True)
    replay_failed(book.ports, by_ana(NOON + MINUTE), one.endpoint_id, NOON)
    drain(book.fakes, NOON + MINUTE)

    assert (now(book).state, now(book).attempts, now(book).tries) == ("delivered", 2, 1)
    assert endpoint(book, one.endpoint_id).replay_since is None
    assert [item.state for item in book.all(WorkItem)] == ["done"]


def test_two_workers_with_one_message_call_once(book: Book) -> None:
    one = one_waiting(book)
    answers: list[str] = []
    book.fakes.egress.before = lambda _: answers.append(attempt(book, one))

    assert attempt(book, one) == "delivered"

    assert answers == ["waiting"]
    assert len(book.fakes.egress.calls) == len(attempts(book)) == 1


def test_a_claim_that_two_make_at_once_is_that_of_one(book: Book) -> None:
    one = one_waiting(book)
    commit = book.ports.store.commit
    results: list[str] = []

    def race(writes: object) -> None:
        book.ports.store.commit = commit  # type: ignore[method-assign]
        results.append(attempt(book, one))
        commit(writes)  # type: ignore[arg-type]

    book.ports.store.commit = race  # type: ignore[method-assign]
    results.append(attempt(book, one))

    assert results == ["delivered", "claimed by another"]
    assert len(book.fakes.egress.calls) == 1


def test_a_process_that_dies_after_its_call_is_followed_by_one_with_the_same_id(
    book: Book,
) -> None:
    one = one_waiting(book)
    book.fakes.egress.answers = [Crash()]
    with pytest.raises(Crash):
        attempt(book, one)

    assert attempt(book, one, NOON + LEASE - timedelta(seconds=1)) == "waiting"
    watch_webhooks(book.ports, system_context(NOON + 5 * MINUTE))
    drain(book.fakes, NOON + 5 * MINUTE)

    assert (now(book).state, now(book).attempts) == ("delivered", 2)
    assert [each.number for each in attempts(book)] == [2]


def test_an_outcome_that_comes_after_the_lease_changes_nothing(book: Book) -> None:
    one = one_waiting(book)

    def slow(_: object) -> None:
        book.fakes.egress.before = None
        attempt(book, one, NOON + LEASE)

    book.fakes.egress.before = slow
    book.fakes.egress.answers = [CallAnswer(status=200), CallAnswer(status=500)]

    attempt(book, one)

    assert (now(book).state, now(book).attempts) == ("delivered", 2)
    assert [each.number for each in attempts(book)] == [2]


def test_when_our_own_side_fails_no_attempt_is_lost(book: Book) -> None:
    one = one_waiting(book)
    book.fakes.egress.answers = [EgressUnavailable("throttled")]

    with pytest.raises(EgressUnavailable):
        attempt(book, one)

    after = now(book)
    assert (after.state, after.tries, after.attempts) == ("waiting", 0, 0)
    assert after.due_at == NOON + 5 * MINUTE
    assert attempts(book) == []
    assert attempt(book, one, NOON + 5 * MINUTE) == "delivered"


def test_a_deleted_endpoint_is_not_called(book: Book) -> None:
    one = one_waiting(book)
    delete_endpoint(book.ports, by_ana(), one.endpoint_id)

    assert attempt(book, one) == "failed"

    assert (now(book).reason, now(book).attempts) == ("endpoint_deleted", 0)
    assert book.fakes.egress.calls == []


def test_of_a_long_answer_the_beginning_is_kept(book: Book) -> None:
    one = one_waiting(book)
    book.fakes.egress.answers = [CallAnswer(status=200, body="ñ" * 65_536)]

    attempt(book, one)

    assert attempts(book)[0].answer == "ñ" * 1_000


def test_a_message_from_a_clock_that_was_put_forward_counts_as_of_its_time(book: Book) -> None:
    one = one_waiting(book)
    book.fakes.egress.answers = [CallAnswer(status=503, retry_after="3600")]
    attempt(book, one)
    later = NOON + timedelta(hours=2)
    watch_webhooks(book.ports, system_context(later))
    (message,) = book.fakes.queues.bodies("webhooks")

    work(book.ports, message, NOON)

    assert now(book).settled_at == later
    assert book.fakes.egress.calls[-1].headers["webhook-timestamp"] == str(int(NOON.timestamp()))
