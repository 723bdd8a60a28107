"""An OpenID Connect provider in memory: real keys, real tokens, and every mistake one can make."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from chalicelib.adapters.https_json import Unreachable
from chalicelib.adapters.oidc import OpenIdConnect, Provider

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool"
CLIENT = "client-1"
NONCE = "nonce-1"
PROVIDER = Provider(
    issuer=ISSUER,
    client_id=CLIENT,
    authorize_url="https://id.example/oauth2/authorize",
    token_url="https://id.example/oauth2/token",
    jwks_url=f"{ISSUER}/.well-known/jwks.json",
    logout_url="https://id.example/logout",
    base_url="https://saldo.example",
)


def private_key(name: str, bits: int = 2048) -> RSAPrivateKey:
    """Return a private key; the same name and size give the same key while the tests run."""
    return _made(name, bits)


@lru_cache
def _made(name: str, bits: int) -> RSAPrivateKey:
    del name
    return generate_private_key(public_exponent=65537, key_size=bits)


def jwk(kid: str, **changes: Any) -> dict[str, Any]:
    """Return the public half of a key as the provider lists it."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key(kid).public_key()))
    return {"kid": kid, "use": "sig", "alg": "RS256", "kty": "RSA"} | {
        "n": public["n"],
        "e": public["e"],
    } | changes  # fmt: skip


def claims(**changes: Any) -> dict[str, Any]:
    """Return the claims of a good id token, with changes; None takes a claim away."""
    now = int(NOW.timestamp())
    good = {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": "sub-1",
        "email": "ana@saldo.example",
        "email_verified": True,
        "name": "Ana",
        "nonce": NONCE,
        "token_use": "id",
        "iat": now,
        "exp": now + 300,
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def token(
    content: Mapping[str, Any] | None = None,
    *,
    signed_by: str = "key-1",
    header: Mapping[str, Any] | None = None,
) -> str:
    """Return a signed id token."""
    headers = {"kid": signed_by} | dict(header or {})
    return jwt.encode(
        dict(claims() if content is None else content),
        private_key(signed_by),
        algorithm="RS256",
        headers=headers,
    )


def unsigned(header: Mapping[str, Any], content: Mapping[str, Any], signature: bytes = b"") -> str:
    """Return a token put together by hand."""
    parts = [json.dumps(dict(part)).encode() for part in (header, content)]
    return ".".join(
        base64.urlsafe_b64encode(part).decode().rstrip("=") for part in [*parts, signature]
    )


@dataclass
class FakeHttp:
    """Answers for the provider's addresses, and remembers what was asked."""

    id_token: str | None
    keys: list[Any] = field(default_factory=lambda: [jwk("key-1")])
    asked: list[tuple[str, bytes | None, dict[str, str]]] = field(default_factory=list)
    fault: Unreachable | None = None

    def __call__(
        self, url: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        self.asked.append((url, body, headers or {}))
        if self.fault is not None:
            raise self.fault
        if url == PROVIDER.jwks_url:
            return {"keys": self.keys}
        return {} if self.id_token is None else {"id_token": self.id_token, "access_token": "x"}

    def times(self, url: str) -> int:
        return sum(asked == url for asked, _, _ in self.asked)


def a_client(http: FakeHttp, secret: Callable[[], str] = lambda: "s3cret") -> OpenIdConnect:
    return OpenIdConnect(PROVIDER, secret, http)
