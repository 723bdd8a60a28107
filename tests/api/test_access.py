"""Every route × every caller, generated from the app: who may call what, and from where."""

import json
import re
from collections.abc import Mapping

import pytest

from app import app as chalice_app
from chalicelib.api.access import NOBODY, ROUTES, authorize, needed_for
from chalicelib.api.resources import import_all, routes_of
from chalicelib.api.routes import OPERATIONS
from chalicelib.domain.access import ROLES, Actor, Role, at_least
from chalicelib.domain.errors import InvariantBroken, NotSignedIn
from tests.api.conftest import OWN_PAGE, Api, Way

REGISTERED = sorted(
    (method, path) for path, methods in chalice_app.routes.items() for method in methods
)
CALLERS: list[tuple[Role, Way]] = [(role, way) for role in ROLES for way in ("session", "key")]
CUSTOMER = {
    "name": "Talleres Ibáñez",
    "country": "ES",
    "email": "pagos@ibanez.example",
    "language": "es",
    "currency": "EUR",
    "terms_days": 30,
}


def filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "unknown", path)


def test_every_route_has_its_row_and_every_row_its_route() -> None:
    import_all()

    described = {(operation.method, operation.path) for operation in OPERATIONS}

    assert set(ROUTES) == described == set(REGISTERED)
    assert all(routes_of(path).view(method, path) for method, path in ROUTES)


def test_a_route_without_a_row_is_closed_to_everybody() -> None:
    admin = Actor(id="ana@saldo.example", name="Ana", role="admin")

    with pytest.raises(InvariantBroken):
        authorize("GET", "/v1/new", admin)
    with pytest.raises(InvariantBroken):
        authorize("DELETE", "/v1/customers/{id}", admin)


def test_nobody_is_not_even_a_viewer() -> None:
    with pytest.raises(NotSignedIn):
        authorize("GET", "/v1/customers", NOBODY)


def test_what_is_open_to_everybody_is_listed_here() -> None:
    public = {(method, path) for (method, path), needed in ROUTES.items() if needed == "public"}

    assert public == {
        ("GET", "/v1/health"),
        ("GET", "/openapi.json"),
        ("GET", "/portal/logo"),
        ("GET", "/portal/open/{token}"),
        ("HEAD", "/portal/open/{token}"),
        ("GET", "/auth/login"),
        ("GET", "/auth/callback"),
        ("POST", "/auth/logout"),
        ("POST", "/webhooks/{provider}"),
    }


ADMINS_POST = {
    ("POST", "/v1/proofs"),
    ("POST", "/v1/templates/{template_id}/restore"),
    ("POST", "/v1/providers/{provider}/test"),
}


def test_viewers_change_nothing_and_only_admins_see_staff_and_keys() -> None:
    for (method, path), needed in ROUTES.items():
        if (
            path.startswith(("/v1/people", "/v1/api-keys"))
            or (path.startswith("/v1/webhook-") and method != "GET")
            or (method == "PUT" and not path.startswith(("/v1/me/", "/v1/imports/")))
            or (method, path) in ADMINS_POST
            or (path == "/v1/company/logo" and method != "GET")
        ):
            assert needed == "admin", path
        elif path.startswith("/v1/") and not path.startswith("/v1/me/") and method != "GET":
            assert needed in ("collector", "accountant"), path


@pytest.mark.parametrize(("method", "path"), REGISTERED)
def test_anonymous_callers_reach_public_routes_only(api: Api, method: str, path: str) -> None:
    before = api.snapshot()

    answer = api.call(method, filled(path), OWN_PAGE, {})

    if needed_for(method, path) != "public":
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert api.snapshot() == before
    else:
        assert answer.status_code not in (401, 403, 500)


@pytest.mark.parametrize(("role", "way"), CALLERS)
@pytest.mark.parametrize(("method", "path"), REGISTERED)
def test_each_role_reaches_its_routes_and_no_others(
    api: Api, method: str, path: str, role: Role, way: Way
) -> None:
    needed = needed_for(method, path)
    shown = api.credentials(role, way) | OWN_PAGE
    before = api.snapshot()

    answer = api.call(method, filled(path), shown, {})

    if needed == "portal":
        assert answer.status_code == 401
        assert api.snapshot() == before
    elif needed == "public" or at_least(role, needed):
        assert answer.status_code not in (401, 403, 500)
    else:
        assert answer.status_code == 403
        assert json.loads(answer.body)["type"] == "urn:saldo:problem:not_allowed"
        assert api.snapshot() == before


@pytest.mark.parametrize(
    "shown",
    [
        {"Cookie": "__Host-sid=unknown"},
        {"Cookie": "sid={session}"},
        {"Cookie": "__host-sid={session}"},
        {"Authorization": "Bearer sk_unknown"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic {session}"},
        {"Cookie": "__Host-sid={session}", "Authorization": ""},
        {"Authorization": "Bearer {session}"},
        {"Cookie": "__Host-sid={session}", "Authorization": "Bearer sk_unknown"},
    ],
)
def test_what_is_no_credential_of_ours_opens_nothing(api: Api, shown: Mapping[str, str]) -> None:
    session = api.credentials("admin")["Cookie"].partition("__Host-sid=")[2]

    headers = {name: value.replace("{session}", session) for name, value in shown.items()}
    answer = api.call("GET", "/v1/me", headers)

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("missing", "headers"),
    [
        ("content type", OWN_PAGE | {"Content-Type": "text/plain"}),
        ("content type", OWN_PAGE | {"Content-Type": "application/x-www-form-urlencoded"}),
        ("content type", OWN_PAGE | {"Content-Type": "multipart/form-data; boundary=x"}),
        ("content type", OWN_PAGE | {"Content-Type": "text/plain; application/json"}),
        ("X-Saldo-Request", {k: v for k, v in OWN_PAGE.items() if k != "X-Saldo-Request"}),
        ("X-Saldo-Request", OWN_PAGE | {"X-Saldo-Request": "0"}),
        ("origin", {name: value for name, value in OWN_PAGE.items() if name != "Origin"}),
        ("origin", OWN_PAGE | {"Origin": "null"}),
        ("origin", OWN_PAGE | {"Origin": "https://evil.example"}),
        ("origin", OWN_PAGE | {"Origin": "http://saldo.example"}),
        ("origin", OWN_PAGE | {"Origin": "https://saldo.example.evil.example"}),
        ("origin", OWN_PAGE | {"Origin": "https://saldo.example:8443"}),
    ],
)
def test_a_browsers_change_that_our_page_did_not_make_is_refused(
    api: Api, missing: str, headers: dict[str, str]
) -> None:
    shown = api.credentials("admin") | headers
    before = api.snapshot()

    answer = api.call("POST", "/v1/customers", shown, CUSTOMER)

    assert answer.status_code == 403
    problem = json.loads(answer.body)
    assert problem["type"] == "urn:saldo:problem:foreign_request"
    assert missing in problem["detail"]
    assert api.snapshot() == before


def test_our_own_page_may_change(api: Api) -> None:
    headers = OWN_PAGE | {"Content-Type": "application/json; charset=utf-8"}

    answer = api.call("POST", "/v1/customers", api.credentials("collector") | headers, CUSTOMER)

    assert answer.status_code == 201


def test_a_program_needs_its_key_and_nothing_that_only_browsers_send(api: Api) -> None:
    shown = api.credentials("collector", "key") | {"Content-Type": "application/json"}

    answer = api.call("POST", "/v1/customers", shown, CUSTOMER)

    assert answer.status_code == 201


def test_reading_needs_no_proof_of_the_page(api: Api) -> None:
    answer = api.call("GET", "/v1/me", api.credentials("viewer"))

    assert answer.status_code == 200
    assert json.loads(answer.body)["email"] == "viewer@saldo.example"
