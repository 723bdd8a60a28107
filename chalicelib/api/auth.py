"""Signing in and out: the browser's way to the identity provider and back."""

from typing import Any, Final
from urllib.parse import urlencode

from chalice.app import Response

from chalicelib.api import cookies, credentials, security
from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.administration import SignedOut
from chalicelib.domain.errors import SignInRefused
from chalicelib.observability import logger
from chalicelib.usecases.sign_in import (
    SignInAnswer,
    end_session,
    finish_sign_in,
    start_sign_in,
)

routes = Routes()
_NOT_KEPT: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@routes.route("/auth/login", "GET", gives=None, status=302, query=["return_to"])
def login(request: ApiRequest) -> Response:
    """Send the browser to the identity provider; ``return_to`` is a page of ours."""
    started = start_sign_in(
        request.ports,
        request.app.identity,
        return_to=security.own_page(request.query.get("return_to")),
        at=request.at,
    )
    return _go(started.url, cookies.sign_in_cookie(started.state))


@routes.route("/auth/callback", "GET", gives=None, status=302, query=["state", "code"])
def callback(request: ApiRequest) -> Response:
    """Take the browser back from the provider and begin its session; the page tells a failure."""
    answer = SignInAnswer(
        state=request.query.get("state", ""),
        own_state=credentials.cookie(request.headers, credentials.SIGN_IN_COOKIE) or "",
        code=request.query.get("code", ""),
    )
    try:
        signed_in = finish_sign_in(request.ports, request.app.identity, answer, request.at)
    except SignInRefused as exc:
        logger.warning("sign-in refused", reason=exc.reason, cause=str(exc.__cause__))
        return _go(f"/?{urlencode({'sign_in': exc.reason})}", cookies.no_sign_in_cookie())
    return _go(
        signed_in.return_to,
        cookies.session_cookie(signed_in.session_id),
        cookies.no_sign_in_cookie(),
    )


@routes.route("/auth/logout", "POST", gives=SignedOut)
def logout(request: ApiRequest) -> Reply:
    """End the session, here at once and at the provider by following ``logout_url``."""
    security.require_own_page("POST", request.headers, request.app.settings.base_url)
    session_id = credentials.cookie(request.headers, credentials.SESSION_COOKIE)
    if session_id:
        end_session(request.ports, session_id)
    headers = {"Set-Cookie": cookies.no_session_cookie()}
    return Reply(SignedOut(logout_url=request.app.identity.logout_url()), headers=headers)


def _go(place: str, *cookies: str) -> Response:
    headers: dict[str, Any] = {**_NOT_KEPT, "Location": place, "Set-Cookie": list(cookies)}
    return Response("", status_code=302, headers=headers)
