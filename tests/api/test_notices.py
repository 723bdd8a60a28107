"""One's own notices over HTTP."""

from typing import Any

import pytest

from chalicelib.domain.notice_wishes import NOTICE_KINDS
from chalicelib.usecases.context import system_context
from chalicelib.usecases.tell_staff import tell_staff
from tests.api.conftest import Api
from tests.api.staff import Staff
from tests.builders import NOON, a_customer, a_payment

KINDS = dict.fromkeys(NOTICE_KINDS, "each")
WISHES: dict[str, Any] = {"digest": False, "only_mine": True, "language": "en", "kinds": KINDS}


@pytest.fixture
def staff(api: Api) -> Staff:
    return Staff(api)


def test_everybody_has_the_notices_of_their_role_until_they_say_otherwise(staff: Staff) -> None:
    shown = {role: staff.send("GET", "/v1/me/notices", role=role)[1]
             for role in ("viewer", "collector", "accountant", "admin")}  # fmt: skip

    at_once = {role: [kind for kind, when in one["kinds"].items() if when == "each"]
               for role, one in shown.items()}  # fmt: skip
    assert at_once == {
        "viewer": [],
        "collector": [
            "promise_broken",
            "dispute_opened",
            "policy_stopped",
            "approval_waiting",
            "promise_made",
        ],
        "accountant": ["payment_received", "approval_waiting"],
        "admin": ["mail_bounced", "send_uncertain", "approval_waiting", "webhook_stopped"],
    }
    assert [shown[role]["digest"] for role in shown] == [False, True, True, True]
    assert [shown[role]["only_mine"] for role in shown] == [False, True, False, False]
    assert "approval_waiting" not in shown["viewer"]["offered"]
    assert "approval_waiting" in shown["collector"]["offered"]
    assert shown["viewer"]["is_default"] is True


def test_a_viewer_changes_their_own_wishes_and_nobody_elses(staff: Staff) -> None:
    _, of_admin = staff.send("GET", "/v1/me/notices", role="admin")

    status, changed = staff.send("PUT", "/v1/me/notices", WISHES, role="viewer")

    _, shown = staff.send("GET", "/v1/me/notices", role="viewer")
    assert status == 200
    assert changed == shown
    assert {name: shown[name] for name in WISHES} == WISHES
    assert shown["is_default"] is False
    assert staff.send("GET", "/v1/me/notices", role="admin")[1] == of_admin


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"kinds": KINDS | {"payment_received": "always"}}, "/kinds/payment_received"),
        ({"kinds": {"payment_received": "each"}}, "/kinds/promise_broken"),
        ({"kinds": KINDS | {"gossip": "each"}}, "/kinds/gossip"),
        ({"digest": "yes"}, "/digest"),
        ({"language": "fr"}, "/language"),
        ({"email": "other@saldo.example"}, "/email"),
    ],
)
def test_what_is_no_wish_is_refused_and_changes_nothing(
    api: Api, staff: Staff, wrong: dict[str, object], pointer: str
) -> None:
    staff.send("GET", "/v1/me/notices", role="viewer")
    before = api.snapshot()

    status, problem = staff.send("PUT", "/v1/me/notices", WISHES | wrong, role="viewer")

    assert status == 422
    assert problem["errors"][0]["pointer"] == pointer
    assert api.snapshot() == before


def test_a_change_of_wishes_that_have_changed_meanwhile_is_refused(api: Api) -> None:
    headers = api.credentials("viewer") | {
        "Content-Type": "application/json", "X-Saldo-Request": "1",
        "Origin": "https://saldo.example",
    }  # fmt: skip
    first = api.call("PUT", "/v1/me/notices", headers | {"If-Match": '"1"'}, WISHES)

    late = api.call(
        "PUT", "/v1/me/notices", headers | {"If-Match": '"1"'}, WISHES | {"digest": True}
    )

    assert (first.status_code, first.headers["ETag"]) == (200, '"2"')
    assert late.status_code == 412


def test_a_program_has_no_mailbox(api: Api) -> None:
    answer = api.call("GET", "/v1/me/notices", api.credentials("admin", "key"))

    assert answer.status_code == 409
    assert answer.json_body["type"].endswith("no_mailbox")


def test_what_one_was_told_is_shown_to_oneself_only(api: Api, staff: Staff) -> None:
    staff.send("PUT", "/v1/me/notices", WISHES, role="accountant")
    customer = a_customer(api.ports)
    a_payment(api.ports, customer.id, 1_000)
    tell_staff(api.ports, system_context(NOON))

    _, mine = staff.send("GET", "/v1/notices", role="accountant")
    _, others = staff.send("GET", "/v1/notices", role="viewer")

    (mail,) = mine["items"]
    assert (mail["what"], mail["state"], mail["more"]) == ("notices", "queued", 0)
    assert [(one["what"], one["amount_minor"]) for one in mail["news"]] == [
        ("payment_received", 1_000)
    ]
    assert others == {"items": []}
