"""Approvals, credit limits and their settings over HTTP."""

import json
from typing import Any

import pytest

from chalicelib.domain.access import IdempotencyRecord
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.ports import Ref, Replace
from tests.api.conftest import OWN_PAGE, Api
from tests.builders import a_customer, a_draft, an_issued_invoice, found
from tests.identity import a_person, signed_in
from tests.invariants import records_in

RULE = {"what": "issue", "over_minor": 100_000, "currency": "EUR"}
WHOLE_RULE = RULE | {"customer_id": None, "series": None}


class Office:
    """Two accountants and an administrator of one company, with one customer."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.admin = api.credentials("admin")
        self.ana, self.bea = self._person("ana"), self._person("bea")
        self.customer_id = a_customer(api.ports).id

    def _person(self, name: str) -> dict[str, str]:
        email = f"{name}@saldo.example"
        a_person(self.api.ports, email, "accountant")
        return {"Cookie": f"__Host-sid={signed_in(self.api.ports, email, self.api.now)}"}

    def call(
        self, shown: dict[str, str], method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, Any]:
        """Send a request and return status and body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.api.call(method, path, shown | OWN_PAGE | named, body or {})
        return answer.status_code, json.loads(answer.body)

    def settings(self, **changes: Any) -> tuple[int, Any]:
        """Replace the company's settings with these."""
        return self.call(self.admin, "PUT", "/v1/company", {"name": "Talleres"} | changes)

    def draft(self, total_minor: int) -> str:
        """Write a draft and return its path."""
        draft = a_draft(self.api.ports, self.customer_id, total_minor)
        return f"/v1/invoices/{draft.id}"

    def asked(self, total_minor: int = 100_001) -> str:
        """Let Ana ask for the issue of a draft and return its path."""
        path = self.draft(total_minor)
        status, body = self.call(self.ana, "POST", f"{path}/issue")
        assert (status, body["state"]) == (200, "pending_approval")
        return path


@pytest.fixture
def office(api: Api) -> Office:
    return Office(api)


@pytest.fixture
def strict(office: Office) -> Office:
    """The same, with a rule for more than 1,000.00."""
    office.settings(approval_rules=[RULE])
    return office


def test_what_needs_approval_waits_and_the_answer_says_who_asked_and_why(strict: Office) -> None:
    path = strict.asked()

    _, body = strict.call(strict.bea, "GET", path)

    assert (body["number"], body["open_minor"], body["warnings"]) == (None, 0, [])
    (approval,) = body["approvals"]
    assert (approval["state"], approval["reasons"]) == ("waiting", ["rule"])
    assert (approval["requested_by"], approval["requested_by_name"]) == ("ana@saldo.example", "Ana")
    assert approval["requested_at"] == "2026-03-02T11:00:00Z"


def test_another_accountant_approves_and_it_is_on_record(strict: Office) -> None:
    path = strict.asked()

    status, body = strict.call(strict.bea, "POST", f"{path}/approve", {"note": "Fine"})

    assert (status, body["state"], body["number"]) == (200, "issued", "A-000001")
    (approval,) = body["approvals"]
    assert (approval["state"], approval["decided_by"]) == ("approved", "bea@saldo.example")
    assert (approval["decided_at"], approval["note"]) == ("2026-03-02T11:00:00Z", "Fine")
    assert [entry["action"] for entry in body["timeline"]][-1] == "approval_given"


def test_ones_own_question_is_refused_and_stays(strict: Office) -> None:
    path = strict.asked()
    before = strict.api.snapshot()

    status, problem = strict.call(strict.ana, "POST", f"{path}/approve")

    assert (status, problem["type"]) == (409, "urn:saldo:problem:four_eyes")
    assert strict.api.snapshot() == before


def test_a_yes_sent_twice_with_one_key_is_one_yes(strict: Office) -> None:
    path = strict.asked()

    first = strict.call(strict.bea, "POST", f"{path}/approve", Idempotency_Key="once")
    again = strict.call(strict.bea, "POST", f"{path}/approve", Idempotency_Key="once")
    other = strict.call(strict.bea, "POST", f"{path}/approve")

    assert first == again
    assert (other[0], other[1]["type"]) == (409, "urn:saldo:problem:nothing_to_approve")


@pytest.mark.parametrize("answer", ["approve", "reject"])
def test_an_answer_that_died_on_its_way_is_given_again(strict: Office, answer: str) -> None:
    path = strict.asked()
    first = strict.call(strict.bea, "POST", f"{path}/{answer}", Idempotency_Key="once")
    ref = Ref(IdempotencyRecord, ("bea@saldo.example", "once"))
    record = found(strict.api.ports, ref)
    strict.api.ports.store.commit([Replace(record.next(status=None, body=None))])

    again = strict.call(strict.bea, "POST", f"{path}/{answer}", Idempotency_Key="once")

    assert first == again


def test_what_changed_since_it_was_seen_is_not_approved(strict: Office) -> None:
    path = strict.asked()
    strict.call(strict.ana, "POST", f"{path}/reject")
    strict.call(strict.ana, "POST", f"{path}/issue")

    stale, _ = strict.call(strict.bea, "POST", f"{path}/approve", If_Match='"2"')
    fresh, body = strict.call(strict.bea, "POST", f"{path}/approve", If_Match='"4"')

    assert (stale, fresh) == (412, 200)
    assert [one["state"] for one in body["approvals"]] == ["withdrawn", "approved"]


def test_a_rejection_says_why_and_leaves_a_draft(strict: Office) -> None:
    path = strict.asked()

    status, body = strict.call(strict.bea, "POST", f"{path}/reject", {"reason": "Too dear"})

    assert (status, body["state"]) == (200, "draft")
    assert [(one["state"], one["note"]) for one in body["approvals"]] == [("rejected", "Too dear")]


def test_the_inbox_and_the_first_screen_show_what_waits(strict: Office) -> None:
    paths = [strict.asked(100_001 + n) for n in range(3)]
    strict.call(strict.bea, "POST", f"{paths[1]}/approve")
    viewer = strict.api.credentials("viewer")

    _, inbox = strict.call(viewer, "GET", "/v1/approvals")
    _, approved = strict.call(viewer, "GET", "/v1/approvals?state=approved")
    _, home = strict.call(viewer, "GET", "/v1/home")
    _, page = strict.call(viewer, "GET", "/v1/approvals?state=waiting&limit=1")
    wrong, _ = strict.call(viewer, "GET", "/v1/approvals?state=open")

    assert [row["amount_minor"] for row in inbox["items"]] == [100_001, 100_003]
    assert [row["amount_minor"] for row in approved["items"]] == [100_002]
    assert home["approvals_waiting"] == 2
    assert (len(page["items"]), page["next_cursor"] is None, wrong) == (1, False, 422)
    assert inbox["items"][0]["requested_by_name"] == "Ana"


def test_rules_are_kept_and_a_program_that_does_not_know_them_leaves_them(office: Office) -> None:
    mine = RULE | {"customer_id": office.customer_id, "series": "B"}

    _, stored = office.settings(approval_rules=[RULE, mine], credit_limit_action="block")
    _, again = office.settings(phone="976 000 000")
    _, gone = office.settings(approval_rules=[])

    assert stored["approval_rules"] == [WHOLE_RULE, mine]
    assert (again["approval_rules"], again["phone"]) == ([WHOLE_RULE, mine], "976 000 000")
    assert (again["credit_limit_action"], gone["approval_rules"]) == ("block", [])
    assert office.call(office.ana, "GET", "/v1/company")[1] == gone


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"over_minor": -1}, "/approval_rules/0/over_minor"),
        ({"what": "refund"}, "/approval_rules/0/what"),
        ({"currency": "XXX"}, "/approval_rules/0/currency"),
        ({"series": "b"}, "/approval_rules/0/series"),
        ({"customer_id": "cus_none"}, "/approval_rules/0/customer_id"),
    ],
)
def test_an_impossible_rule_names_its_field(
    office: Office, changes: dict[str, Any], pointer: str
) -> None:
    before = office.api.snapshot()

    status, problem = office.settings(approval_rules=[RULE | changes])

    assert (status, [one["pointer"] for one in problem["errors"]]) == (422, [pointer])
    assert office.api.snapshot() == before


def limited(office: Office, limit_minor: int, action: str = "warn") -> str:
    office.settings(credit_limit_action=action)
    path = f"/v1/customers/{office.customer_id}"
    office.call(office.ana, "PATCH", path, {"credit_limit_minor": limit_minor})
    return path


def test_a_customer_shows_its_limit_and_exposure(office: Office) -> None:
    path = limited(office, 5_000)
    an_issued_invoice(office.api.ports, office.customer_id, 6_000)

    _, body = office.call(office.ana, "GET", path)

    assert body["credit_limit_minor"] == 5_000
    assert body["exposure"] == {
        "currency": "EUR",
        "exposure_minor": 6_000,
        "limit_minor": 5_000,
        "available_minor": -1_000,
        "pending_approval_minor": 0,
    }


def test_a_collector_enters_customers_but_no_limits(office: Office) -> None:
    path = limited(office, 5_000)
    collector = office.api.credentials("collector")

    raised, problem = office.call(collector, "PATCH", path, {"credit_limit_minor": 6_000})
    entered, _ = office.call(
        collector, "POST", "/v1/customers", {"name": "N", "country": "ES", "credit_limit_minor": 1}
    )
    called, _ = office.call(collector, "PATCH", path, {"phone": "976"})

    assert (raised, entered, called) == (403, 403, 200)
    assert problem["type"] == "urn:saldo:problem:not_allowed"


def test_a_limit_that_only_warns_is_told_once(office: Office) -> None:
    limited(office, 5_000)
    path = office.draft(5_001)

    _, issued = office.call(office.ana, "POST", f"{path}/issue", Idempotency_Key="once")
    _, again = office.call(office.ana, "POST", f"{path}/issue", Idempotency_Key="once")
    _, later = office.call(office.ana, "GET", path)

    assert (issued["state"], issued["warnings"]) == ("issued", ["credit_limit"])
    assert (again["warnings"], later["warnings"]) == (["credit_limit"], [])


def test_a_limit_that_blocks_refuses_or_asks(office: Office) -> None:
    limited(office, 5_000, "block")
    path = office.draft(5_001)

    status, problem = office.call(office.ana, "POST", f"{path}/issue")
    _, asked = office.call(office.ana, "POST", f"{path}/issue", {"ask_approval": True})
    _, issued = office.call(office.bea, "POST", f"{path}/approve")

    assert (status, problem["type"]) == (409, "urn:saldo:problem:credit_limit")
    assert "50.01 EUR" in problem["detail"]
    assert asked["approvals"][0]["request"] == {
        "send": False, "exposure_minor": 5_001, "limit_minor": 5_000,
    }  # fmt: skip
    assert (issued["state"], issued["warnings"]) == ("issued", ["credit_limit"])


def test_a_mail_that_cannot_go_out_is_warned_of(office: Office) -> None:
    path = f"/v1/customers/{office.customer_id}"
    office.call(office.ana, "PATCH", path, {"email": None})

    status, body = office.call(office.ana, "POST", f"{office.draft(100)}/issue", {"send": True})

    assert (status, body["state"], body["warnings"]) == (200, "issued", ["no_address"])
    (invoice,) = (one for one in records_in(office.api.fakes.table) if isinstance(one, Invoice))
    assert invoice.mail_state is None
