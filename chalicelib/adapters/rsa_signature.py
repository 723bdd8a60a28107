"""Checking RS256 signatures (RFC 8017, RSASSA-PKCS1-v1_5 with SHA-256). Nothing is signed here.

Checking needs no secret, so plain integers do, and nobody who signs in waits for a library.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

_SHA256: Final = bytes.fromhex("3031300d060960864801650304020105000420")
"""DigestInfo up to the hash itself: the algorithm's name in DER (RFC 8017, 9.2, note 1)."""
LEAST_BITS: Final = 2048
MOST_BITS: Final = 8192  # a larger key would only cost time
MOST_EXPONENT: Final = 1 << 32


@dataclass(frozen=True)
class RsaKey:
    """A public key: modulus and exponent."""

    modulus: int
    exponent: int

    def is_sound(self) -> bool:
        """Tell whether the key has a size that protects and that can be computed with."""
        has_size = LEAST_BITS <= self.modulus.bit_length() <= MOST_BITS
        return has_size and self.exponent in range(3, MOST_EXPONENT, 2)


def is_signed(message: bytes, signature: bytes, key: RsaKey) -> bool:
    """Tell whether the signature of this message was made with the key's private half.

    The padding is made anew and compared as a whole; parsing it is how forgeries get through.
    """
    size = (key.modulus.bit_length() + 7) // 8
    number = int.from_bytes(signature, "big")
    if not key.is_sound() or len(signature) != size or number >= key.modulus:
        return False
    shown = pow(number, key.exponent, key.modulus).to_bytes(size, "big")
    digest = _SHA256 + hashlib.sha256(message).digest()
    padding = b"\xff" * (size - len(digest) - 3)
    return hmac.compare_digest(shown, b"\x00\x01" + padding + b"\x00" + digest)
