"""Staff and API keys over HTTP."""

import json
from typing import Any

from chalicelib.domain.access import IdempotencyRecord
from tests.api.conftest import OWN_PAGE, Api
from tests.invariants import records_in

GLORIA = {"email": "Gloria@Saldo.example", "name": "Gloria", "role": "collector"}
SHOP = {"name": "Web shop", "role": "accountant"}


def send(api: Api, shown: dict[str, str], method: str, path: str, body: object) -> Any:
    return api.call(method, path, shown | OWN_PAGE, body)


def test_a_person_is_invited_changed_and_listed(api: Api) -> None:
    admin = api.credentials("admin")

    invited = send(api, admin, "POST", "/v1/people", GLORIA)
    changed = send(api, admin, "PATCH", "/v1/people/gloria%40saldo.example", {"active": False})
    listed = json.loads(api.call("GET", "/v1/people", admin).body)["items"]

    assert (invited.status_code, changed.status_code) == (201, 200)
    assert api.directory.invited == ["gloria@saldo.example"]
    assert [(one["email"], one["role"], one["active"]) for one in listed] == [
        ("admin@saldo.example", "admin", True),
        ("gloria@saldo.example", "collector", False),
    ]


def test_an_invitation_sent_twice_with_one_key_is_one_invitation(api: Api) -> None:
    shown = api.credentials("admin") | {"Idempotency-Key": "once"}

    first = send(api, shown, "POST", "/v1/people", GLORIA)
    again = send(api, shown, "POST", "/v1/people", GLORIA)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.body == again.body
    assert api.directory.invited == ["gloria@saldo.example"]


def test_a_second_invitation_is_a_conflict(api: Api) -> None:
    admin = api.credentials("admin")
    send(api, admin, "POST", "/v1/people", GLORIA)

    again = send(api, admin, "POST", "/v1/people", GLORIA)

    assert again.status_code == 409


def test_a_field_of_a_person_cannot_be_cleared(api: Api) -> None:
    admin = api.credentials("admin")

    answer = send(api, admin, "PATCH", "/v1/people/admin@saldo.example", {"role": None})

    assert answer.status_code == 422
    assert json.loads(answer.body)["errors"][0]["pointer"] == "/role"


def test_the_last_administrator_cannot_leave(api: Api) -> None:
    admin = api.credentials("admin")

    answer = send(api, admin, "PATCH", "/v1/people/admin@saldo.example", {"active": False})

    assert answer.status_code == 409
    assert api.call("GET", "/v1/me", admin).status_code == 200


def test_a_key_is_shown_once_works_at_once_and_ends_at_once(api: Api) -> None:
    admin = api.credentials("admin")

    made = json.loads(send(api, admin, "POST", "/v1/api-keys", SHOP).body)
    program = {"Authorization": f"Bearer {made['key']}"}
    before = api.call("GET", "/v1/customers", program).status_code
    listed = json.loads(api.call("GET", "/v1/api-keys", admin).body)["items"]
    send(api, admin, "DELETE", f"/v1/api-keys/{made['id']}", {})
    after = api.call("GET", "/v1/customers", program).status_code

    assert (before, after) == (200, 401)
    assert [one["id"] for one in listed] == [made["id"]]
    assert "key" not in listed[0]


def test_a_repeated_request_for_a_key_makes_no_second_one_and_keeps_no_copy(api: Api) -> None:
    shown = api.credentials("admin") | {"Idempotency-Key": "once"}

    made = send(api, shown, "POST", "/v1/api-keys", SHOP)
    again = send(api, shown, "POST", "/v1/api-keys", SHOP)
    other = send(api, shown, "POST", "/v1/api-keys", SHOP | {"role": "viewer"})

    assert (made.status_code, again.status_code, other.status_code) == (201, 409, 422)
    assert json.loads(made.body)["key"] not in api.snapshot()
    kept = [one for one in records_in(api.fakes.table) if isinstance(one, IdempotencyRecord)]
    assert [one.body for one in kept] == [None]
    assert len(json.loads(api.call("GET", "/v1/api-keys", shown).body)["items"]) == 1
