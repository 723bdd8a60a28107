"""The one place that asks for the time."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


def elapsed_seconds() -> float:
    """Return seconds that only ever grow: for ages, not for dates."""
    return time.monotonic()


def pause(seconds: float) -> None:
    """Wait; between attempts of a contended commit."""
    time.sleep(seconds)
