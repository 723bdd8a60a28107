"""Statements of account and letters over HTTP."""

from typing import Any

import pytest

from tests.api.conftest import Api
from tests.api.staff import Staff

CUSTOMER = {
    "name": "Distribuciones Peñarroya, S.A.",
    "country": "ES",
    "email": "pagos@penarroya.example",
    "address": "Calle Mayor, 1\n28001 Madrid",
    "currency": "EUR",
}
LINE = {"description": "x", "quantity": "1", "unit_price_minor": 100_000, "tax_rate": "0"}


@pytest.fixture
def staff(api: Api) -> Staff:
    return Staff(api)


@pytest.fixture
def customer_id(staff: Staff) -> str:
    """A customer that owes 1,000.00 since long ago."""
    _, customer = staff.send("POST", "/v1/customers", CUSTOMER)
    draft = {
        "customer_id": customer["id"],
        "currency": "EUR",
        "lines": [LINE],
        "issue_date": "2026-01-10",
        "due_date": "2026-02-10",
    }
    _, invoice = staff.send("POST", "/v1/invoices", draft)
    staff.send("POST", f"/v1/invoices/{invoice['id']}/issue", {})
    return str(customer["id"])


def test_a_statement_is_read_as_json_and_as_pdf(staff: Staff, customer_id: str) -> None:
    path = f"/v1/customers/{customer_id}/statement?currency=EUR&from=2026-01-01&to=2026-01-31"

    status, shown = staff.send("GET", path, role="viewer")

    assert status == 200
    assert (shown["opening_minor"], shown["closing_minor"]) == (0, 100_000)
    assert [one["kind"] for one in shown["movements"]] == ["invoice"]
    assert [one["to"] for one in shown["readers"]] == ["pagos@penarroya.example"]
    pdf = staff.api.call("GET", f"{path}&format=pdf", staff.shown["viewer"])
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.body == b"%PDF 0 1 100000"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("currency=euro", "/currency"),
        ("currency=EUR&format=xml", "/format"),
        ("currency=EUR&from=2026-02-01&to=2026-01-01", "/to"),
        ("currency=EUR&from=yesterday", "/from"),
    ],
)
def test_what_is_no_statement_is_refused_in_words(
    staff: Staff, customer_id: str, query: str, pointer: str
) -> None:
    status, problem = staff.send("GET", f"/v1/customers/{customer_id}/statement?{query}")

    assert status == 422
    assert problem["errors"][0]["pointer"] == pointer


def test_a_statement_sent_by_hand_goes_out_once_for_one_key(staff: Staff, customer_id: str) -> None:
    wanted: dict[str, Any] = {"currency": "EUR", "from": "2026-01-01", "to": "2026-01-31"}
    path = f"/v1/customers/{customer_id}/statements"

    first = staff.send("POST", path, wanted, idempotency_key="one")
    again = staff.send("POST", path, wanted, idempotency_key="one")

    assert first[0] == 201
    assert [one["to"] for one in first[1]["items"]] == ["pagos@penarroya.example"]
    assert again == first


def test_a_letter_is_written_printed_and_posted(staff: Staff, customer_id: str) -> None:
    wanted = {"currency": "EUR", "template": "letter_formal"}
    status, letter = staff.send("POST", f"/v1/customers/{customer_id}/letters", wanted)
    staff.api.fakes.table.catch_up()

    assert (status, letter["state"], letter["template"]) == (201, "to_post", "letter_formal")
    _, listed = staff.send("GET", "/v1/letters", role="viewer")
    assert [one["id"] for one in listed["items"]] == [letter["id"]]
    path = f"/v1/messages/{customer_id}/{letter['id']}"
    shown = staff.api.call("GET", f"{path}/pdf", staff.shown["viewer"]).body
    assert shown == b"%PDF letter_formal None A-000001=100000"
    printed = staff.api.call("POST", "/v1/letters/print", staff.shown["accountant"], {})
    assert printed.body == shown
    proof = {"posted_on": "2026-03-02", "carrier": "Correos", "tracking": "CD1"}
    status, after = staff.send("POST", f"{path}/posted", proof)
    assert status == 200
    assert (after["state"], after["posting"]) == (
        "sent", {"on": "2026-03-02", "carrier": "Correos", "tracking": "CD1", "by": "Accountant"}
    )  # fmt: skip
    status, problem = staff.send("POST", f"{path}/not-posted", {"reason": "x"})
    assert (status, problem["type"].rpartition(":")[2]) == (409, "letter_not_waiting")


def test_the_monthly_statements_are_set_and_say_when_the_next_go_out(staff: Staff) -> None:
    settings = {"name": "Talleres", "statements": "open", "statements_day": 5}
    staff.send("PUT", "/v1/company", settings, role="admin")
    staff.send("PUT", "/v1/company", {"name": "Talleres"}, role="admin")

    status, shown = staff.send("GET", "/v1/statements", role="viewer")

    assert status == 200
    assert shown == {"setting": "open", "day": 5, "next_on": "2026-03-05", "latest": None}


def test_a_customer_says_whether_it_wants_one(staff: Staff, customer_id: str) -> None:
    path = f"/v1/customers/{customer_id}"

    for wish in (False, True, None):
        _, shown = staff.send("PATCH", path, {"statements": wish})
        assert shown["statements"] is wish
