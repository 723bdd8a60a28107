"""PayPal's API: a token that is used until it expires, and calls with it."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.adapters import system_clock
from chalicelib.adapters.providers.calls import Reply
from chalicelib.adapters.providers.port import Setup
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable

NAME: Final = "paypal"
_MARGIN_SECONDS: Final = 60.0
_LONGEST_SECONDS: Final = 8 * 3600.0  # PayPal gives nine hours
_UNAUTHORIZED: Final = 401

_tokens: dict[tuple[str, str, str], tuple[str, float]] = {}
"""By address and keys: the token, and until which second of this process it is used."""


def ask(
    setup: Setup,
    method: str,
    path: str,
    *,
    body: Any = None,
    headers: Mapping[str, str] | None = None,
    accepts: tuple[int, ...] = (),
) -> Reply:
    """Return PayPal's answer; a token that it has withdrawn is asked for anew, once.

    ProviderRefused and ProviderUnavailable as ``Calls.send``.
    """
    for is_second in (False, True):
        sent = {"Authorization": f"Bearer {_token(setup, is_new=is_second)}", **(headers or {})}
        reply = setup.calls.send(
            method, path, json_body=body, headers=sent, accepts=(*accepts, _UNAUTHORIZED)
        )
        if reply.status != _UNAUTHORIZED:
            return reply
    raise ProviderRefused(NAME, "it does not take the token that it has just given")


def _token(setup: Setup, *, is_new: bool) -> str:
    place = (setup.calls.base_url, _key(setup, "client_id"), _key(setup, "client_secret"))
    token, until = _tokens.get(place, ("", 0.0))
    if is_new or system_clock.elapsed_seconds() >= until:
        answer = new_token(setup)
        token, lasts = str(answer["access_token"]), answer.get("expires_in")
        seconds = min(lasts if isinstance(lasts, int) else 0, _LONGEST_SECONDS)
        _tokens.clear()  # one company has one set of keys
        _tokens[place] = (token, system_clock.elapsed_seconds() + seconds - _MARGIN_SECONDS)
    return token


def new_token(setup: Setup) -> Mapping[str, Any]:
    """Return a token as PayPal gives it, with the app that it is for."""
    pair = f"{_key(setup, 'client_id')}:{_key(setup, 'client_secret')}".encode()
    answer = setup.calls.send(
        "POST",
        "/v1/oauth2/token",
        form={"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {b64encode(pair).decode()}"},
    ).body
    if not isinstance(answer, Mapping) or not answer.get("access_token"):
        raise ProviderUnavailable(NAME, "it gave no token")
    return answer


def _key(setup: Setup, name: str) -> str:
    value = setup.keys.get(name)
    if not value:
        raise ProviderRefused(NAME, f"{name} is not configured")
    return value
