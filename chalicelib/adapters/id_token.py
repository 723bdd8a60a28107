"""The id token of an OpenID Connect provider: believed only if every claim is as it must be."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chalicelib.adapters.rsa_signature import RsaKey, is_signed
from chalicelib.usecases.identity_ports import Claims, IdentityRefused

MOST_CHARACTERS: Final = 16_384  # Cognito's are about 1,000
CLOCK_DIFFERENCE_SECONDS: Final = 60
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*")
_PARTS: Final = 3

KeyOf = Callable[[str], RsaKey | None]
"""Finds our provider's public key by its id."""


@dataclass(frozen=True)
class Expected:
    """What a token must say to be meant for us, for this sign-in and for now."""

    issuer: str
    client_id: str
    nonce: str
    at: datetime


def read_id_token(token: str, expected: Expected, key_of: KeyOf) -> Claims:
    """Return the claims of a token that our provider signed for us; IdentityRefused otherwise."""
    claims = _signed_claims(token, key_of)
    _require_meant_for_us(claims, expected)
    _require_in_time(claims, expected.at.timestamp())
    return _person(claims)


def _signed_claims(token: str, key_of: KeyOf) -> dict[str, Any]:
    parts = token.split(".")
    if len(token) > MOST_CHARACTERS or len(parts) != _PARTS:
        raise IdentityRefused("The id token is not a signed JWT.")
    header = _json(parts[0])
    # One algorithm, ours; and the key is ours: jku, x5u and jwk in the header are never followed.
    if header.get("alg") != "RS256" or "crit" in header:
        raise IdentityRefused(f"The id token's algorithm is {header.get('alg')!r}.")
    key = key_of(str(header.get("kid")))
    if key is None:
        raise IdentityRefused(f"The provider has no key {header.get('kid')!r}.")
    if not is_signed(f"{parts[0]}.{parts[1]}".encode(), _bytes(parts[2]), key):
        raise IdentityRefused("The signature of the id token is wrong.")
    return _json(parts[1])


def _require_meant_for_us(claims: Mapping[str, Any], expected: Expected) -> None:
    wanted = {"iss": expected.issuer, "nonce": expected.nonce}
    for name, value in wanted.items():
        if claims.get(name) != value:
            raise IdentityRefused(f"The id token has another {name}.")
    if claims.get("aud") not in (expected.client_id, [expected.client_id]):
        raise IdentityRefused("The id token is for another client.")
    if claims.get("token_use", "id") != "id":  # Cognito's own claim, which tells tokens apart
        raise IdentityRefused("This is another token than an id token.")


def _require_in_time(claims: Mapping[str, Any], now: float) -> None:
    if now >= _instant(claims, "exp"):
        raise IdentityRefused("The id token has expired.")
    latest = now + CLOCK_DIFFERENCE_SECONDS
    if _instant(claims, "iat") > latest or ("nbf" in claims and _instant(claims, "nbf") > latest):
        raise IdentityRefused("The id token is from the future.")


def _person(claims: Mapping[str, Any]) -> Claims:
    email, subject, name = (claims.get(field) for field in ("email", "sub", "name"))
    if not isinstance(email, str) or not isinstance(subject, str) or not email:
        raise IdentityRefused("The id token names no person.")
    if claims.get("email_verified") is not True:
        raise IdentityRefused("The provider has not verified the address.")
    return Claims(subject=subject, email=email, name=name if isinstance(name, str) else None)


def key_from_jwk(jwk: Mapping[str, Any]) -> RsaKey | None:
    """Return the key of a JSON Web Key; None when it is not one for RS256 signatures."""
    is_ours = jwk.get("use", "sig") == "sig" and jwk.get("alg", "RS256") == "RS256"
    if jwk.get("kty") != "RSA" or not is_ours:
        return None
    modulus, exponent = (_bytes(str(jwk.get(name, ""))) for name in ("n", "e"))
    key = RsaKey(int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big"))
    return key if key.is_sound() else None


def _instant(claims: Mapping[str, Any], name: str) -> int:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise IdentityRefused(f"The id token has no {name}.")
    return value


def _json(part: str) -> dict[str, Any]:
    try:
        value = json.loads(_bytes(part))
    except (ValueError, RecursionError) as exc:
        raise IdentityRefused("The id token is not JSON.") from exc
    if not isinstance(value, dict):
        raise IdentityRefused("The id token is not a JSON object.")
    return value


def _bytes(text: str) -> bytes:
    if not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise IdentityRefused("This is not base64url.")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
