"""The certificates with which PayPal signs webhooks: fetched from PayPal only, judged, kept a day.

https://developer.paypal.com/api/rest/webhooks/rest/#verify-webhook-signatures
"""

import re
import ssl
import urllib.error
import urllib.request
import warnings
from collections.abc import Sequence
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import Certificate

_PATH: Final = re.compile(r"/v1/notifications/certs/[A-Za-z0-9-]{1,100}")
_DOMAIN: Final = ".paypal.com"
_HOST: Final = re.compile(r"(?i:https://(?:[a-z0-9-]{1,63}\.){1,5}paypal\.com(?::443)?)")
_NAME: Final = "messageverificationcerts"  # the rule of PayPal's own SDK for Java
_LOCAL_HOSTS: Final = ("localhost", "127.0.0.1")
_SECONDS: Final = 5.0  # PayPal waits for our answer, and there is a second way to verify
_MOST_BYTES: Final = 65_536  # a chain of three has 6 KB
_LEAST_BITS: Final = 2048
_KEPT: Final = timedelta(days=1)
_MOST_KEPT: Final = 8

_known: "dict[str, tuple[RSAPublicKey, datetime]]" = {}


class NotJudged(Exception):
    """Nobody can say now whether the certificate is PayPal's."""


def is_its_place(url: str, api_url: str) -> bool:
    """Tell whether PayPal's certificates lie there; those of a local stand-in at its API, too."""
    api = urlsplit(api_url)
    if api.scheme == "http" and api.hostname in _LOCAL_HOSTS:
        root = api_url.rstrip("/")
        if url.startswith(root):
            return _PATH.fullmatch(url, len(root)) is not None
    host = _HOST.match(url)
    return host is not None and _PATH.fullmatch(url, host.end()) is not None


def public_key(url: str, now: datetime) -> "RSAPublicKey":
    """Return the key of the certificate at a place that ``is_its_place``. NotJudged."""
    key, until = _known.get(url, (None, now))
    if key is None or now >= until:
        text = _fetched(url)
        is_local = urlsplit(url).scheme == "http"
        leaf = judged(text, now, None if is_local else system_roots())
        key = _rsa_key(leaf)
        if len(_known) >= _MOST_KEPT:
            _known.clear()
        _known[url] = (key, min(now + _KEPT, leaf.not_valid_after_utc))
    return key


def judged(text: bytes, now: datetime, roots: "Sequence[Certificate] | None") -> "Certificate":
    """Return the first certificate of a chain if it is valid, PayPal's, and vouched for by a root.

    Without roots its validity alone is looked at. NotJudged otherwise.
    """
    from cryptography import x509  # noqa: PLC0415 - heavy

    try:
        leaf, *others = x509.load_pem_x509_certificates(text)
    except ValueError as exc:
        raise NotJudged("It is no certificate.") from exc
    if not leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc:
        raise NotJudged("It is not valid at this time.")
    if roots is not None:
        _require_name(leaf)
        _require_chain(leaf, others, roots, now)
    return leaf


def _require_name(leaf: "Certificate") -> None:
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - heavy

    named = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    names = [str(one.value).lower() for one in named]
    if not any(one.startswith(_NAME) and one.endswith(_DOMAIN) for one in names):
        raise NotJudged("It is not one for signing PayPal's messages.")


def _require_chain(
    leaf: "Certificate",
    others: "Sequence[Certificate]",
    roots: "Sequence[Certificate]",
    now: datetime,
) -> None:
    from cryptography.x509 import verification  # noqa: PLC0415 - heavy

    if not roots:
        raise NotJudged("This machine trusts no certificate authority.")
    policies = verification.ExtensionPolicy
    verifier = (
        verification.PolicyBuilder()
        .store(verification.Store(list(roots)))
        .time(now)
        .extension_policies(
            ca_policy=policies.webpki_defaults_ca(),
            ee_policy=policies.permit_all(),  # it signs messages and serves no host
        )
        .build_client_verifier()
    )
    try:
        verifier.verify(leaf, list(others))
    except verification.VerificationError as exc:
        raise NotJudged(f"No authority that is known vouches for it: {exc}") from exc


def _rsa_key(leaf: "Certificate") -> "RSAPublicKey":
    from cryptography.hazmat.primitives.asymmetric.rsa import (  # noqa: PLC0415 - heavy
        RSAPublicKey,
    )

    key = leaf.public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < _LEAST_BITS:
        raise NotJudged("Its key is none of RSA with 2048 bits at least.")
    return key


def system_roots() -> "list[Certificate]":
    """Return the authorities that this machine trusts."""
    from cryptography import x509  # noqa: PLC0415 - heavy

    trusted = ssl.create_default_context().get_ca_certs(binary_form=True)
    roots = []
    for one in trusted:
        try:
            with warnings.catch_warnings(action="ignore"):  # some are older than today's rules
                roots.append(x509.load_der_x509_certificate(one))
        except ValueError:  # whichever is not well-formed vouches for nobody
            continue
    return roots


def _fetched(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"User-Agent": "Saldo"})  # noqa: S310 - looked at
    try:
        with _opener.open(request, timeout=_SECONDS) as response:
            text: bytes = response.read(_MOST_BYTES + 1)
    except (OSError, HTTPException) as exc:  # HTTPError is an OSError
        raise NotJudged(f"It cannot be fetched: {exc!r}") from exc
    if len(text) > _MOST_BYTES:
        raise NotJudged("It is too large.")
    return text


class _StayHere(urllib.request.HTTPRedirectHandler):
    """The place was looked at; another one was not."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener: Final = urllib.request.build_opener(_StayHere, urllib.request.ProxyHandler({}))
