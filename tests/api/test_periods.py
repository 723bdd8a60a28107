"""The journal, closed periods and proofs over HTTP."""

import json
from typing import Any

import pytest

from chalicelib.domain.access import IdempotencyRecord
from chalicelib.domain.proof import ProofRun
from chalicelib.usecases.ports import Replace
from tests.api.conftest import OWN_PAGE, Api
from tests.builders import a_customer, an_issued_invoice, at, change_company
from tests.invariants import records_in
from tests.worker import drain


class Office:
    """Staff of every role, one invoice of March, and the second of April."""

    def __init__(self, api: Api) -> None:
        self.api = api
        api.now = at("2026-04-02")
        change_company(api.ports)
        self.customer = a_customer(api.ports)
        an_issued_invoice(api.ports, self.customer.id, 121_000, at("2026-03-02"))
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


@pytest.fixture
def office(api: Api) -> Office:
    return Office(api)


def test_a_month_is_downloaded_as_csv(office: Office) -> None:
    answer = office.raw("GET", "/v1/reports/journal?month=2026-03", role="viewer")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="journal-2026-03.csv"'
    assert answer.body.startswith(b"\xef\xbb\xbfFecha;Asiento;")
    assert b";1210,00;" in answer.body


def test_a_large_month_is_fetched_from_where_it_is_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = office.raw("GET", "/v1/reports/journal?month=2026-03").body
    monkeypatch.setattr("chalicelib.api.periods.LARGEST_ANSWER_BYTES", len(whole) - 1)

    answer = office.raw("GET", "/v1/reports/journal?month=2026-03")

    assert (answer.status_code, answer.body) == (302, b"")
    (key,) = office.api.fakes.files.stored
    assert office.api.fakes.files.stored[key] == whole
    assert answer.headers["Location"] == f"https://files.example/{key}?as=journal-2026-03.csv"


@pytest.mark.parametrize("query", ["", "?month=2026", "?month=marzo"])
def test_a_journal_is_asked_for_by_month(office: Office, query: str) -> None:
    status, problem = office.send("GET", f"/v1/reports/journal{query}")

    assert (status, problem["errors"][0]["code"]) == (422, "not_a_month")


def test_a_month_is_closed_and_listed(office: Office) -> None:
    _, before = office.send("GET", "/v1/periods", role="viewer")
    file = office.raw("GET", "/v1/reports/journal?month=2026-03").body

    status, closed = office.send("POST", "/v1/periods/2026-03/close")
    _, after = office.send("GET", "/v1/periods", role="viewer")
    an_issued_invoice(office.api.ports, office.customer.id, 5, at("2026-03-31"))
    again = office.raw("GET", "/v1/reports/journal?month=2026-03").body

    open_ones = {"entries": None, "sha256": None, "closed_at": None, "closed_by": None}
    running = {"month": "2026-04", "state": "running"} | open_ones
    assert before == {
        "items": [running, {"month": "2026-03", "state": "open"} | open_ones],
        "next_month": "2026-03",
    }
    assert (status, closed["state"], closed["entries"]) == (200, "closed", 1)
    assert (closed["closed_at"], len(closed["sha256"])) == ("2026-04-02T11:00:00Z", 64)
    assert after == {"items": [running, closed], "next_month": None}
    assert again == file


@pytest.mark.parametrize(
    ("month", "status", "kind"),
    [
        ("2026-04", 409, "period_not_over"),
        ("2026-02", 409, "period_order"),
        ("2026-13", 422, "invalid_field"),
    ],
)
def test_what_cannot_be_closed_is_told(office: Office, month: str, status: int, kind: str) -> None:
    got, problem = office.send("POST", f"/v1/periods/{month}/close")

    assert (got, problem["type"]) == (status, f"urn:saldo:problem:{kind}")


def test_closing_sent_twice_with_one_key_closes_once(office: Office) -> None:
    path = "/v1/periods/2026-03/close"
    first = office.send("POST", path, {}, Idempotency_Key="once")
    again = office.send("POST", path, {}, Idempotency_Key="once")
    other = office.send("POST", path, {}, Idempotency_Key="other")

    assert (first, first[0]) == (again, 200)
    assert (other[0], other[1]["type"]) == (409, "urn:saldo:problem:period_closed_already")


@pytest.mark.parametrize(
    ("path", "role", "status"),
    [("/v1/periods/2026-03/close", "accountant", 200), ("/v1/proofs", "admin", 201)],
)
def test_an_answer_that_was_never_sent_is_given_to_the_repetition(
    office: Office, path: str, role: str, status: int
) -> None:
    first = office.send("POST", path, {}, role=role, Idempotency_Key="once")
    (record,) = [
        one for one in records_in(office.api.fakes.table) if isinstance(one, IdempotencyRecord)
    ]
    office.api.ports.store.commit([Replace(record.next(status=None, body=None))])

    assert first[0] == status
    assert office.send("POST", path, {}, role=role, Idempotency_Key="once") == first


def test_the_chart_of_accounts_is_shown_and_changed(office: Office) -> None:
    _, company = office.send("GET", "/v1/company", role="viewer")
    body = {name: value for name, value in company.items() if name != "version"}

    kept, _ = office.send("PUT", "/v1/company", {"name": "T", "language": "es"}, role="admin")
    own = body["journal_accounts"] | {"receivable": "4300.01", "tax": "4770021"}
    status, changed = office.send("PUT", "/v1/company", body | {"journal_accounts": own},
                                  role="admin")  # fmt: skip

    assert (company["journal_accounts"]["receivable"], len(company["journal_accounts"])) == (
        "430",
        10,
    )
    assert (kept, status, changed["journal_accounts"]) == (200, 200, own)
    csv = office.raw("GET", "/v1/reports/journal?month=2026-03").body
    assert b";4300.01;Clientes;" in csv
    left_out = {name: value for name, value in body.items() if name != "journal_accounts"}
    _, company = office.send("PUT", "/v1/company", left_out, role="admin")
    assert company["journal_accounts"] == own


@pytest.mark.parametrize(
    "chart",
    [{"receivables": "430"}, {"receivable": ""}, {"receivable": "=1"}, {"receivable": 430},
     {"receivable": "4" * 21}, {"receivable": "4 3"}, ["430"]],
)  # fmt: skip
def test_a_chart_that_cannot_be_is_refused(office: Office, chart: object) -> None:
    before = office.send("GET", "/v1/company")

    status, problem = office.send(
        "PUT", "/v1/company", {"name": "T", "journal_accounts": chart}, role="admin"
    )

    assert status == 422
    assert problem["errors"][0]["pointer"].startswith("/journal_accounts")
    assert office.send("GET", "/v1/company") == before


def test_a_proof_is_asked_for_read_and_listed(office: Office) -> None:
    status, asked = office.send("POST", "/v1/proofs", {}, role="admin")
    drain(office.api.fakes, office.api.now)

    _, read = office.send("GET", f"/v1/proofs/{asked['id']}", role="viewer")
    _, listed = office.send("GET", "/v1/proofs", role="viewer")

    assert (status, asked["state"], asked["found"]) == (201, "waiting", [])
    assert (read["state"], read["findings"], read["found"]) == ("clean", 0, [])
    assert read["counts"] == {
        "customers": 1, "accounts": 1, "entries": 1, "invoices": 1, "payments": 0, "moved": 0,
        "documents": 1,
    }  # fmt: skip
    assert listed == {
        "items": [{name: read[name] for name in read if name != "found"}],
        "next_cursor": None,
    }


def test_what_a_proof_found_is_shown(office: Office) -> None:
    inside = office.api.fakes.table._table
    key = (f"CUS#{office.customer.id}", "ACC#EUR")
    wrong = inside.items[key]
    inside.put(key, *key, wrong | {"row": wrong["row"] | {"unapplied_minor": 3}})
    _, asked = office.send("POST", "/v1/proofs", {}, role="admin")
    drain(office.api.fakes, office.api.now)

    _, read = office.send("GET", f"/v1/proofs/{asked['id']}")
    _, customer = office.send("GET", f"/v1/customers/{office.customer.id}/next-messages")
    _, work = office.send("GET", "/v1/work-items")

    assert (read["state"], read["findings"]) == ("different", 1)
    assert read["found"] == [
        {
            "what": "unapplied",
            "subject": office.customer.id,
            "detail": "unapplied_minor 3 ≠ 0",
            "customer_id": office.customer.id,
            "customer_name": office.customer.name,
            "currency": "EUR",
        }
    ]
    assert [one["reason_none"] for one in customer["items"]] == ["parked"]
    assert [(one["what"], one["priority"]) for one in work["items"]] == [("proof_difference", 1)]


def test_two_proofs_do_not_run_at_once(office: Office) -> None:
    office.send("POST", "/v1/proofs", {}, role="admin")
    status, problem = office.send("POST", "/v1/proofs", {}, role="admin")

    assert (status, problem["type"]) == (409, "urn:saldo:problem:proof_running")
    assert (
        len([one for one in records_in(office.api.fakes.table) if isinstance(one, ProofRun)]) == 1
    )
    assert office.send("GET", "/v1/proofs/prf_none")[0] == 404
