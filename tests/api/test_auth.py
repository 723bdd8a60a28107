"""Signing in and out as a browser does it."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.api.security import own_page
from tests.api.conftest import OWN_PAGE, Api
from tests.identity import a_person

STRICT = "Path=/; Max-Age=43200; HttpOnly; Secure; SameSite=Strict"
LAX = "Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax"


def cookies(answer: Any) -> dict[str, str]:
    """Return the cookies that an answer sets: name → value and rules."""
    listed = answer.headers["Set-Cookie"]
    lines = [listed] if isinstance(listed, str) else listed
    return {name: rest for name, _, rest in (line.partition("=") for line in lines)}


def start(api: Api, return_to: str = "/") -> str:
    """Begin a sign-in and return the state that must come back."""
    answer = api.call("GET", f"/auth/login?return_to={quote(return_to)}")
    return cookies(answer)["__Host-signin"].partition(";")[0]


def come_back(api: Api, state: str, cookie: str | None = None) -> Any:
    shown = {"Cookie": f"__Host-signin={state if cookie is None else cookie}"}
    return api.call("GET", f"/auth/callback?code=code-1&state={state}", shown)


def test_signing_in_begins_at_the_provider_with_a_cookie_that_survives_the_way_back(
    api: Api,
) -> None:
    answer = api.call("GET", "/auth/login?return_to=/invoices")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("https://id.example/authorize?")
    assert answer.headers["Cache-Control"] == "no-store"
    state, _, rules = cookies(answer)["__Host-signin"].partition("; ")
    assert state in answer.headers["Location"]
    assert rules == LAX


def test_coming_back_begins_a_session_and_leads_to_the_page(api: Api) -> None:
    a_person(api.ports, "ana@saldo.example", "collector")

    answer = come_back(api, start(api, "/invoices?state=open"))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/invoices?state=open")
    assert answer.headers["Cache-Control"] == "no-store"
    session_id, _, rules = cookies(answer)["__Host-sid"].partition("; ")
    assert rules == STRICT
    assert cookies(answer)["__Host-signin"].startswith("; Path=/; Max-Age=0;")
    me = api.call("GET", "/v1/me", {"Cookie": f"__Host-sid={session_id}"})
    assert json.loads(me.body)["email"] == "ana@saldo.example"


@pytest.mark.parametrize(
    ("reason", "email", "cookie"),
    [
        ("not_started_here", "ana@saldo.example", "another"),
        ("not_started_here", "ana@saldo.example", ""),
        ("not_proven", None, None),
        ("not_staff", "stranger@saldo.example", None),
    ],
)
def test_a_sign_in_that_fails_leads_to_the_first_page_which_says_why(
    api: Api, reason: str, email: str | None, cookie: str | None
) -> None:
    a_person(api.ports)
    api.provider.email = email

    answer = come_back(api, start(api), cookie)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/?sign_in={reason}")
    assert list(cookies(answer)) == ["__Host-signin"]


def test_a_refusal_of_the_provider_comes_back_without_a_code(api: Api) -> None:
    api.provider.email = None
    state = start(api)

    answer = api.call(
        "GET",
        f"/auth/callback?error=access_denied&state={state}",
        {"Cookie": f"__Host-signin={state}"},
    )

    assert answer.headers["Location"] == "/?sign_in=not_proven"


def test_a_callback_out_of_nowhere_begins_nothing(api: Api) -> None:
    answer = api.call("GET", "/auth/callback")

    assert answer.headers["Location"] == "/?sign_in=expired"
    assert list(cookies(answer)) == ["__Host-signin"]


def test_a_late_callback_begins_nothing(api: Api) -> None:
    a_person(api.ports)
    state = start(api)
    api.now += timedelta(minutes=10)

    answer = come_back(api, state)

    assert answer.headers["Location"] == "/?sign_in=expired"


def test_signing_out_ends_the_session_here_and_names_the_providers_page(api: Api) -> None:
    shown = api.credentials("viewer")

    answer = api.call("POST", "/auth/logout", shown | OWN_PAGE, {})

    assert answer.status_code == 200
    assert json.loads(answer.body) == {"logout_url": "https://id.example/logout"}
    assert cookies(answer)["__Host-sid"].startswith("; Path=/; Max-Age=0;")
    assert api.call("GET", "/v1/me", shown).status_code == 401
    again = api.call("POST", "/auth/logout", shown | OWN_PAGE, {})
    assert again.status_code == 200


def test_another_site_cannot_sign_anybody_out(api: Api) -> None:
    shown = api.credentials("viewer")

    foreign = OWN_PAGE | {"Origin": "https://evil.example"}
    answer = api.call("POST", "/auth/logout", shown | foreign, {})

    assert answer.status_code == 403
    assert api.call("GET", "/v1/me", shown).status_code == 200


def test_nothing_is_kept_for_callers_whom_nobody_knows(api: Api) -> None:
    before = api.snapshot()
    repeatable = {"Idempotency-Key": "any"}

    api.call("POST", "/auth/logout", OWN_PAGE | repeatable, {})
    api.call("POST", "/webhooks/stripe", OWN_PAGE | repeatable, {})
    api.call("POST", "/v1/customers", OWN_PAGE | repeatable, {})

    assert api.snapshot() == before


def test_a_provider_in_trouble_is_told_to_the_log_and_not_to_the_caller(api: Api) -> None:
    a_person(api.ports)
    api.provider.email = None

    answer = come_back(api, start(api))

    assert answer.status_code == 302
    assert "signature" not in str(answer.headers) + answer.body.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/invoices",
        "/customers/cus_1?tab=messages&q=a%20b#row",
        "/settings/people",
        "/v1",
        "/authors",
    ],
)
def test_pages_of_ours_are_returned_to(path: str) -> None:
    assert own_page(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "invoices",
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/a\\b",
        "/\t/evil.example",
        "/\r\nSet-Cookie: a=b",
        "/ evil",
        "/ñ",
        "/\x00",
        "javascript:alert(1)",
        "/auth/login",
        "/v1/customers",
        "/_local/sign-in/logout",
        "/" + "a" * 2000,
    ],
)
def test_any_other_place_becomes_the_first_page(path: str | None) -> None:
    assert own_page(path) == "/"
