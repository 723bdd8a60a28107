"""Background work is done as Lambda does it, and `drain` says exactly when nothing is left."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.local.functions import QueueConsumer, Schedule
from infra.local.pump import Pump
from infra.local.queues import Queue
from infra.local.stack import Stack

pytestmark = pytest.mark.cloud
NOON = datetime(2026, 12, 5, 12, tzinfo=UTC)


class Quiet:
    """No mail was sent."""

    def deliver(self) -> bool:
        return False


class App:
    """Three queues and a schedule, as the real app has them; tests replace what they are about."""

    def __init__(self, stack: Stack, folder: Path) -> None:
        self._stack = stack
        self._sqs = stack.cloud.client("sqs")
        self.taken: list[tuple[str, str]] = []
        self.ticks: list[str] = []
        self.on_mail: Callable[[Any], Any] = self.take("mail")
        self.on_tick: Callable[[Any], Any] = lambda event: self.ticks.append(event["time"])
        queues = [
            self._queue("mail", 2, self._mail),
            self._queue("reminders", 1, self.take("reminders")),
            self._queue("failed-work", 10, self.take("failed-work")),
        ]
        tick = Schedule("tick", "rate(15 minutes)", "", timedelta(minutes=15), self._tick)
        self.pump = Pump(queues, Quiet(), {"tick": tick}, folder / "last-runs.json")

    def put(self, queue: str, body: str, delay_seconds: int = 0) -> None:
        url = self._stack.queue_url(f"saldo-{queue}")
        self._sqs.send_message(QueueUrl=url, MessageBody=body, DelaySeconds=delay_seconds)

    def take(self, queue: str) -> Callable[[Any], None]:
        return lambda event: self.taken.extend((queue, r["body"]) for r in event["Records"])

    def _mail(self, event: Any) -> Any:
        return self.on_mail(event)

    def _tick(self, event: Any) -> Any:
        return self.on_tick(event)

    def _queue(self, name: str, batch_size: int, function: Callable[[Any], Any]) -> Queue:
        consumer = QueueConsumer(name, f"saldo-{name}", batch_size, function)
        return Queue(self._sqs, self._stack.queue_url(f"saldo-{name}"), consumer)


@pytest.fixture
def app(stack: Stack, tmp_path: Path) -> App:
    return App(stack, tmp_path)


def test_a_schedule_runs_as_of_its_time_and_all_that_follows_is_done(app: App) -> None:
    app.on_tick = lambda event: app.put("reminders", event["time"])

    app.pump.run_schedule("tick", NOON)

    assert app.taken == [("reminders", "2026-12-05T12:00:00Z")]


def test_work_that_makes_new_work_is_followed_to_its_end(app: App) -> None:
    def pass_on(event: Any) -> None:
        app.take("mail")(event)
        for record in event["Records"]:
            if record["body"] != "0":
                app.put("mail", str(int(record["body"]) - 1))

    app.on_mail = pass_on
    app.put("mail", "3")

    app.pump.drain()

    assert app.taken == [("mail", "3"), ("mail", "2"), ("mail", "1"), ("mail", "0")]


def test_a_delayed_message_is_waited_for(app: App) -> None:
    app.put("mail", "later", delay_seconds=1)

    app.pump.drain()

    assert app.taken == [("mail", "later")]


def test_only_the_message_that_failed_comes_again(app: App) -> None:
    batches: list[list[str]] = []

    def fail_on_second(event: Any) -> dict[str, Any]:
        batches.append([record["body"] for record in event["Records"]])
        failed = [r["messageId"] for r in event["Records"] if r["body"] == "b" and len(batches) < 3]
        return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}

    app.on_mail = fail_on_second
    app.put("mail", "a")
    app.put("mail", "b")

    app.pump.drain()

    assert batches == [["a", "b"], ["b"], ["b"]]
    assert app.taken == []


def test_a_message_that_always_fails_ends_as_failed_work(app: App) -> None:
    calls: list[int] = []

    def fail(event: Any) -> None:
        calls.append(len(event["Records"]))
        raise ValueError("broken")

    app.on_mail = fail
    app.put("mail", "poison")

    app.pump.drain()

    assert calls == [1, 1, 1, 1, 1]
    assert app.taken == [("failed-work", "poison")]


def test_a_schedule_that_was_missed_runs_once_after_a_restart(stack: Stack, tmp_path: Path) -> None:
    last_night = (datetime.now(UTC) - timedelta(hours=9)).timestamp()
    (tmp_path / "last-runs.json").write_text(f'{{"tick": {last_night}}}')
    app = App(stack, tmp_path)

    app.pump._run_due_schedules()
    app.pump._run_due_schedules()

    assert len(app.ticks) == 1


def test_a_schedule_waits_its_own_time_after_the_first_start(app: App) -> None:
    app.pump._run_due_schedules()

    assert app.ticks == []
