"""The bell of one process: it is rung when something was changed that others want to know.

It only makes the work begin at once. Whatever a dead process left behind is found by the index.
"""

from datetime import datetime, timedelta
from typing import Final

KNOWN_FOR: Final = timedelta(seconds=10)


class Bell:
    """Whether there was anything to announce, and whether anybody listens, as of some instant."""

    def __init__(self) -> None:
        self.is_rung = False
        self._looked_at: datetime | None = None
        self.is_heard = False

    def ring(self) -> None:
        """Note that there is something to announce."""
        self.is_rung = True

    def take(self) -> bool:
        """Return whether it was rung since it was last asked."""
        was_rung, self.is_rung = self.is_rung, False
        return was_rung

    def has_looked(self, at: datetime) -> bool:
        """Tell whether ``is_heard`` is fresh."""
        return self._looked_at is not None and abs(at - self._looked_at) < KNOWN_FOR

    def forget(self) -> None:
        """Look anew at the next ring: who listens has changed."""
        self._looked_at = None

    def heard(self, at: datetime, *, is_heard: bool) -> None:
        """Note whether anybody listens."""
        self._looked_at, self.is_heard = at, is_heard
