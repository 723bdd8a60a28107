"""The signatures of Redsys, on what we send and on what it sends.

Each message has a key of its own: the order number, encrypted under the merchant's secret key. See
https://pagosonline.redsys.es, "Firmar una operación"; the tests hold it against python-redsys.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Final

VERSIONS: Final = ("HMAC_SHA512_V2", "HMAC_SHA512_V1", "HMAC_SHA256_V1")
"""The versions that are known; the first is what we sign with where nothing else is agreed."""
_KEY_BYTES: Final = 24  # of 3DES
_LONGEST_TEXT: Final = 20_000  # a notification has some 700 characters
_TO_STANDARD: Final = str.maketrans("-_ ", "+/+")  # a form turns an unescaped + into a blank


def digest(version: str, secret: str, order: str, parameters: str) -> bytes:
    """Return the signature of the parameters as they travel.

    ValueError when the secret is not such a key as the version needs.
    """
    return _DIGESTS[version](secret, order, parameters.encode())


def signed(version: str, secret: str, order: str, content: bytes) -> dict[str, str]:
    """Return the three fields of a signed message. ValueError as above."""
    is_unpadded = version == "HMAC_SHA512_V2"
    encode = base64.b64encode if version == "HMAC_SHA256_V1" else base64.urlsafe_b64encode
    carry = base64.urlsafe_b64encode if is_unpadded else base64.b64encode
    parameters = carry(content).decode()
    if is_unpadded:
        parameters = parameters.rstrip("=")
    signature = encode(digest(version, secret, order, parameters)).decode()
    return {
        "Ds_SignatureVersion": version,
        "Ds_MerchantParameters": parameters,
        "Ds_Signature": signature.rstrip("=") if is_unpadded else signature,
    }


def decoded(text: str) -> bytes:
    """Return what a text in Base64 says, of either alphabet, padded or not.

    ValueError for everything else, and for a second spelling of the same bytes.
    """
    standard = text.translate(_TO_STANDARD).rstrip("=")
    if not standard or len(standard) > _LONGEST_TEXT:
        raise ValueError("It is empty or too long.")
    try:
        content = base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except binascii.Error as exc:
        raise ValueError("It is no Base64.") from exc
    if base64.b64encode(content).decode().rstrip("=") != standard:
        raise ValueError("It has bits that mean nothing.")
    return content


def _sha256(secret: str, order: str, parameters: bytes) -> bytes:
    # In "decrepit" since cryptography 43: 3DES is old, and here it only derives a key.
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.ciphers import Cipher, modes  # noqa: PLC0415 - heavy

    text = order.encode()
    padded = text + bytes(-len(text) % 8)
    encryptor = Cipher(TripleDES(_long_key(secret)), modes.CBC(bytes(8))).encryptor()
    derived = encryptor.update(padded) + encryptor.finalize()
    return hmac.new(derived, parameters, hashlib.sha256).digest()


def _long_key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret, validate=True)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise ValueError("The secret key is not the 32 characters that the bank gives.")
    return key


def _sha512(secret: str, order: str, parameters: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415 - heavy
        Cipher,
        algorithms,
        modes,
    )

    if not secret:
        raise ValueError("The secret key is empty.")
    key = secret[:16].ljust(16, "0").encode()
    text = order.encode()
    lacking = 16 - len(text) % 16
    encryptor = Cipher(algorithms.AES128(key), modes.CBC(bytes(16))).encryptor()
    derived = encryptor.update(text + bytes([lacking]) * lacking) + encryptor.finalize()
    # The key of the HMAC is the text of the derived bytes in Base64, not the bytes.
    return hmac.new(base64.b64encode(derived), parameters, hashlib.sha512).digest()


_DIGESTS: Final[Mapping[str, Callable[[str, str, bytes], bytes]]] = {
    "HMAC_SHA256_V1": _sha256,
    "HMAC_SHA512_V1": _sha512,
    "HMAC_SHA512_V2": _sha512,
}
