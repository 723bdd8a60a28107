"""PayPal's signature of a webhook: over its id, its time, our webhook's id and a checksum.

https://developer.paypal.com/api/rest/webhooks/rest/. It is checked with PayPal's certificate; where
that cannot be judged, PayPal is asked.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from chalicelib.adapters.providers import paypal_api, paypal_certificate
from chalicelib.adapters.providers.errors import SignatureInvalid
from chalicelib.adapters.providers.port import Notification, Setup
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable

ALGORITHM: Final = "SHA256withRSA"
TOLERANCE: Final = timedelta(days=4)
"""PayPal repeats for three days what we could not take, and does not say that it signs anew; so a
replay is kept out by the event's id, which is stored for good, rather than by this."""
AHEAD: Final = timedelta(minutes=10)
_LONGEST_HEADER: Final = 2_000


class Transmission(NamedTuple):
    """What the headers of one webhook say."""

    id: str
    time: str
    signature: str
    cert_url: str
    algorithm: str


_HEADERS: Final = Transmission(
    id="paypal-transmission-id",
    time="paypal-transmission-time",
    signature="paypal-transmission-sig",
    cert_url="paypal-cert-url",
    algorithm="paypal-auth-algo",
)


def verify(notification: Notification, setup: Setup, now: datetime) -> None:
    """Return if PayPal signed exactly these bytes for one of our webhooks. SignatureInvalid."""
    webhook_ids = _webhook_ids(setup)
    sent = _transmission(notification.headers)
    _require_time(sent.time, now)
    if sent.algorithm != ALGORITHM:
        raise SignatureInvalid(f"Signed by {sent.algorithm[:40]!r}, which PayPal does not use.")
    if not paypal_certificate.is_its_place(sent.cert_url, setup.calls.base_url):
        raise SignatureInvalid(f"{sent.cert_url[:200]!r} is no certificate of PayPal's.")
    try:
        signature = base64.b64decode(sent.signature, validate=True)
    except binascii.Error as exc:
        raise SignatureInvalid("The signature is no Base64.") from exc
    messages = [signed_text(sent, one, notification.raw) for one in webhook_ids]
    try:
        is_signed = _is_signed(sent.cert_url, messages, signature, now)
    except paypal_certificate.NotJudged as exc:
        is_signed = _says_paypal(notification, sent, webhook_ids, setup, str(exc))
    if not is_signed:
        raise SignatureInvalid("The signature is not of these bytes and our webhook.")


def signed_text(sent: Transmission, webhook_id: str, raw: bytes) -> bytes:
    """Return what PayPal signs."""
    return f"{sent.id}|{sent.time}|{webhook_id}|{zlib.crc32(raw)}".encode()


def _webhook_ids(setup: Setup) -> list[str]:
    known = [*setup.secrets, setup.keys.get("webhook_id", "")]
    usable = [one for one in dict.fromkeys(known) if one]
    if not usable:
        raise SignatureInvalid("No webhook id is configured.")
    return usable


def _transmission(headers: Mapping[str, str]) -> Transmission:
    known = {name.lower(): value for name, value in headers.items()}
    found = Transmission(*(known.get(name, "") for name in _HEADERS))
    # A | would move what is signed from one field into the next.
    if any(
        not one or len(one) > _LONGEST_HEADER or not one.isascii() or "|" in one for one in found
    ):
        raise SignatureInvalid("A header of PayPal's is missing or no proper one.")
    return found


def _require_time(text: str, now: datetime) -> None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as exc:
        raise SignatureInvalid("The time of the transmission is none.") from exc
    age = now - (at if at.tzinfo else at.replace(tzinfo=UTC))
    if not -AHEAD <= age <= TOLERANCE:
        raise SignatureInvalid("The transmission is too old, or from the future.")


def _is_signed(url: str, messages: Sequence[bytes], signature: bytes, now: datetime) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric.padding import (  # noqa: PLC0415 - heavy
        PKCS1v15,
    )

    key = paypal_certificate.public_key(url, now)
    for message in messages:
        try:
            key.verify(signature, message, PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            continue
        return True
    return False


def _says_paypal(
    notification: Notification,
    sent: Transmission,
    webhook_ids: Sequence[str],
    setup: Setup,
    reason: str,
) -> bool:
    try:
        event = json.loads(notification.raw)
        return any(_is_success(sent, one, event, setup) for one in webhook_ids)
    except (ProviderUnavailable, ProviderRefused, ValueError, RecursionError) as exc:
        raise SignatureInvalid(f"Nobody can verify it now. {reason} {exc}") from exc


def _is_success(sent: Transmission, webhook_id: str, event: Any, setup: Setup) -> bool:
    body = {
        "transmission_id": sent.id,
        "transmission_time": sent.time,
        "transmission_sig": sent.signature,
        "cert_url": sent.cert_url,
        "auth_algo": sent.algorithm,
        "webhook_id": webhook_id,
        "webhook_event": event,
    }
    path = "/v1/notifications/verify-webhook-signature"
    answer = paypal_api.ask(setup, "POST", path, body=body).body
    return isinstance(answer, Mapping) and answer.get("verification_status") == "SUCCESS"
