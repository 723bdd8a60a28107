"""Imports over HTTP: who may, what is refused, and the whole way of a file."""

import json
from typing import Any

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.import_run import MAX_BYTES, MAX_PART_BYTES
from chalicelib.domain.invoice import Invoice
from tests.api.conftest import OWN_PAGE, Api
from tests.builders import change_company
from tests.invariants import Books, records_in
from tests.worker import drain

FILE = (
    "sep=;\r\n"
    "Número;Cliente;NIF;Fecha factura;Vencimiento;Total;Fecha cobro\r\n"
    'F-1;"Peñarroya; S.A.";A12345674;03/01/2026;02/02/2026;1.210,00;\r\n'
    "F-2;Ibáñez;B12345674;13/01/2026;12/02/2026;605,00;10/02/2026\r\n"
    "\r\n"
    "F-3;=HYPERLINK(1);B99;31/02/2026;;12,345;\r\n"
).encode("cp1252")


class Office:
    """Staff of every role over one book."""

    def __init__(self, api: Api) -> None:
        self.api = api
        change_company(api.ports)
        self.shown: dict[str, dict[str, str]] = {}

    def raw(self, method: str, path: str, content: bytes, kind: str, role: Any = "accountant"):  # type: ignore[no-untyped-def] # noqa: ANN201 - chalice is untyped
        """Send bytes and return chalice's answer."""
        if role not in self.shown:
            self.shown[role] = self.api.credentials(role) | OWN_PAGE
        headers = self.shown[role] | {"Content-Type": kind}
        return self.api.http.request(method, path, headers=headers, body=content)

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        """Send JSON and return status and JSON."""
        content = b"" if body is None else json.dumps(body).encode()
        answer = self.raw(method, path, content, "application/json", **more)
        return answer.status_code, json.loads(answer.body)

    def began(self, content: bytes = FILE, what: str = "invoices") -> str:
        """Begin an import and bring the file in as one part."""
        new = {"what": what, "file_name": "export 2026.csv", "size_bytes": len(content)}
        status, one = self.send("POST", "/v1/imports", new)
        assert status == 201
        path = f"/v1/imports/{one['id']}"
        assert self.part(path, content).status_code == 200
        return path

    def part(self, path: str, content: bytes, number: int = 1, **more: Any):  # type: ignore[no-untyped-def] # noqa: ANN201 - chalice is untyped
        """Send one part of the file."""
        kind = more.pop("kind", "application/octet-stream")
        return self.raw("PUT", f"{path}/parts/{number}", content, kind, **more)

    def done(self, method: str, path: str, body: Any = None) -> Any:
        """Do one step and all the work that follows, and return the import."""
        status, answer = self.send(method, path, {} if body is None else body)
        assert status == 200, answer
        drain(self.api.fakes, self.api.now)
        parent = path.rpartition("/")[0]
        return self.send("GET", parent)[1]

    def chosen(self, one: Any, **options: Any) -> Any:
        """Take the columns as they were guessed."""
        columns = [{"place": each["place"], "field": each["field"]} for each in one["chosen"]]
        body = {"columns": columns, "options": options}
        return self.done("PUT", f"/v1/imports/{one['id']}/mapping", body)


@pytest.fixture
def office(api: Api) -> Office:
    return Office(api)


def test_a_file_is_brought_in_checked_and_carried_out(office: Office) -> None:
    path = office.began()

    one = office.done("POST", f"{path}/complete")
    assert (one["state"], one["encoding"], one["delimiter"], one["rows"]) == (
        "columns", "cp1252", ";", 3,
    )  # fmt: skip
    assert {each["heading"]: each["guess"] for each in one["columns"]} == {
        "Número": "number", "Cliente": "customer_name", "NIF": "customer_tax_id",
        "Fecha factura": "issue_date", "Vencimiento": "due_date", "Total": "total",
        "Fecha cobro": "paid_on",
    }  # fmt: skip
    office.chosen(one)
    one = office.done("POST", f"{path}/check")
    assert (one["state"], one["counts"]["create"], one["counts"]["reject"]) == ("checked", 2, 1)
    assert one["sums"] == {"total EUR": 181_500, "open EUR": 121_000}
    assert [(each["code"], each["field"], each["examples"]) for each in one["groups"]] == [
        ("not_a_date", "issue_date",
         [{"row": 5, "found": "31/02/2026", "expected": "31/12/2026"}]),
        ("too_many_decimals", "total", [{"row": 5, "found": "12,345", "expected": "2"}]),
    ]  # fmt: skip
    assert Books(records_in(office.api.fakes.table)).all(Invoice) == []

    one = office.done("POST", f"{path}/commit")

    assert (one["state"], one["counts"]["create"], one["counts"]["paid"]) == ("done", 2, 1)
    status, invoices = office.send("GET", "/v1/invoices?number=F-1")
    assert (status, [each["origin"] for each in invoices["items"]]) == (200, ["imported"])
    rows = office.send("GET", f"{path}/rows?outcome=reject")[1]["items"]
    assert [(each["row"], len(each["issues"])) for each in rows] == [(5, 2)]
    (listed,) = office.send("GET", "/v1/imports")[1]["items"]
    assert (listed["state"], listed["by"]) == ("done", "Accountant")


def test_rejected_rows_are_fetched_with_their_reasons_and_no_formula(office: Office) -> None:
    path = office.began()
    one = office.done("POST", f"{path}/complete")
    office.chosen(one)
    office.done("POST", f"{path}/check")

    answer = office.raw("GET", f"{path}/rejected.csv?language=en", b"", "")

    head, row, end = answer.body.decode("utf-8-sig").split("\r\n")
    assert head.endswith("Fecha cobro,Row,Reason")
    assert row.startswith('F-3,\'=HYPERLINK(1),B99,31/02/2026,,"12,345",,5,')
    assert "Fecha factura: 31/02/2026 is not a date" in row
    assert end == ""
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="export-2026-rejected.csv"'
    )


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("what", ["customers", "invoices"])
def test_the_example_files_are_understood_as_they_are(
    office: Office, what: str, language: str
) -> None:
    example = office.raw("GET", f"/v1/imports/examples/{what}?language={language}", b"", "")
    path = office.began(example.body, what)

    one = office.done("POST", f"{path}/complete")
    office.chosen(one)
    one = office.done("POST", f"{path}/check")

    assert all(each["guess"] for each in one["columns"])
    assert one["groups"] == []
    assert one["counts"]["create"] == one["rows"]


@pytest.mark.parametrize("role", ["viewer", "collector"])
def test_who_is_less_than_an_accountant_imports_nothing(office: Office, role: str) -> None:
    path = office.began()
    before = office.send("GET", path)[1]

    assert office.send("GET", "/v1/imports", role=role)[0] == 403
    assert office.send("POST", f"{path}/complete", {}, role=role)[0] == 403
    assert office.part(path, b"x", role=role).status_code == 403
    assert office.send("GET", path)[1] == before


def test_a_part_twice_changes_nothing_and_another_in_its_place_is_refused(office: Office) -> None:
    path = office.began()
    before = office.send("GET", path)[1]

    assert office.part(path, FILE).status_code == 200
    other = office.part(path, FILE[:-1] + b"x")

    assert (other.status_code, json.loads(other.body)["type"].rpartition(":")[2]) == (
        409, "import_part_differs",
    )  # fmt: skip
    assert office.send("GET", path)[1] == before


@pytest.mark.parametrize(
    ("number", "content", "kind", "status"),
    [
        (0, b"a", "application/octet-stream", 422),
        (101, b"a", "application/octet-stream", 422),
        (1, b"", "application/octet-stream", 422),
        (1, b"a" * (MAX_PART_BYTES + 1), "application/octet-stream", 422),
        (2, b"too much", "application/octet-stream", 422),
        (2, b"a", "application/json", 415),
    ],
)
def test_a_part_that_cannot_be_is_refused(
    office: Office, number: int, content: bytes, kind: str, status: int
) -> None:
    path = office.began()
    before = office.send("GET", path)[1]

    assert office.part(path, content, number, kind=kind).status_code == status
    assert office.send("GET", path)[1] == before


def test_a_file_that_is_too_large_or_incomplete_is_refused(office: Office) -> None:
    new = {"what": "invoices", "file_name": "x.csv", "size_bytes": MAX_BYTES + 1}
    status, problem = office.send("POST", "/v1/imports", new)
    assert (status, problem["errors"][0]["code"]) == (422, "import_too_large")

    status, one = office.send("POST", "/v1/imports", new | {"size_bytes": 10})
    status, problem = office.send("POST", f"/v1/imports/{one['id']}/complete", {})

    assert (status, problem["type"].rpartition(":")[2]) == (409, "import_incomplete")


def test_what_has_not_been_checked_is_not_carried_out(office: Office) -> None:
    path = office.began()
    one = office.done("POST", f"{path}/complete")

    status, problem = office.send("POST", f"/v1/imports/{one['id']}/commit", {})

    assert (status, problem["type"].rpartition(":")[2]) == (409, "import_state")
    assert Books(records_in(office.api.fakes.table)).all(Account) == []


def test_an_invoice_issued_elsewhere_has_no_pdf_and_is_not_mailed(office: Office) -> None:
    path = office.began()
    office.chosen(office.done("POST", f"{path}/complete"))
    office.done("POST", f"{path}/check")
    office.done("POST", f"{path}/commit")
    (row,) = office.send("GET", "/v1/invoices?number=F-1")[1]["items"]

    pdf = office.send("GET", f"/v1/invoices/{row['id']}/pdf")
    mail = office.send("POST", f"/v1/invoices/{row['id']}/send", {})
    whole = office.send("GET", f"/v1/invoices/{row['id']}")[1]

    assert [answer[0] for answer in (pdf, mail)] == [409, 409]
    assert {answer[1]["type"].rpartition(":")[2] for answer in (pdf, mail)} == {"issued_elsewhere"}
    assert (whole["origin"], whole["series"], whole["hash"], whole["number"]) == (
        "imported", "", None, "F-1",
    )  # fmt: skip
