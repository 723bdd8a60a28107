"""Ladders over HTTP: their versions, and what a change of whose they are would change."""

import pytest

from chalicelib.domain.ladders import STANDARD
from tests.api.conftest import Api
from tests.api.staff import Staff
from tests.builders import a_customer, an_issued_invoice, at


@pytest.fixture
def staff(api: Api) -> Staff:
    return Staff(api)


def a_ladder(name: str) -> dict[str, object]:
    step = {"offset_days": 5, "channel": "email", "template": "reminder_first"}
    return {"name": name, "steps": [step]}


def test_the_ladder_as_it_shipped_is_the_first_of_its_versions(staff: Staff) -> None:
    _, untouched = staff.send("GET", "/v1/dunning-policies/default/versions", role="viewer")
    staff.send("PUT", "/v1/dunning-policies/default", a_ladder("Corta"), role="admin")

    _, shown = staff.send("GET", "/v1/dunning-policies/default/versions", role="viewer")

    assert untouched["items"] == []
    assert [(one["number"], one["policy"]["name"]) for one in shown["items"]] == [
        (1, "Corta"),
        (0, "Estándar"),
    ]
    first = shown["items"][1]
    assert (first["changed_at"], first["changed_by"]) == (None, None)
    assert len(first["policy"]["steps"]) == len(STANDARD.steps)


def test_a_ladder_of_the_companys_own_has_only_its_own_versions(staff: Staff) -> None:
    staff.send("PUT", "/v1/dunning-policies/mine", a_ladder("Propia"), role="admin")

    _, shown = staff.send("GET", "/v1/dunning-policies/mine/versions", role="viewer")

    assert [one["number"] for one in shown["items"]] == [1]


def test_collectors_may_ask_what_another_assignment_would_change(api: Api, staff: Staff) -> None:
    customer = a_customer(api.ports, segment="retail")
    an_issued_invoice(api.ports, customer.id)
    api.now = at("2026-04-06T05:00")
    body = {"default_id": "default", "segments": {"retail": "gentle"}}

    status, shown = staff.send(
        "POST", "/v1/dunning-simulations", body, role="collector", Idempotency_Key="simulated-1"
    )

    assert status == 200
    assert (shown["policy_id"], shown["accounts"], shown["changes"]) == (None, 1, {"dropped": 1})
    assert shown["before"] == {"would_send": 1, "by_channel": {"email": 1}, "would_skip": {}}
    assert (shown["would_send"], shown["would_skip"]) == (0, {"nothing_due": 1})
    assert shown["items"][0]["before"]["step_id"] == "first"
