"""The door of the portal: a private address is exchanged for a cookie, and given back.

Opening it changes nothing in the book: mail programs open every address they see. Whatever opens
nothing gets one and the same page.
"""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any, Final

from chalice.app import Response

from chalicelib.api.credentials import PORTAL_COOKIE, cookie
from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.portal import PortalSignedOut
from chalicelib.api.security import require_own_page
from chalicelib.bootstrap import App
from chalicelib.domain.errors import InvariantBroken, NotSignedIn, StateConflict
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.portal_access import Visitor, find_link, visitor

routes = Routes()
SECONDS: Final = 12 * 60 * 60
"""How long the browser keeps the cookie; the link itself may end sooner."""
PAGE: Final = "/p"
_FILES: Final = "/portal/files"
_FILE_TYPES: Final = ("application/pdf", "image/png", "image/jpeg")
_JSON: Final = ("application/json",)
_LINK_SHOWN: Final = "x-saldo-link"
"""By which link a page was filled that asks for a change."""
_HIDDEN: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
}
_TITLES: Final = {
    "es": "Este enlace ya no funciona",
    "en": "This link does not work any more",
}
_TEXTS: Final = {
    "es": "Ha caducado, o se ha copiado solo en parte. Use el botón del último correo que le "
    "enviamos, o pídanos un enlace nuevo.",
    "en": "It has expired, or only part of it was copied. Use the button of our latest mail, or "
    "ask us for a new link.",
}


def visitor_of(
    app: App, method: str, route: str, headers: Mapping[str, str], at: datetime
) -> Visitor:
    """Return who shows the cookie of a link. NotSignedIn; ForeignRequest as for staff.

    StateConflict when the page was filled by another link than the one it is sent by.
    """
    link = find_link(app.ports.store, cookie(headers, PORTAL_COOKIE) or "", at)
    if link is None:
        raise NotSignedIn("Open the portal by the link in one of our mails.")
    types = _FILE_TYPES if route == _FILES else _JSON
    require_own_page(method, headers, app.settings.base_url, types)
    _require_same_link(headers, link.id)
    return visitor(link)


def _require_same_link(headers: Mapping[str, str], link_id: str) -> None:
    # A browser has one cookie, and may have pages of two customers open: what somebody confirms on
    # the one must not happen to the other.
    if headers.get(_LINK_SHOWN, link_id) != link_id:
        raise StateConflict(
            "Another link was opened in this browser; look at what it shows.", code="another_link"
        )


def link_of(request: ApiRequest) -> Any:
    """Return the link by which a portal request came."""
    if not isinstance(request.actor, Visitor):
        raise InvariantBroken("A portal route was reached without a link.")
    return request.actor.link


@routes.route("/portal/open/{token}", "GET", gives=None, status=303)
def enter(request: ApiRequest, token: str) -> Response:
    """Exchange a private address for a cookie and lead to the portal; 404 for any that is over."""
    return _entered(request, token)


def _entered(request: ApiRequest, token: str) -> Response:
    link = find_link(request.ports.store, token, request.at)
    # Read in either case: how long the answer takes tells nothing.
    company = company_of(request.ports)
    if link is None:
        return _over(_language(request.headers.get("accept-language", "")), company.name)
    headers = {**_HIDDEN, "Location": PAGE, "Set-Cookie": _cookie(token, SECONDS)}
    return Response("", status_code=303, headers=headers)


@routes.route("/portal/open/{token}", "HEAD", gives=None, status=303)
def look(request: ApiRequest, token: str) -> Response:
    """Say what opening it would say, to whoever looks before they open."""
    answer = _entered(request, token)
    answer.body = ""
    return answer


def _over(language: str, company: str) -> Response:
    title, text = _TITLES[language], _TEXTS[language]
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{title}</title>'
        "<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;"
        "max-width:32rem;margin:20vh auto 0;padding:0 1.5rem}h1{font-size:1.5rem}</style></head>"
        f"<body><main><h1>{title}</h1><p>{text}</p><p>{escape(company)}</p></main></body></html>"
    )
    headers = {**_HIDDEN, "Content-Type": "text/html; charset=utf-8"}
    return Response(page, status_code=404, headers=headers)


def _language(accepted: str) -> str:
    """Return es or en, whichever a browser names first; Spanish when it names neither."""
    for wish in accepted.lower().split(","):
        code = wish.strip()[:2]
        if code in _TITLES:
            return code
    return "es"


@routes.route("/portal/sign-out", "POST", gives=PortalSignedOut)
def leave(request: ApiRequest) -> Reply:
    """Let this browser forget the link."""
    del request
    headers = {"Set-Cookie": _cookie("", 0)}
    return Reply(PortalSignedOut(signed_out=True), headers=headers)


def _cookie(token: str, seconds: int) -> str:
    # Strict: only our own page sends it, and the page that is led to asks for everything itself.
    rules = f"Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Strict"
    return f"{PORTAL_COOKIE}={token}; {rules}"
