"""Identifiers: ULIDs, which sort by the time they are made, and secrets."""

import secrets
from datetime import datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
_LENGTH = 26
_RANDOM_BITS = 80


class RandomIds:
    """New identifiers from the operating system's randomness."""

    def new(self, prefix: str, at: datetime) -> str:
        """Return ``prefix_`` and a ULID of this instant."""
        number = (int(at.timestamp() * 1000) << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
        digits = [_ALPHABET[(number >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5)]
        return f"{prefix}_{''.join(digits)}"

    def secret(self) -> str:
        """Return 256 random bits as URL-safe text (43 characters)."""
        return secrets.token_urlsafe(32)
