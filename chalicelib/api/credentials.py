"""What a caller shows of who they are: a key or a session's cookie. Free of chalice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chalicelib.bootstrap import App
from chalicelib.usecases.who_is_it import Credentials, KeyText, Principal, SessionId, who_is_it

# A __Host- cookie is Secure and of one host; a neighbour under the same domain cannot set it.
SESSION_COOKIE: Final = "__Host-sid"
SIGN_IN_COOKIE: Final = "__Host-signin"
PORTAL_COOKIE: Final = "__Host-portal"


def principal_of(app: App, headers: Mapping[str, str], at: datetime) -> Principal | None:
    """Return who calls; None without valid credentials. Header names are lower case."""
    return who_is_it(app.ports.store, credentials(headers), at)


def credentials(headers: Mapping[str, str]) -> Credentials | None:
    """Return what the caller shows: a key if there is an Authorization header, else the cookie."""
    authorization = headers.get("authorization")
    if authorization is not None:
        scheme, _, text = authorization.partition(" ")
        return KeyText(text.strip()) if scheme.lower() == "bearer" else None
    session_id = cookie(headers, SESSION_COOKIE)
    return SessionId(session_id) if session_id else None


def cookie(headers: Mapping[str, str], name: str) -> str | None:
    """Return the value of a cookie that the browser sent."""
    for pair in headers.get("cookie", "").split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value
    return None
