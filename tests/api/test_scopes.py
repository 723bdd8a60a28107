"""Every route × every scope: what an API key with scopes reaches, and what it never does."""

import json
from typing import Any

import pytest

from chalicelib.api.access import ROUTES, authorize, plain_path
from chalicelib.api.description import describe
from chalicelib.api.scopes import AREAS, READING_POSTS, area_of, scope_for
from chalicelib.domain.access import SCOPES, Actor, Role, Scope, at_least, has_scope
from chalicelib.domain.errors import InvariantBroken, NotAllowed, ScopeMissing
from tests.api.conftest import OWN_PAGE, Api

PRIVATE: list[tuple[str, str, Role]] = sorted(
    (method, path, needed)
    for (method, path), needed in ROUTES.items()
    if needed != "public" and needed != "portal"  # noqa: PLR1714 - so that the type is known
)
ROOT = {"name": "Everything", "role": "admin"}


def a_key(role: Role, *scopes: Scope) -> Actor:
    return Actor(id="key_1", name="Shop", role=role, scopes=scopes)


def reaches(actor: Actor, method: str, path: str) -> bool:
    try:
        authorize(method, path, actor)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize(("method", "path", "needed"), PRIVATE)
def test_somebody_decided_which_scope_a_route_needs(method: str, path: str, needed: Role) -> None:
    scope = scope_for(method, path)

    assert scope in (*SCOPES, None)
    for held in SCOPES:
        covers = scope is None or has_scope(a_key("admin", held), scope)
        assert reaches(a_key("admin", held), method, path) == (
            covers and area_of(path) != "unlimited"
        )
        least = a_key(needed, held)
        assert reaches(least, method, path) == reaches(a_key("admin", held), method, path)


def test_every_row_of_the_table_is_of_a_route() -> None:
    paths = [plain_path(path) for _, path in ROUTES]

    assert [
        start for start in AREAS if not any(path.startswith(plain_path(start)) for path in paths)
    ] == []
    assert {("POST", path) for path in READING_POSTS} <= ROUTES.keys()


def test_a_route_that_nobody_thought_of_is_closed_to_keys_with_scopes() -> None:
    with pytest.raises(InvariantBroken):
        scope_for("GET", "/v1/unheard-of")


def test_reading_needs_the_scope_to_read_and_changing_the_one_to_change() -> None:
    for method, path, _ in PRIVATE:
        scope = scope_for(method, path)
        if scope is not None:
            reads = method == "GET" or path in READING_POSTS
            assert scope.endswith(":read" if reads else ":write"), path


def test_leave_to_change_includes_leave_to_read_and_not_the_other_way_round() -> None:
    assert has_scope(a_key("admin", "invoices:write"), "invoices:read")
    assert not has_scope(a_key("admin", "invoices:read"), "invoices:write")
    assert not has_scope(a_key("admin", "invoices:write"), "payments:read")
    assert not has_scope(a_key("admin"), "invoices:read")
    assert has_scope(Actor(id="key_1", name="Old", role="viewer"), "settings:write")


def test_the_role_is_the_ceiling_whatever_the_scopes() -> None:
    everything = a_key("viewer", *SCOPES)

    for method, path, needed in PRIVATE:
        unlimited = area_of(path) == "unlimited"
        assert reaches(everything, method, path) == (at_least("viewer", needed) and not unlimited)


def test_no_set_of_scopes_lets_others_in() -> None:
    everything = a_key("admin", *SCOPES)

    refused = [
        (method, path) for method, path, _ in PRIVATE if not reaches(everything, method, path)
    ]

    assert {path.split("/")[2] for _, path in refused} == {"people", "api-keys"}


def test_an_old_key_reaches_all_that_its_role_allows() -> None:
    for method, path, needed in PRIVATE:
        assert reaches(Actor(id="key_1", name="Old", role=needed), method, path)


def test_a_refusal_names_the_scope_that_is_missing() -> None:
    with pytest.raises(ScopeMissing, match=r"lacks the scope customers:write\.") as refused:
        authorize("POST", "/v1/customers", a_key("admin", "customers:read"))

    assert refused.value.needed == "customers:write"


def made(api: Api, maker: dict[str, str] | None = None, **more: Any) -> dict[str, str]:
    shown = maker or api.credentials("admin")
    answer = api.call("POST", "/v1/api-keys", shown | OWN_PAGE, ROOT | more)
    assert answer.status_code == 201, answer.body
    headers = {"Authorization": f"Bearer {json.loads(answer.body)['key']}"}
    api.call("GET", "/v1/me", headers)  # the hour's use is noted
    return headers


def test_a_key_with_scopes_does_what_they_say_and_nothing_else(api: Api) -> None:
    shop = made(api, scopes=["invoices:write", "customers:read"])
    before = api.snapshot()

    answers = {
        path: api.call("GET", path, shop).status_code
        for path in ("/v1/invoices", "/v1/customers", "/v1/payments", "/v1/me", "/v1/people")
    }
    refused = api.call("POST", "/v1/customers", shop | OWN_PAGE, {})

    assert answers == {
        "/v1/invoices": 200, "/v1/customers": 200, "/v1/payments": 403, "/v1/me": 200,
        "/v1/people": 403,
    }  # fmt: skip
    problem = json.loads(refused.body)
    assert (refused.status_code, problem["type"]) == (403, "urn:saldo:problem:scope_missing")
    assert problem["detail"] == "This API key lacks the scope customers:write."
    assert api.snapshot() == before


def test_a_key_with_scopes_makes_no_key_and_invites_nobody(api: Api) -> None:
    everything = made(api, scopes=list(SCOPES)) | OWN_PAGE
    before = api.snapshot()

    answers = [
        api.call("POST", "/v1/api-keys", everything, ROOT),
        api.call("POST", "/v1/people", everything, {"email": "e@e.example", "name": "Eva",
                                                    "role": "admin"}),
    ]  # fmt: skip

    assert [json.loads(one.body)["detail"] for one in answers] == [
        "This API key lacks unlimited access: it has scopes."
    ] * 2
    assert api.snapshot() == before


def test_a_key_is_listed_with_its_scopes_its_end_and_its_last_use(api: Api) -> None:
    admin = api.credentials("admin", "key")
    made(api, admin, scopes=["reports:read", "reports:read"], last_day="2099-12-31")

    row, _ = json.loads(api.call("GET", "/v1/api-keys", admin).body)["items"]

    assert (row["scopes"], row["ends_at"]) == (["reports:read"], "2099-12-31T23:00:00Z")
    assert row["used_at"] == row["created_at"]


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["customers"]}, "/scopes/0"),
        ({"last_day": "2020-01-01"}, "/last_day"),
    ],
)
def test_a_key_that_would_open_nothing_is_refused(
    api: Api, more: dict[str, Any], pointer: str
) -> None:
    shown = api.credentials("admin") | OWN_PAGE
    before = api.snapshot()

    answer = api.call("POST", "/v1/api-keys", shown, ROOT | more)

    assert answer.status_code == 422
    assert json.loads(answer.body)["errors"][0]["pointer"] == pointer
    assert api.snapshot() == before


def test_the_description_names_role_and_scope_of_every_operation() -> None:
    described = describe()["paths"]

    for method, path, needed in PRIVATE:
        operation = described[path][method.lower()]
        scope = scope_for(method, path)
        assert operation["x-saldo-role"] == needed
        assert operation["security"] == [{"apiKey": [scope] if scope else []}, {"session": []}]
