"""Credit notes over HTTP: issue, preview, list, read, PDF, send; the company's series."""

from io import BytesIO
from typing import Any

import pytest

from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.domain.access import IdempotencyRecord
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.ports import Replace
from tests.api.conftest import OWN_PAGE, Api
from tests.api.staff import Staff
from tests.builders import a_credit_note, a_customer, a_line, a_payment, an_issued_invoice
from tests.invariants import records_in

NOTES = "/v1/credit-notes"


@pytest.fixture
def staff(api: Api) -> Staff:
    """The staff of the company."""
    return Staff(api)


@pytest.fixture
def invoice(api: Api) -> Invoice:
    """1,338.45 under two rates."""
    lines = [a_line(100_003, tax_rate="0.21"), a_line(12_347, tax_rate="0.04")]
    return an_issued_invoice(api.ports, a_customer(api.ports).id, lines=lines)


def notes(api: Api) -> list[CreditNote]:
    return [one for one in records_in(api.fakes.table) if isinstance(one, CreditNote)]


def asking(invoice: Invoice, **fields: Any) -> dict[str, Any]:
    return {"invoice_id": invoice.id, "reason": "Devolución"} | fields


def test_a_credit_note_is_issued_and_read_again(staff: Staff, invoice: Invoice) -> None:
    status, made = staff.send("POST", NOTES, asking(invoice, amount_minor=33_845))

    assert status == 201
    assert {name: made[name] for name in made if name not in ("id", "payment_id", "hash")} == {
        "version": 1, "number": "R-000001", "series": "R", "invoice_id": invoice.id,
        "invoice_number": "A-000001", "customer_id": invoice.customer_id,
        "customer_name": "Distribuciones Peñarroya, S.A.", "currency": "EUR", "lines": [],
        "taxes": [
            {"rate": "0.21", "base_minor": 25_288, "tax_minor": 5_310},
            {"rate": "0.04", "base_minor": 3_122, "tax_minor": 125},
        ],
        "net_minor": 28_410, "tax_minor": 5_435, "total_minor": 33_845,
        "applied_minor": 33_845, "credit_minor": 0, "reason": "Devolución",
        "issue_date": "2026-03-02", "mail_state": None, "previous_hash": "0" * 64,
        "created_at": "2026-03-02T11:00:00Z", "warnings": [],
    }  # fmt: skip
    assert staff.send("GET", f"{NOTES}/{made['id']}", role="viewer") == (200, made)
    _, shown = staff.send("GET", f"/v1/invoices/{invoice.id}", role="viewer")
    assert (shown["open_minor"], shown["credited_minor"]) == (100_000, 33_845)
    row = {name: made[name] for name in shown["credit_notes"][0]}
    assert shown["credit_notes"] == [row]
    assert staff.send("GET", NOTES, role="viewer") == (200, {"items": [row], "next_cursor": None})


def test_lines_are_written_as_on_an_invoice(staff: Staff, invoice: Invoice) -> None:
    line = {"description": "Libro", "quantity": "2", "unit_price_minor": 500, "tax_rate": "4"}

    status, made = staff.send("POST", NOTES, asking(invoice, lines=[line]))

    assert (status, made["total_minor"]) == (201, 1_040)
    assert made["lines"] == [
        {
            "description": "Libro", "quantity": "2", "unit_price_minor": 500, "tax_rate": "0.04",
            "discount_rate": "0", "net_minor": 1_000,
        }
    ]  # fmt: skip


def test_a_preview_says_what_would_happen_and_stores_nothing(
    staff: Staff, invoice: Invoice
) -> None:
    a_payment(staff.api.ports, invoice.customer_id, 100_000)
    staff.send("GET", "/v1/me")
    before = staff.api.snapshot()

    status, shown = staff.send("POST", f"{NOTES}/preview", {"invoice_id": invoice.id})

    assert status == 200
    assert shown == {
        "currency": "EUR", "lines": [],
        "taxes": [
            {"rate": "0.21", "base_minor": 100_003, "tax_minor": 21_001},
            {"rate": "0.04", "base_minor": 12_347, "tax_minor": 494},
        ],
        "net_minor": 112_350, "tax_minor": 21_495, "total_minor": 133_845,
        "applied_minor": 33_845, "credit_minor": 100_000, "open_after_minor": 0,
    }  # fmt: skip
    assert staff.api.snapshot() == before


def test_the_credit_is_a_payment_that_settles_another_invoice(
    staff: Staff, invoice: Invoice
) -> None:
    a_payment(staff.api.ports, invoice.customer_id, 133_845)
    other = an_issued_invoice(staff.api.ports, invoice.customer_id, 50_000)
    _, made = staff.send("POST", NOTES, asking(invoice, amount_minor=20_000))

    status, credit = staff.send("POST", f"/v1/payments/{made['payment_id']}/allocations", {})

    assert (status, credit["unapplied_minor"]) == (200, 0)
    _, shown = staff.send("GET", f"/v1/invoices/{other.id}")
    assert (shown["open_minor"], shown["state"]) == (30_000, "partially_paid")


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"amount_minor": 133_846}, 422, "/amount_minor more_than_creditable"),
        ({"amount_minor": 0}, 422, "/amount_minor greater_than_equal"),
        ({"reason": " "}, 422, "/reason value_error"),
        ({"reason": None}, 422, "/reason string_type"),
        ({"lines": []}, 422, "/lines too_short"),
        ({"series": "A"}, 409, "series_of_other_kind"),
        ({"invoice_id": "inv_none"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    staff: Staff, invoice: Invoice, fields: dict[str, Any], status: int, code: str
) -> None:
    staff.send("GET", "/v1/me")
    before = staff.api.snapshot()

    got, problem = staff.send("POST", NOTES, asking(invoice) | fields)

    said = [f"{error['pointer']} {error['code']}" for error in problem["errors"]]
    assert (got, *(said or [problem["type"].rpartition(":")[2]])) == (status, code)
    assert staff.api.snapshot() == before


def test_roles_read_send_and_issue(staff: Staff, invoice: Invoice) -> None:
    note = a_credit_note(staff.api.ports, invoice.id, 100)

    assert staff.send("POST", NOTES, asking(invoice), role="collector")[0] == 403
    assert staff.send("POST", f"{NOTES}/preview", asking(invoice), role="collector")[0] == 403
    assert staff.send("POST", f"{NOTES}/{note.id}/send", {}, role="viewer")[0] == 403
    assert staff.send("POST", f"{NOTES}/{note.id}/send", {}, role="collector")[0] == 200
    assert len(notes(staff.api)) == 1


def test_of_one_customer_newest_first_page_by_page(staff: Staff, invoice: Invoice) -> None:
    api = staff.api
    stranger = a_customer(api.ports, name="Otra")
    a_credit_note(api.ports, an_issued_invoice(api.ports, stranger.id).id)
    for day in range(3, 6):
        changes: dict[str, Any] = {"amount_minor": day, "issue_date": f"2026-03-0{day}"}
        assert staff.send("POST", NOTES, asking(invoice, **changes))[0] == 201

    path = f"{NOTES}?customer_id={invoice.customer_id}&limit=2"
    _, first = staff.send("GET", path)
    _, second = staff.send("GET", f"{path}&cursor={first['next_cursor']}")

    assert [one["total_minor"] for one in first["items"] + second["items"]] == [5, 4, 3]
    assert second["next_cursor"] is None


def test_issued_with_send_the_mail_is_queued(staff: Staff, invoice: Invoice) -> None:
    status, made = staff.send("POST", NOTES, asking(invoice, amount_minor=100, send=True))

    assert (status, made["mail_state"], made["warnings"]) == (201, "queued", [])
    (body,) = staff.api.fakes.queues.bodies("mail")
    assert body["message_id"] == f"{made['id']}-1"
    _, shown = staff.send("GET", f"/v1/invoices/{invoice.id}")
    assert [(one["purpose"], one["state"]) for one in shown["messages"]] == [
        ("credit_note", "queued")
    ]


def test_without_an_address_it_is_issued_and_says_that_no_mail_goes_out(staff: Staff) -> None:
    customer = a_customer(staff.api.ports, name="Sin correo", email=None)
    invoice = an_issued_invoice(staff.api.ports, customer.id)

    status, made = staff.send("POST", NOTES, asking(invoice, send=True))

    assert (status, made["mail_state"], made["warnings"]) == (201, None, ["no_address"])
    assert staff.send("POST", f"{NOTES}/{made['id']}/send", {})[0] == 409


def test_sending_again_needs_a_word(staff: Staff, invoice: Invoice) -> None:
    note = a_credit_note(staff.api.ports, invoice.id, 100)

    for body in ({}, {}, {"again": True}):
        status, shown = staff.send("POST", f"{NOTES}/{note.id}/send", body)
        assert (status, shown["mail_state"]) == (200, "queued")

    assert len(staff.api.fakes.queues.bodies("mail")) == 2


def test_the_same_key_gives_the_first_answer_again(staff: Staff, invoice: Invoice) -> None:
    body = asking(invoice, amount_minor=100, send=True)
    first = staff.send("POST", NOTES, body, idempotency_key="k")

    assert staff.send("POST", NOTES, body, idempotency_key="k") == first
    _forget_the_answer(staff.api)
    status, again = staff.send("POST", NOTES, body, idempotency_key="k")

    assert (status, again["id"]) == (201, first[1]["id"])
    assert len(notes(staff.api)) == len(staff.api.fakes.queues.bodies("mail")) == 1
    refused = staff.send("POST", NOTES, body | {"amount_minor": 1}, idempotency_key="k")
    assert refused[0] == 422


def _forget_the_answer(api: Api) -> None:
    # As if the process had died between the effect and its answer.
    (record,) = [one for one in records_in(api.fakes.table) if isinstance(one, IdempotencyRecord)]
    api.ports.store.commit([Replace(record.next(status=None, body=None))])


def test_the_pdf_is_shown_under_its_number(staff: Staff, invoice: Invoice) -> None:
    from pypdf import PdfReader

    note = a_credit_note(staff.api.ports, invoice.id, 100)
    writer = TemplateMailWriter()
    staff.api.fakes.writer.credit_note_pdf = writer.credit_note_pdf  # type: ignore[method-assign]
    headers = staff.api.credentials("viewer") | OWN_PAGE

    answer = staff.api.call("GET", f"{NOTES}/{note.id}/pdf", headers)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="R-000001.pdf"'
    (page,) = PdfReader(BytesIO(answer.body)).pages
    assert "Factura rectificativa" in page.extract_text()


@pytest.mark.parametrize("path", ["crn_1_2", "crn_1_2/pdf", "x", "inv_1"])
def test_what_is_not_there_is_not_found(staff: Staff, invoice: Invoice, path: str) -> None:
    assert staff.send("GET", f"{NOTES}/{path}")[0] == 404


def test_the_search_leads_from_its_number_to_note_and_invoice(
    staff: Staff, invoice: Invoice
) -> None:
    note = a_credit_note(staff.api.ports, invoice.id, 100)

    _, found = staff.send("GET", "/v1/search?q=R-000001")

    assert found["items"] == [
        {
            "what": "credit_note", "id": note.id, "title": "R-000001",
            "detail": "Distribuciones Peñarroya, S.A.", "invoice_id": invoice.id,
        }
    ]  # fmt: skip


def _settings(staff: Staff, **changes: Any) -> tuple[int, Any]:
    _, shown = staff.send("GET", "/v1/company", role="admin")
    body = {name: value for name, value in shown.items() if name != "version"}
    return staff.send("PUT", "/v1/company", body | changes, role="admin")


def test_the_series_of_credit_notes_is_a_setting(staff: Staff, invoice: Invoice) -> None:
    status, company = _settings(staff, credit_note_series="ABO")
    _, made = staff.send("POST", NOTES, asking(invoice, amount_minor=100))

    assert (status, company["credit_note_series"], made["number"]) == (200, "ABO", "ABO-000001")
    without = {"name": "Otra", "country": "ES"}
    status, company = staff.send("PUT", "/v1/company", without, role="admin")
    assert (status, company["credit_note_series"]) == (200, "ABO")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"credit_note_series": "A"}, 422, "same_series"),
        ({"default_series": "R"}, 422, "same_series"),
        ({"default_series": "B", "credit_note_series": "A"}, 409, "series_of_other_kind"),
        ({"default_series": "R", "credit_note_series": "S"}, 409, "series_of_other_kind"),
        ({"credit_note_series": "r"}, 422, "string_pattern_mismatch"),
    ],
)
def test_no_series_numbers_both_kinds(
    staff: Staff, invoice: Invoice, changes: dict[str, str], status: int, code: str
) -> None:
    a_credit_note(staff.api.ports, invoice.id, 100)
    staff.send("GET", "/v1/me", role="admin")
    before = staff.api.snapshot()

    got, problem = _settings(staff, **changes)

    said = [error["code"] for error in problem["errors"]]
    assert (got, *(said or [problem["type"].rpartition(":")[2]])) == (status, code)
    assert staff.api.snapshot() == before


def test_the_series_are_listed_with_what_they_number(staff: Staff, invoice: Invoice) -> None:
    def shown() -> dict[str, tuple[str, int]]:
        _, rows = staff.send("GET", "/v1/series")
        return {row["code"]: (row["holds"], row["next_number"]) for row in rows["items"]}

    assert shown() == {"R": ("credit_notes", 1), "A": ("invoices", 2)}
    a_credit_note(staff.api.ports, invoice.id, 100)
    assert shown() == {"R": ("credit_notes", 2), "A": ("invoices", 2)}
