"""The cookies that we set: out of reach of scripts, of other sites and of plain HTTP."""

from chalicelib.api.credentials import SESSION_COOKIE, SIGN_IN_COOKIE
from chalicelib.usecases.sessions import LONGEST
from chalicelib.usecases.sign_in import ATTEMPT_LASTS


def session_cookie(session_id: str) -> str:
    """Return the Set-Cookie of a session; no page of another site makes the browser send it."""
    return _set(SESSION_COOKIE, session_id, "Strict", int(LONGEST.total_seconds()))


def sign_in_cookie(state: str) -> str:
    """Return the Set-Cookie that ties a sign-in to this browser; the way back is cross-site."""
    return _set(SIGN_IN_COOKIE, state, "Lax", int(ATTEMPT_LASTS.total_seconds()))


def no_session_cookie() -> str:
    """Return the Set-Cookie that ends a session in the browser."""
    return _set(SESSION_COOKIE, "", "Strict", 0)


def no_sign_in_cookie() -> str:
    """Return the Set-Cookie that ends a sign-in in the browser."""
    return _set(SIGN_IN_COOKIE, "", "Lax", 0)


def _set(name: str, value: str, same_site: str, seconds: int) -> str:
    rules = f"Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite={same_site}"
    return f"{name}={value}; {rules}"
