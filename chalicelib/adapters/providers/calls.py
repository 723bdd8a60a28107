"""Calls to a provider's API over HTTPS: bounded in time and size, tried once, never redirected.

Who calls repeats from a queue; what must not happen twice carries the provider's idempotency key.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from http.client import HTTPException
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode, urlsplit

from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable

SECONDS: Final = 10.0  # of silence; a customer waits for a page, and the gateway ends at 29
MOST_BYTES: Final = 4_000_000  # a page of a list with a hundred payments has some 500 KB
_LOCAL_HOSTS: Final = ("localhost", "127.0.0.1")
_SERVER_ERROR: Final = 500
_ASK_LATER: Final = (408, 409, 423, 425, 429)


class Reply(NamedTuple):
    """A provider's answer: its status and the JSON in it, numbers with a point as Decimal."""

    status: int
    body: Any


@dataclass(frozen=True)
class Calls:
    """The API of one provider below its address."""

    provider: str
    base_url: str

    def get(
        self,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Return the JSON at a path; ProviderRefused or ProviderUnavailable otherwise."""
        asked = f"?{urlencode(query, doseq=True)}" if query else ""
        return self.send("GET", path + asked, headers=headers).body

    def send(
        self,
        method: str,
        path: str,
        *,
        json_body: Any = None,
        form: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        accepts: tuple[int, ...] = (),
    ) -> Reply:
        """Send a request, with a body as JSON or as a form, and return a 2xx answer.

        Statuses in ``accepts`` are returned too. ProviderUnavailable when nobody can say what
        happened or the provider asks for patience; ProviderRefused for every other answer.
        """
        body, sent = _body(json_body, form)
        url = self._url(path)
        wanted = {"Accept": "application/json", "User-Agent": "Saldo", **sent, **(headers or {})}
        request = urllib.request.Request(url, body, wanted, method=method)  # noqa: S310 - looked at
        try:
            with _opener.open(request, timeout=SECONDS) as response:
                return Reply(response.status, self._json(response.read(MOST_BYTES + 1)))
        except urllib.error.HTTPError as exc:
            with exc:
                return self._not_ok(exc.code, exc.read(MOST_BYTES), accepts)
        except (OSError, HTTPException) as exc:
            raise ProviderUnavailable(self.provider, f"no answer ({exc!r})") from exc

    def _url(self, path: str) -> str:
        place = urlsplit(self.base_url)
        is_local = place.scheme == "http" and place.hostname in _LOCAL_HOSTS
        if place.scheme != "https" and not is_local:
            raise ProviderRefused(self.provider, f"the address {self.base_url} is not https")
        return self.base_url.rstrip("/") + path

    def _not_ok(self, status: int, text: bytes, accepts: tuple[int, ...]) -> Reply:
        if status in accepts:
            return Reply(status, self._json(text))
        said = text[:500].decode("utf-8", "replace").strip()
        if status >= _SERVER_ERROR or status in _ASK_LATER:
            raise ProviderUnavailable(self.provider, f"it answered {status}: {said}")
        raise ProviderRefused(self.provider, f"it answered {status}: {said}")

    def _json(self, text: bytes) -> Any:
        if len(text) > MOST_BYTES:
            raise ProviderUnavailable(self.provider, "its answer is too large")
        if not text.strip():
            return None
        try:
            return json.loads(text, parse_float=Decimal)
        except (ValueError, RecursionError) as exc:
            raise ProviderUnavailable(self.provider, "its answer is no JSON") from exc


def _body(json_body: Any, form: Mapping[str, Any] | None) -> tuple[bytes | None, dict[str, str]]:
    if form is not None:
        content = urlencode(form, doseq=True).encode()
        return content, {"Content-Type": "application/x-www-form-urlencoded"}
    if json_body is None:
        return None, {}
    return json.dumps(json_body).encode(), {"Content-Type": "application/json"}


class _StayHere(urllib.request.HTTPRedirectHandler):
    """An API does not move; a redirect is an error."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener: Final = urllib.request.build_opener(_StayHere, urllib.request.ProxyHandler({}))
