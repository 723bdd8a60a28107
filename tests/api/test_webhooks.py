"""Outgoing webhooks over HTTP: who sets them up, what is shown once, what became of each event."""

import json
from typing import Any

import pytest
from chalice.test import HTTPResponse

from chalicelib.usecases.announce import announce
from chalicelib.usecases.context import system_context
from chalicelib.usecases.egress_ports import CallAnswer
from tests.api.conftest import OWN_PAGE, Api
from tests.builders import NOON, a_customer
from tests.worker import drain

URL = "https://erp.example.com/hooks"
PATH = "/v1/webhook-endpoints"


class Office:
    """Staff of every role."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.shown: dict[str, dict[str, str]] = {}

    def raw(
        self, method: str, path: str, body: Any = None, role: Any = "admin", **more: str
    ) -> HTTPResponse:
        """Send a request."""
        if role not in self.shown:
            self.shown[role] = self.api.credentials(role) | OWN_PAGE
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return self.api.call(method, path, self.shown[role] | named, body)

    def send(self, method: str, path: str, *args: Any, **more: Any) -> tuple[int, Any]:
        """Send a request and return status and JSON."""
        answer = self.raw(method, path, *args, **more)
        return answer.status_code, json.loads(answer.body)

    def endpoint(self, **changes: Any) -> dict[str, Any]:
        """Enter an endpoint."""
        status, made = self.send("POST", PATH, {"url": URL} | changes)
        assert status == 201, made
        body: dict[str, Any] = made
        return body

    def happen(self) -> None:
        """Let something happen that is told."""
        a_customer(self.api.ports)
        announce(self.api.ports, system_context(NOON))


@pytest.fixture
def office(api: Api) -> Office:
    return Office(api)


def test_an_administrator_enters_changes_and_removes_an_endpoint(office: Office) -> None:
    made = office.endpoint(description="ERP", types=["invoice.paid", "invoice.issued"])
    place = f"{PATH}/{made['id']}"

    assert made["secret"].startswith("whsec_")
    assert (made["enabled"], made["types"]) == (True, ["invoice.issued", "invoice.paid"])
    status, listed = office.send("GET", PATH, role="accountant")
    assert status == 200
    assert [one["id"] for one in listed["items"]] == [made["id"]]
    assert "secret" not in listed["items"][0]
    assert {"invoice.paid", "payment.received", "reminder.sent"} <= set(listed["event_types"])
    status, off = office.send("PATCH", place, {"enabled": False, "types": None}, If_Match='"1"')
    assert (status, off["enabled"], off["why"], off["types"]) == (200, False, "by_staff", None)
    assert office.send("PATCH", place, {"enabled": True}, If_Match='"1"')[0] == 412
    assert office.send("DELETE", place)[0] == 200
    assert office.send("GET", place)[0] == 404
    assert office.send("GET", PATH)[1]["items"] == []


@pytest.mark.parametrize("role", ["viewer", "collector", "accountant"])
def test_nobody_else_may_decide_where_the_books_are_told(office: Office, role: str) -> None:
    made = office.endpoint()
    office.happen()
    delivery = office.send("GET", "/v1/webhook-deliveries")[1]["items"][0]["id"]
    place = f"{PATH}/{made['id']}"
    office.raw("GET", PATH, role=role)  # the caller signs in before the books are compared
    before = office.api.snapshot()

    refused = [
        office.send(method, path, body, role)[0]
        for method, path, body in (
            ("POST", PATH, {"url": URL}),
            ("PATCH", place, {"enabled": False}),
            ("DELETE", place, None),
            ("POST", f"{place}/rotate-secret", None),
            ("POST", f"{place}/test", None),
            ("POST", f"{place}/replay-failed", {"since": "2026-03-01T00:00:00Z"}),
            ("POST", f"/v1/webhook-deliveries/{delivery}/replay", None),
        )
    ]

    assert refused == [403] * 7
    assert office.api.snapshot() == before
    reads = 200 if role == "accountant" else 403
    for path in (PATH, place, "/v1/webhook-deliveries", f"/v1/webhook-deliveries/{delivery}"):
        assert office.send("GET", path, role=role)[0] == reads


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"url": "https://127.0.0.1/"}, "/url", "url_host"),
        ({"url": "http://erp.example.com/"}, "/url", "url_not_https"),
        ({"url": URL, "types": ["invoice.eaten"]}, "/types/0", "unknown_event_type"),
        ({"url": URL, "types": []}, "/types", "no_event_types"),
        ({"url": "https://a.example/" + "x" * 2_000}, "/url", "string_too_long"),
        ({}, "/url", "missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    office: Office, body: dict[str, Any], pointer: str, code: str
) -> None:
    status, problem = office.send("POST", PATH, body)

    assert status in (400, 422)
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [(pointer, code)]


def test_a_secret_is_shown_once_even_to_a_request_that_comes_twice(office: Office) -> None:
    first = office.raw("POST", PATH, {"url": URL}, Idempotency_Key="a")
    again = office.raw("POST", PATH, {"url": URL}, Idempotency_Key="a")
    made = json.loads(first.body)
    place = f"{PATH}/{made['id']}"
    rotated = office.raw("POST", f"{place}/rotate-secret", Idempotency_Key="b")
    rotated_again = office.raw("POST", f"{place}/rotate-secret", Idempotency_Key="b")

    assert (first.status_code, again.status_code) == (201, 409)
    assert json.loads(again.body)["type"].endswith("secret_shown_once")
    assert (rotated.status_code, rotated_again.status_code) == (200, 409)
    secrets = json.loads(rotated.body)["secrets"]
    assert [one["until"] for one in secrets] == [None, "2026-03-03T11:00:00Z"]
    assert json.loads(rotated.body)["secret"] != made["secret"]
    assert len(office.send("GET", PATH)[1]["items"]) == 1
    for answer in (first, rotated):
        assert json.loads(answer.body)["secret"] not in office.api.snapshot()


def test_a_delivery_shows_what_is_sent_and_every_attempt(office: Office) -> None:
    made = office.endpoint()
    office.happen()
    office.api.fakes.egress.answers = [CallAnswer(status=503, retry_after="900", body="no", ms=12)]
    (waiting,) = office.send("GET", "/v1/webhook-deliveries?state=waiting")[1]["items"]
    drain(office.api.fakes, NOON)

    (row,) = office.send("GET", f"/v1/webhook-deliveries?endpoint_id={made['id']}")[1]["items"]
    _, one = office.send("GET", f"/v1/webhook-deliveries/{row['id']}")

    assert row["id"] == waiting["id"]
    assert (one["state"], one["type"], one["url"]) == ("waiting", "customer.created", URL)
    assert json.loads(one["body"])["type"] == "customer.created"
    (tried,) = one["attempt_log"]
    assert (tried["number"], tried["status"], tried["reason"], tried["ms"], tried["answer"]) == (
        1, 503, "status", 12, "no",
    )  # fmt: skip
    assert one["next_attempt_at"] > one["happened_at"]
    assert office.send("GET", "/v1/webhook-deliveries?state=failed")[1]["items"] == []
    assert office.send("GET", "/v1/webhook-deliveries?state=eaten")[0] == 422


def test_a_test_event_goes_out_at_once(office: Office) -> None:
    made = office.endpoint()

    status, test = office.send("POST", f"{PATH}/{made['id']}/test", Idempotency_Key="t")
    drain(office.api.fakes, NOON)
    _, after = office.send("GET", f"/v1/webhook-deliveries/{test['id']}")

    assert (status, test["type"], test["is_test"]) == (201, "webhook.test", True)
    assert (after["state"], after["status"]) == ("delivered", 200)
    assert office.send("POST", f"{PATH}/whe_none/test")[0] == 404


def test_staff_send_again_what_failed(office: Office) -> None:
    made = office.endpoint()
    place = f"{PATH}/{made['id']}"
    office.send("PATCH", place, {"enabled": False})
    office.happen()
    (row,) = office.send("GET", "/v1/webhook-deliveries?state=failed")[1]["items"]
    assert row["reason"] == "endpoint_disabled"

    replay = f"/v1/webhook-deliveries/{row['id']}/replay"
    since = {"since": "2026-03-01T00:00:00Z"}
    refused = [office.send("POST", replay), office.send("POST", f"{place}/replay-failed", since)]
    office.send("PATCH", place, {"enabled": True})
    status, asked = office.send("POST", f"{place}/replay-failed", since)
    drain(office.api.fakes, NOON)
    again, _ = office.send("POST", replay)
    waits, problem = office.send("POST", replay)

    assert [one[0] for one in refused] == [409, 409]
    assert {one[1]["type"].rpartition(":")[2] for one in refused} == {"endpoint_disabled"}
    assert (status, asked["replaying"]) == (200, True)
    assert (again, waits) == (200, 409)
    assert problem["type"].endswith("delivery_waits")
    assert office.send("GET", place)[1]["replaying"] is False
    assert office.send("POST", f"{place}/replay-failed", {"since": "2026-03-01"})[0] == 422


def test_a_change_over_http_is_announced_before_anybody_has_to_look(office: Office) -> None:
    office.endpoint()
    body = {
        "name": "Nueva, S.L.", "country": "ES", "email": "n@nueva.example", "language": "es",
        "currency": "EUR", "terms_days": 30,
    }  # fmt: skip

    office.send("POST", "/v1/customers", body)
    drain(office.api.fakes, NOON)

    (call,) = office.api.fakes.egress.calls
    assert json.loads(call.body)["type"] == "customer.created"


def test_a_queue_that_is_down_does_not_undo_the_answer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.endpoint()
    made: list[str] = []

    def down(queue: str, _body: str, *, delay_seconds: int = 0) -> None:
        made.append(queue)
        raise ConnectionError(queue)

    monkeypatch.setattr(office.api.fakes.queues, "put", down)
    body = {
        "name": "Nueva, S.L.", "country": "ES", "email": "n@nueva.example", "language": "es",
        "currency": "EUR", "terms_days": 30,
    }  # fmt: skip

    status, _ = office.send("POST", "/v1/customers", body)

    assert (status, made) == (201, ["webhooks"])
