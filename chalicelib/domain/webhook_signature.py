"""Signatures of Standard Webhooks 1.0.0: HMAC-SHA256 over ``id.timestamp.body``."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Final

_PREFIX: Final = "whsec_"


def secret_from(random_text: str) -> str:
    """Return a signing secret, ``whsec_`` and 32 bytes in base64, made of 256 random bits."""
    key = hashlib.sha256(random_text.encode()).digest()
    return _PREFIX + base64.b64encode(key).decode()


def signed_headers(
    event_id: str, at: datetime, body: str, *, secrets: Iterable[str]
) -> dict[str, str]:
    """Return the headers by which a receiver knows what was sent, when and by whom.

    There is one signature for each secret that is valid: two while a secret is being replaced.
    """
    timestamp = str(int(at.timestamp()))
    content = f"{event_id}.{timestamp}.{body}".encode()
    return {
        "webhook-id": event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, content) for secret in secrets),
    }


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.digest(key, content, "sha256")).decode()
