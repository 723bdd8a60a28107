"""The app's Lambda functions in this process, each beside what triggers it, read from app.py."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from chalice.app import Chalice, ScheduledEventConfig, SQSEventConfig

from infra.local.cloud import REGION
from infra.local.gateway import context

ACCOUNT: Final = "000000000000"
Event = dict[str, Any]
Function = Callable[[Event], Any]


@dataclass(frozen=True)
class Schedule:
    """A function that the clock calls, every `period`; a daily one at `time_of_day` in UTC."""

    name: str
    expression: str
    description: str
    period: timedelta
    call: Function
    time_of_day: timedelta | None = None

    def is_due(self, last: datetime, now: datetime) -> bool:
        """Its time has come since it last ran, once or several times."""
        if self.time_of_day is None:
            return now - last >= self.period
        midnight = (now - self.time_of_day).replace(hour=0, minute=0, second=0, microsecond=0)
        return last < midnight + self.time_of_day


@dataclass(frozen=True)
class QueueConsumer:
    """A function that takes the messages of a queue. `queue` is its name in a stack named saldo."""

    name: str
    queue: str
    batch_size: int
    call: Function


def schedules(app: Chalice) -> dict[str, Schedule]:
    """The app's schedules by name."""
    found = [source for source in app.event_sources if isinstance(source, ScheduledEventConfig)]
    return {source.name: _schedule(app, source) for source in found}


def queue_consumers(app: Chalice) -> list[QueueConsumer]:
    """The app's functions that a queue calls."""
    return [
        QueueConsumer(source.name, source.queue, source.batch_size, _function(app, source.name))
        for source in app.event_sources
        if isinstance(source, SQSEventConfig)
    ]


def bus_event(source: str, detail_type: str, time: datetime, detail: Event) -> Event:
    """An event as EventBridge hands it to a function."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": detail_type,
        "source": source,
        "account": ACCOUNT,
        "time": instant(time),
        "region": REGION,
        "resources": [],
        "detail": detail,
    }


def schedule_event(name: str, time: datetime) -> Event:
    """The event of a schedule that fires at `time`."""
    event = bus_event("aws.events", "Scheduled Event", time, {})
    return event | {"resources": [f"arn:aws:events:{REGION}:{ACCOUNT}:rule/saldo-{name}"]}


def instant(time: datetime) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _schedule(app: Chalice, source: ScheduledEventConfig) -> Schedule:
    expression = source.schedule_expression
    text = expression if isinstance(expression, str) else expression.to_string()
    call = _function(app, source.name)
    period, time_of_day = _times(text)
    return Schedule(source.name, text, source.description, period, call, time_of_day)


def _times(expression: str) -> tuple[timedelta, timedelta | None]:
    """15 minutes for `rate(15 minutes)`; a day and 2 hours for `cron(0 2 * * ? *)`.

    ValueError for any other cron expression: the local cloud knows daily ones only.
    """
    if expression.startswith("rate("):
        amount, unit = expression.removeprefix("rate(").removesuffix(")").split()
        return timedelta(**{unit.rstrip("s") + "s": int(amount)}), None
    minute, hour, *rest = expression.removeprefix("cron(").removesuffix(")").split()
    if rest != ["*", "*", "?", "*"]:
        raise ValueError(f"The local cloud knows no schedule {expression!r}.")
    return timedelta(days=1), timedelta(hours=int(hour), minutes=int(minute))


def _function(app: Chalice, name: str) -> Function:
    handler = app.handler_map[name]
    return lambda event: handler(event, context(name))
