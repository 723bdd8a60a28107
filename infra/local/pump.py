"""Keeps the app's background work going: queues, what becomes of mails, schedules in real time.

One thread does it all, one thing after another, so that `drain` can say when nothing is left.
"""

import json
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from infra.local.functions import Schedule, schedule_event

# Every producer wakes the pump; it looks by itself this often for what was only delayed.
_LOOK_SECONDS: Final = 1.0
# A drain that takes longer than this has met work that keeps making new work.
_LONGEST_DRAIN_SECONDS: Final = 300.0


class NotQuietError(Exception):
    """The work did not come to an end."""


class Waiting(Protocol):
    """A queue, or the post that brings the webhooks of the stand-ins."""

    def deliver(self) -> bool:
        """Hands over what is next; False when nothing is due."""
        ...

    def release(self) -> bool:
        """Makes due at once what is only to be tried again later."""
        ...

    def is_empty(self) -> bool:
        """True when nothing waits, now or for later."""
        ...


class Feedback(Protocol):
    """Events that follow from mails sent."""

    def deliver(self) -> bool:
        """Hands the next event to the app; False when there is none."""
        ...


class Pump:
    """The queues, the feedback and the schedules of one app."""

    def __init__(
        self,
        queues: Sequence[Waiting],
        feedback: Feedback,
        schedules: dict[str, Schedule],
        last_runs: Path,
    ) -> None:
        self.schedules = schedules
        self._queues = queues
        self._feedback = feedback
        self._last_runs = _LastRuns(last_runs, schedules)
        self._working = threading.RLock()
        self._something_to_do = threading.Event()
        self._is_ending = False

    def wake(self) -> None:
        """Somebody may have put work into a queue."""
        self._something_to_do.set()

    def run(self) -> None:
        """Works until `end`; a failure of the local cloud itself is shown, and work goes on."""
        while not self._is_ending:
            try:
                with self._working:
                    self._run_due_schedules()
                    while not self._is_ending and self._step():
                        pass
            except Exception:  # noqa: BLE001 - a broken step must not end all later ones
                if not self._is_ending:
                    traceback.print_exc()
            self._something_to_do.wait(_LOOK_SECONDS)
            self._something_to_do.clear()

    def end(self) -> None:
        """Ends `run` after the message it is at."""
        self._is_ending = True
        self.wake()
        with self._working:
            pass

    def run_schedule(self, name: str, at: datetime) -> None:
        """Runs a schedule as of a time, then everything that follows from it, to the end."""
        with self._working:
            self.schedules[name].call(schedule_event(name, at))
            self.drain()

    def drain(self) -> None:
        """Returns when no message is visible, in flight or delayed, and no event is waiting."""
        with self._working:
            for _ in self._rounds():
                if self._step() or self._release():
                    continue
                if all(queue.is_empty() for queue in self._queues):
                    return
                time.sleep(0.05)  # a delayed message: its time is the queue's to keep

    def _step(self) -> bool:
        delivered = [queue.deliver() for queue in self._queues]
        return self._feedback.deliver() or any(delivered)

    def _release(self) -> bool:
        released = [queue.release() for queue in self._queues]
        return any(released)

    def _rounds(self) -> Iterator[None]:
        end = time.monotonic() + _LONGEST_DRAIN_SECONDS
        while time.monotonic() < end:
            yield
        raise NotQuietError(f"Still at work after {_LONGEST_DRAIN_SECONDS:.0f} s")

    def _run_due_schedules(self) -> None:
        now = datetime.now(UTC)
        for schedule in self._last_runs.due(now):
            schedule.call(schedule_event(schedule.name, now))


class _LastRuns:
    """When each schedule last ran in real time, kept over restarts: what was missed runs once."""

    def __init__(self, file: Path, schedules: dict[str, Schedule]) -> None:
        self._file = file
        self._schedules = schedules
        now = datetime.now(UTC).timestamp()
        stored = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        self._times = {name: min(stored.get(name, now), now) for name in schedules}
        self._store()

    def due(self, now: datetime) -> list[Schedule]:
        """The schedules whose time has come; they count as run."""
        due = [
            schedule
            for name, schedule in self._schedules.items()
            if schedule.is_due(datetime.fromtimestamp(self._times[name], UTC), now)
        ]
        if due:
            self._times |= {schedule.name: now.timestamp() for schedule in due}
            self._store()
        return due

    def _store(self) -> None:
        self._file.write_text(json.dumps(self._times), encoding="utf-8")
