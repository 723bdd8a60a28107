"""Identifiers: ULIDs, which sort by the time they are made, and secrets."""

import secrets
import threading
from datetime import datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
_LENGTH = 26
_RANDOM_BITS = 80


class RandomIds:
    """New identifiers from the operating system's randomness.

    Those of one millisecond count up, so that what one process does in one instant keeps its order.
    """

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def new(self, prefix: str, at: datetime) -> str:
        """Return ``prefix_`` and a ULID of this instant."""
        number = self._number(int(at.timestamp() * 1000))
        digits = [_ALPHABET[(number >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5)]
        return f"{prefix}_{''.join(digits)}"

    def _number(self, milliseconds: int) -> int:
        with self._lock:
            if self._last >> _RANDOM_BITS == milliseconds:
                self._last += 1
            else:
                # One bit less than there is room for leaves room to count up.
                fresh = secrets.randbits(_RANDOM_BITS - 1)
                self._last = (milliseconds << _RANDOM_BITS) | fresh
            return self._last

    def secret(self) -> str:
        """Return 256 random bits as URL-safe text (43 characters)."""
        return secrets.token_urlsafe(32)
