"""Who calls, and the proof that a change comes from our own pages. Free of chalice."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from chalicelib.api.access import NOBODY, needed_for
from chalicelib.bootstrap import App
from chalicelib.domain.access import Actor
from chalicelib.domain.errors import ForeignRequest, NotSignedIn

OWN_HEADER: Final = "x-saldo-request"
_READING: Final = ("GET", "HEAD", "OPTIONS")
_NOT_FROM_FORMS: Final = ("application/json", "application/octet-stream")
"""No form and no plain request of another site can send these: the browser asks us first."""
_OWN_PATH: Final = re.compile(r"/(?!/)[!-\[\]-~]{0,1999}")  # visible ASCII without backslash
_NOT_PAGES: Final = ("/auth/", "/v1/", "/webhooks/", "/_local/")


def authenticate(
    app: App, method: str, route: str, headers: Mapping[str, str], at: datetime
) -> Actor:
    """Return who calls: NOBODY on public routes. Header names are lower case.

    NotSignedIn without valid credentials; ForeignRequest when a browser asks for a change that
    our own page did not make.
    """
    needed = needed_for(method, route)
    if needed == "public":
        return NOBODY
    if needed == "portal":
        from chalicelib.api.portal_visit import visitor_of  # noqa: PLC0415 - customers alone

        return visitor_of(app, method, route, headers, at)
    from chalicelib.api.credentials import principal_of  # noqa: PLC0415 - a webhook shows none

    principal = principal_of(app, headers, at)
    if principal is None:
        raise NotSignedIn
    if principal.is_browser:
        require_own_page(method, headers, app.settings.base_url)
    return principal.actor


def require_own_page(
    method: str,
    headers: Mapping[str, str],
    base_url: str,
    media_types: Collection[str] = _NOT_FROM_FORMS,
) -> None:
    """Let a browser's change pass only if our page made it; ForeignRequest otherwise.

    Another site's form can send neither this content type nor the header, and its script neither
    without asking first, which we never allow; its origin is not ours either.
    """
    if method in _READING:
        return
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in media_types:
        raise ForeignRequest("the content type application/json")
    if headers.get(OWN_HEADER) != "1":
        raise ForeignRequest("the header X-Saldo-Request")
    if headers.get("origin") != _origin(base_url):
        raise ForeignRequest("the origin of Saldo itself")


def _origin(base_url: str) -> str:
    place = urlsplit(base_url)
    return f"{place.scheme}://{place.netloc}".lower()


def own_page(path: str | None) -> str:
    """Return a path to come back to if it is a page of ours, otherwise the first page."""
    if path and _OWN_PATH.fullmatch(path) and not path.startswith(_NOT_PAGES):
        return path
    return "/"
