"""Sign-in by OpenID Connect: authorization code with PKCE, as a confidential client.

The provider's tokens serve once, at the callback, and are thrown away.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from urllib.parse import quote, urlencode

from chalicelib.adapters.https_json import Unreachable, fetch_json
from chalicelib.adapters.id_token import Expected, key_from_jwk, read_id_token
from chalicelib.adapters.rsa_signature import RsaKey
from chalicelib.usecases.identity_ports import Claims, IdentityRefused, SignInCode

KEYS_LAST: Final = timedelta(hours=1)
"""A key that the provider has withdrawn is believed no longer than this."""
MOST_KEYS: Final = 20


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Where the provider is, and as whom we speak to it. All addresses are configured by us."""

    issuer: str
    client_id: str
    authorize_url: str
    token_url: str
    jwks_url: str
    logout_url: str
    base_url: str


class Fetch(Protocol):
    """How JSON is fetched; see https_json."""

    def __call__(
        self, url: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Return the JSON object that answers; Unreachable otherwise."""
        ...


class OpenIdConnect:
    """The IdentityProvider port over HTTPS."""

    def __init__(
        self, provider: Provider, secret: Callable[[], str], fetch: Fetch = fetch_json
    ) -> None:
        self._provider = provider
        self._secret = secret
        self._fetch = fetch
        self._keys: dict[str, RsaKey] = {}
        self._keys_since: datetime | None = None

    def authorize_url(self, *, state: str, nonce: str, challenge: str) -> str:
        """Return where the browser goes to sign in."""
        return _with_query(
            self._provider.authorize_url,
            response_type="code",
            client_id=self._provider.client_id,
            redirect_uri=self._callback,
            scope="openid email profile",
            state=state,
            nonce=nonce,
            code_challenge=challenge,
            code_challenge_method="S256",
            prompt="login",  # else the provider would sign in whom our idle limit has signed out
        )

    def logout_url(self) -> str:
        """Return where the browser goes to sign out of the provider, and then back to us."""
        return _with_query(
            self._provider.logout_url,
            client_id=self._provider.client_id,
            logout_uri=f"{self._provider.base_url}/",
        )

    def exchange(self, answer: SignInCode) -> Claims:
        """Return the verified claims behind a code; IdentityRefused for anything doubtful."""
        expected = Expected(
            self._provider.issuer, self._provider.client_id, answer.nonce, answer.at
        )
        try:
            token = self._tokens(answer).get("id_token")
            if not isinstance(token, str):
                raise IdentityRefused("The provider gave no id token.")
            return read_id_token(token, expected, lambda kid: self._key(kid, answer.at))
        except Unreachable as exc:
            raise IdentityRefused(str(exc)) from exc

    @property
    def _callback(self) -> str:
        return f"{self._provider.base_url}/auth/callback"

    def _tokens(self, answer: SignInCode) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": answer.code,
            "redirect_uri": self._callback,
            "code_verifier": answer.verifier,
        }
        # RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
        pair = f"{quote(self._provider.client_id, safe='')}:{quote(self._secret(), safe='')}"
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        body = urlencode(form).encode()
        return self._fetch(self._provider.token_url, body=body, headers=headers)

    def _key(self, kid: str, at: datetime) -> RsaKey | None:
        is_fresh = self._keys_since is not None and at - self._keys_since < KEYS_LAST
        if not is_fresh or kid not in self._keys:  # once: a new key after a rotation, or none
            self._keys = self._fetch_keys()
            self._keys_since = at
        return self._keys.get(kid)

    def _fetch_keys(self) -> dict[str, RsaKey]:
        listed = self._fetch(self._provider.jwks_url).get("keys")
        if not isinstance(listed, list):
            raise IdentityRefused("The provider lists no keys.")
        found = {
            jwk["kid"]: key_from_jwk(jwk)
            for jwk in listed[:MOST_KEYS]
            if isinstance(jwk, dict) and isinstance(jwk.get("kid"), str)
        }
        return {kid: key for kid, key in found.items() if key is not None}


def _with_query(url: str, **parameters: str) -> str:
    return f"{url}?{urlencode(parameters)}"
