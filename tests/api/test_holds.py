"""Pauses, hand-overs, pre-legal files and what mails said, over HTTP."""

import json
from typing import Any

import pytest

from chalicelib.usecases.context import system_context
from chalicelib.usecases.send_reminder import send_reminder
from tests.api.conftest import OWN_PAGE, Api
from tests.builders import a_customer, an_issued_invoice, at, change_company
from tests.worker import drain


class Office:
    """Staff of every role, and one customer with two late invoices, in April."""

    def __init__(self, api: Api) -> None:
        self.api = api
        api.now = at("2026-04-06")
        change_company(api.ports)
        self.customer = a_customer(api.ports)
        self.first = an_issued_invoice(api.ports, self.customer.id, 121_000, at("2026-03-02"))
        self.second = an_issued_invoice(api.ports, self.customer.id, 50_000, at("2026-03-02"))
        self.account = f"/v1/customers/{self.customer.id}/accounts/EUR"
        self.shown: dict[str, dict[str, str]] = {}

    def raw(self, method: str, path: str, body: Any = None, role: Any = "accountant", **more: str):  # type: ignore[no-untyped-def] # noqa: ANN201 - chalice is untyped
        """Send a request and return chalice's answer."""
        if role not in self.shown:
            self.shown[role] = self.api.credentials(role) | OWN_PAGE
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return self.api.call(method, path, self.shown[role] | named, body)

    def send(self, method: str, path: str, *args: Any, **more: Any) -> tuple[int, Any]:
        """Send a request and return status and JSON."""
        answer = self.raw(method, path, *args, **more)
        return answer.status_code, json.loads(answer.body)

    def hold(self, **changes: Any) -> dict[str, Any]:
        """Return the body of a pause until Friday."""
        fields = {"customer_id": self.customer.id, "currency": "EUR", "until": "2026-04-10"}
        return fields | {"reason": "agreed"} | changes

    def handover(self, **changes: Any) -> dict[str, Any]:
        """Return the body of a hand-over."""
        fields = {"customer_id": self.customer.id, "currency": "EUR", "to_name": "Bufete Serra"}
        return fields | changes


@pytest.fixture
def office(api: Api) -> Office:
    return Office(api)


def test_a_collector_pauses_extends_and_lifts(office: Office) -> None:
    status, hold = office.send("POST", "/v1/holds", office.hold(note="Vacaciones"), "collector")
    assert status == 201
    assert (hold["state"], hold["amount_minor"], hold["invoice_ids"]) == ("open", None, [])

    path = f"/v1/holds/{hold['id']}"
    status, longer = office.send(
        "PATCH", path, {"until": "2026-04-17"}, "collector", If_Match='"1"'
    )
    assert (status, longer["until"], longer["note"]) == (200, "2026-04-17", "Vacaciones")
    status, lifted = office.send("POST", f"{path}/lift", None, "collector")
    assert (status, lifted["state"], lifted["ended_by"]) == (
        200,
        "lifted",
        "Collector",
    )
    assert office.send("GET", path, None, "viewer")[1]["state"] == "lifted"


def test_what_rests_is_seen_on_the_account(office: Office) -> None:
    office.send("POST", "/v1/holds", office.hold(invoice_ids=[office.first.id]))
    office.send("POST", "/v1/handovers", office.handover(invoice_ids=[office.second.id]))

    _, account = office.send("GET", office.account)

    rests = {rest["kind"]: rest for rest in account["rests"]}
    assert (rests["hold"]["amount_minor"], rests["hold"]["resting_minor"]) == (None, 121_000)
    assert (rests["legal"]["amount_minor"], rests["legal"]["resting_minor"]) == (None, 50_000)
    assert account["resting_minor"] == 171_000
    assert [item["asked_minor"] for item in account["open_items"]] == [0, 0]
    assert [item["free_minor"] for item in account["open_items"]] == [121_000, 50_000]


def test_lists_are_by_state_and_customer(office: Office) -> None:
    _, hold = office.send("POST", "/v1/holds", office.hold())
    _, handover = office.send("POST", "/v1/handovers", office.handover())
    office.api.fakes.table.catch_up()

    for path, one in (("/v1/holds", hold), ("/v1/handovers", handover)):
        for query in ("", "?state=open", f"?customer_id={office.customer.id}"):
            _, page = office.send("GET", path + query, None, "viewer")
            assert [item["id"] for item in page["items"]] == [one["id"]], query
        ended = "lifted" if "holds" in path else "closed"
        assert office.send("GET", f"{path}?state={ended}")[1]["items"] == []
        status, problem = office.send("GET", f"{path}?state=sleeping")
        assert (status, problem["errors"][0]["code"]) == (422, "unknown_state")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"until": None}, "/until"),
        ({"reason": "tired"}, "/reason"),
        ({"amount_minor": 0}, "/amount_minor"),
        ({"until": "2027-05-01"}, "/until"),
        ({"invoice_ids": ["inv_unknown"]}, "/invoice_ids/0"),
        ({"for_ever": True}, "/for_ever"),
    ],
)
def test_a_bad_pause_is_refused_and_says_what_is_wrong(
    office: Office, changes: dict[str, Any], pointer: str
) -> None:
    status, problem = office.send("POST", "/v1/holds", office.hold(**changes))

    assert status == 422
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_a_pause_that_was_asked_for_twice_is_one(office: Office) -> None:
    first = office.send("POST", "/v1/holds", office.hold(), Idempotency_Key="k1")
    again = office.send("POST", "/v1/holds", office.hold(), Idempotency_Key="k1")

    assert again == first
    status, problem = office.send("POST", "/v1/holds", office.hold())
    assert (status, problem["type"]) == (409, "urn:saldo:problem:held_already")


def test_an_accountant_hands_over_takes_back_and_a_collector_may_not(office: Office) -> None:
    assert office.send("POST", "/v1/handovers", office.handover(), "collector")[0] == 403
    body = office.handover(to_email="casos@serra.example", invoice_ids=[office.first.id])
    status, handover = office.send("POST", "/v1/handovers", body)
    assert (status, handover["amount_minor"], handover["state"]) == (201, 121_000, "open")
    assert handover["items"][0]["number"] == office.first.number

    path = f"/v1/handovers/{handover['id']}"
    status, problem = office.send("POST", f"{path}/close")
    assert (status, problem["type"]) == (409, "urn:saldo:problem:still_open")
    status, back = office.send("POST", f"{path}/take-back")
    assert (status, back["state"]) == (200, "taken_back")
    assert office.send("GET", path, None, "viewer")[1]["ended_by"] == "Accountant"


def test_a_hand_over_names_somebody(office: Office) -> None:
    status, problem = office.send("POST", "/v1/handovers", office.handover(to_email="no"))

    assert status == 422
    assert [error["pointer"] for error in problem["errors"]] == ["/to_email"]


def test_a_pre_legal_file_is_asked_for_made_and_fetched(office: Office) -> None:
    path = f"{office.account}/legal-file"
    status, file = office.send("POST", path, {}, "collector")
    assert (status, file["state"], len(file["invoice_ids"])) == (202, "waiting", 2)
    status, problem = office.send("GET", f"/v1/legal-files/{file['id']}/zip")
    assert (status, problem["type"]) == (409, "urn:saldo:problem:not_ready")

    drain(office.api.fakes, office.api.now)
    office.api.fakes.table.catch_up()

    _, ready = office.send("GET", f"/v1/legal-files/{file['id']}")
    assert (ready["state"], len(ready["sha256"])) == ("ready", 64)
    answer = office.raw("GET", f"/v1/legal-files/{file['id']}/zip", role="viewer")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("https://files.example/legal-files/")
    assert [one["id"] for one in office.send("GET", path)[1]["items"]] == [file["id"]]


def test_what_a_mail_said_can_be_read(office: Office) -> None:
    send_reminder(office.api.ports, system_context(office.api.now), office.customer.id, "EUR")
    (mail,) = office.api.fakes.mailer.accepted
    name = mail.tags["message_id"]

    path = f"/v1/messages/{office.customer.id}/{name}/content"
    status, content = office.send("GET", path, None, "viewer")

    assert (status, content["subject"], content["text"]) == (
        200, mail.content.subject, mail.content.text
    )  # fmt: skip
    missing = f"/v1/messages/{office.customer.id}/nothing/content"
    assert office.send("GET", missing, None, "viewer")[0] == 404
