"""A customer's browser in the portal and on a provider's page, one request at a time."""

import json
import urllib.request
from http.cookies import SimpleCookie
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.local.running import Running

SEE_OTHER = 303


class Visit:
    """Opened by a link to pay one invoice."""

    def __init__(self, saldo: Running, invoice_id: str) -> None:
        self._saldo = saldo
        status, link = saldo.ask("POST", f"/v1/invoices/{invoice_id}/pay-link", {})
        assert status == 200, link
        headers, _ = _sent("GET", link["url"], None, {})
        (cookie,) = SimpleCookie(headers["Set-Cookie"]).values()
        self._cookie = f"{cookie.key}={cookie.value}"

    def begin(self, provider: str) -> dict[str, Any]:
        """The provider's page for everything that the link shows."""
        return self._ask("/portal/checkouts", {"currency": "EUR", "provider": provider})

    def posts(self, url: str, **form: str) -> str:
        """Post a form; the address that it leads to."""
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        headers, _ = _sent("POST", url, urlencode(form).encode(), sent)
        return str(headers["Location"])

    def comes_back(self, checkout_id: str, url: str) -> dict[str, Any]:
        """Say what the provider's page added to the address, as the page of ours does."""
        query = dict(parse_qsl(urlsplit(url).query))
        return self._ask(f"/portal/checkouts/{checkout_id}/return", {"query": query})

    def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {
            "Content-Type": "application/json",
            "Cookie": self._cookie,
            "Origin": self._saldo.url,
            "X-Saldo-Request": "1",
        }
        _, said = _sent("POST", self._saldo.url + path, json.dumps(body).encode(), headers)
        return dict(json.loads(said))


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Where it leads is the answer."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _sent(method: str, url: str, body: bytes | None, headers: dict[str, str]) -> tuple[Any, str]:
    request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 - local
    try:
        with urllib.request.build_opener(_StayHere).open(request, timeout=60) as response:
            return response.headers, response.read().decode()
    except HTTPError as error:
        with error:
            if error.code != SEE_OTHER:
                raise AssertionError(error.read().decode()) from error
            return error.headers, ""
