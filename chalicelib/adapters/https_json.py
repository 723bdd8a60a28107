"""Small JSON documents over HTTPS, with limits on time and size and without redirects."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import urlsplit

SECONDS: Final = 5.0  # of silence; a sign-in makes two requests within the gateway's 29 seconds
MOST_BYTES: Final = 65_536
_LOCAL_HOSTS: Final = ("localhost", "127.0.0.1")


class Unreachable(Exception):
    """There was no answer, not a success, or not a JSON object of a sensible size."""


def fetch_json(
    url: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """GET, or POST a body, and return the JSON object that answers; Unreachable otherwise."""
    place = urlsplit(url)
    if place.scheme != "https" and not (place.scheme == "http" and place.hostname in _LOCAL_HOSTS):
        raise Unreachable(f"{url} is not https.")
    request = urllib.request.Request(url, body, headers or {})  # noqa: S310 - looked at above
    try:
        with _opener.open(request, timeout=SECONDS) as response:
            text = response.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as exc:
        with exc:
            raise Unreachable(f"{url} answered {exc.code}.") from exc
    except (OSError, HTTPException) as exc:
        raise Unreachable(f"{url} did not answer: {exc!r}.") from exc
    return _object(url, text)


def _object(url: str, text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text) if len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError) as exc:
        raise Unreachable(f"{url} did not answer with JSON.") from exc
    if not isinstance(value, dict):
        raise Unreachable(f"{url} answered with something else than a small JSON object.")
    return value


class _StayHere(urllib.request.HTTPRedirectHandler):
    """An endpoint that we were configured with does not move; a redirect is an error."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener: Final = urllib.request.build_opener(_StayHere, urllib.request.ProxyHandler({}))
