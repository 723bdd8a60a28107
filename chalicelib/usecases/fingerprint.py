"""How secrets that we hand out are stored: only what tells whether one is right."""

import hashlib


def fingerprint(secret: str) -> str:
    """Return the SHA-256 of a secret in hex. Fit for 256 random bits, not for passwords."""
    return hashlib.sha256(secret.encode()).hexdigest()
