"""How Redsys signs, after its manual "Firmar una operación" (versions SHA-256 and SHA-512).

Kept apart from what the app checks with: the two must agree by the manual and not by each other.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.padding import PKCS7

SHA256: Final = "HMAC_SHA256_V1"
_SHA512: Final = ("HMAC_SHA512_V1", "HMAC_SHA512_V2")
VERSIONS: Final = (SHA256, *_SHA512)


def read(text: str) -> dict[str, str]:
    """The parameters of a message, by their names in capitals. ValueError when it is none."""
    filled = text.replace("-", "+").replace("_", "/")
    said = json.loads(base64.b64decode(filled + "=" * (-len(filled) % 4)))
    named = said.items() if isinstance(said, dict) else ()
    return {str(name).upper(): str(value) for name, value in named}


def is_signed(fields: Mapping[str, str], secret: str) -> bool:
    """Tells whether a request of a shop was signed with its key."""
    version = fields.get("Ds_SignatureVersion", "")
    text = fields.get("Ds_MerchantParameters", "")
    if version not in VERSIONS:
        return False
    made = _signature(version, secret, read(text).get("DS_MERCHANT_ORDER", ""), text)
    return hmac.compare_digest(_bare(made), _bare(fields.get("Ds_Signature", "")))


def answer(version: str, secret: str, said: Mapping[str, Any]) -> dict[str, str]:
    """The three fields of a result. The values inside are URL-encoded, as the bank's are."""
    content = {name: quote(str(value), safe="") for name, value in said.items()}
    text = base64.urlsafe_b64encode(json.dumps(content).encode()).decode()
    if version == "HMAC_SHA512_V2":
        text = text.rstrip("=")
    made = _signature(version, secret, str(said["Ds_Order"]), text)
    return {
        "Ds_SignatureVersion": version,
        "Ds_MerchantParameters": text,
        "Ds_Signature": made.rstrip("=") if version == "HMAC_SHA512_V2" else made,
    }


def _signature(version: str, secret: str, order: str, text: str) -> str:
    if version == SHA256:
        data = order.encode()
        data += b"\0" * ((8 - len(data) % 8) % 8)
        key = _encrypted(Cipher(TripleDES(base64.b64decode(secret)), modes.CBC(bytes(8))), data)
        made = hmac.new(key, text.encode(), hashlib.sha256).digest()
    else:
        padder = PKCS7(128).padder()
        data = padder.update(order.encode()) + padder.finalize()
        cipher = Cipher(AES(secret.encode()[:16].ljust(16, b"0")), modes.CBC(bytes(16)))
        key = base64.b64encode(_encrypted(cipher, data))
        made = hmac.new(key, text.encode(), hashlib.sha512).digest()
    return base64.urlsafe_b64encode(made).decode()


def _encrypted(cipher: Cipher[modes.CBC], data: bytes) -> bytes:
    encryptor = cipher.encryptor()
    return encryptor.update(data) + encryptor.finalize()


def _bare(signature: str) -> bytes:
    return signature.replace("+", "-").replace("/", "_").rstrip("=").encode()
