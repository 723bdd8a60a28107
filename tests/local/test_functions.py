"""When a schedule of the local cloud is due."""

from datetime import UTC, datetime, timedelta

import pytest

from infra.local.functions import Schedule, _times


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def schedule(expression: str) -> Schedule:
    period, time_of_day = _times(expression)
    return Schedule("x", expression, "", period, lambda _: None, time_of_day)


def test_a_rate_is_due_when_its_period_is_over() -> None:
    hourly = schedule("rate(1 hour)")

    assert hourly.period == timedelta(hours=1)
    assert not hourly.is_due(at("2026-03-02T11:00:00"), at("2026-03-02T11:59:59"))
    assert hourly.is_due(at("2026-03-02T11:00:00"), at("2026-03-02T12:00:00"))


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        ("2026-03-01T23:00:00", "2026-03-02T01:59:59", False),
        ("2026-03-01T23:00:00", "2026-03-02T02:00:00", True),
        ("2026-03-02T02:00:00", "2026-03-02T02:00:01", False),
        ("2026-03-02T02:00:00", "2026-03-03T01:59:59", False),
        ("2026-03-02T02:00:00", "2026-03-03T02:00:00", True),
        ("2026-02-20T12:00:00", "2026-03-02T01:00:00", True),
    ],
)
def test_a_nightly_schedule_is_due_once_after_its_time_of_day(
    last: str, now: str, *, is_due: bool
) -> None:
    assert schedule("cron(0 2 * * ? *)").is_due(at(last), at(now)) is is_due


def test_other_cron_expressions_are_refused() -> None:
    with pytest.raises(ValueError, match="MON"):
        _times("cron(0 2 ? * MON *)")
