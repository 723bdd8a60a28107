"""How PayPal signs its webhooks: with a key of its own, whose certificate lies at its API."""

import base64
import zlib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509.oid import NameOID

from infra.local.providers.base import new_id, now
from infra.local.providers.things import Shelf

ALGORITHM: Final = "SHA256withRSA"
_NAME: Final = "messageverificationcerts.paypal.com"
_LASTS: Final = timedelta(days=3650)


class Signer:
    """A key and its certificate, made once and kept on the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def headers(self, root: str, webhook_id: str, body: bytes) -> dict[str, str]:
        """What a webhook carries, for a transmission made now."""
        kept = self._kept()
        name, sent = new_id("", 32), f"{now():%Y-%m-%dT%H:%M:%SZ}"
        text = _text(name, sent, webhook_id, body)
        signature = _loaded(kept["key"]).sign(text, PKCS1v15(), hashes.SHA256())
        return {
            "PAYPAL-TRANSMISSION-ID": name,
            "PAYPAL-TRANSMISSION-TIME": sent,
            "PAYPAL-TRANSMISSION-SIG": base64.b64encode(signature).decode(),
            "PAYPAL-CERT-URL": f"{root}/v1/notifications/certs/{kept['name']}",
            "PAYPAL-AUTH-ALGO": ALGORITHM,
        }

    def certificate(self, name: str) -> bytes | None:
        """The certificate of that name in PEM."""
        kept = self._kept()
        return kept["certificate"].encode() if kept["name"] == name else None

    def is_signed(self, asked: Mapping[str, str], body: bytes) -> bool:
        """Tells whether a transmission is one of ours."""
        kept = self._kept()
        key = x509.load_pem_x509_certificate(kept["certificate"].encode()).public_key()
        text = _text(
            asked["transmission_id"], asked["transmission_time"], asked["webhook_id"], body
        )
        try:
            signature = base64.b64decode(asked["transmission_sig"])
            if not isinstance(key, rsa.RSAPublicKey):
                return False
            key.verify(signature, text, PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True

    def _kept(self) -> dict[str, str]:
        return self._shelf.get("signer", "key") or self._shelf.put("signer", "key", _made())


def _text(name: str, sent: str, webhook_id: str, body: bytes) -> bytes:
    return "|".join([name, sent, webhook_id, str(zlib.crc32(body) & 0xFFFFFFFF)]).encode()


@cache
def _loaded(text: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(text.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("The key on the shelf is none of RSA.")
    return key


@cache  # one for a process: making it takes some tenths of a second
def _made() -> dict[str, str]:
    key = rsa.generate_private_key(65_537, 2_048)
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + _LASTS)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {
        "name": f"CERT-{new_id('', 8)}-local",
        "key": private.decode(),
        "certificate": certificate.public_bytes(serialization.Encoding.PEM).decode(),
    }
