"""How to pay an invoice, as every screen, program and banking app is told."""

from typing import Any

import pytest

from chalicelib.domain.invoice import Invoice
from chalicelib.domain.rf_reference import rf_reference
from tests.api.conftest import Api
from tests.api.staff import Staff
from tests.builders import a_customer, a_draft, an_issued_invoice, change_company

IBAN = "ES9121000418450200051332"


@pytest.fixture
def staff(api: Api) -> Staff:
    change_company(api.ports, name="Talleres Ibáñez", iban=IBAN)
    return Staff(api)


def issued(api: Api, **changes: Any) -> Invoice:
    return an_issued_invoice(api.ports, a_customer(api.ports).id, **changes)


def test_an_issued_invoice_says_how_it_is_paid(api: Api, staff: Staff) -> None:
    invoice = issued(api, total_minor=121_000)

    status, details = staff.send("GET", f"/v1/invoices/{invoice.id}/payment-details")

    payload = f"BCD\n002\n1\nSCT\n\nTalleres Ibáñez\n{IBAN}\nEUR1210\n\n{rf_reference('A-000001')}"
    assert status == 200
    assert details == {
        "beneficiary": "Talleres Ibáñez",
        "iban": IBAN,
        "iban_grouped": "ES91 2100 0418 4502 0005 1332",
        "amount_minor": 121_000,
        "currency": "EUR",
        "reference": "RF12A000000001",
        "reference_grouped": "RF12 A000 0000 01",
        "text": None,
        "epc_payload": payload,
        "qr_svg": f"<svg><!-- {payload} --></svg>",
    }


def test_the_invoice_itself_names_the_same_reference(api: Api, staff: Staff) -> None:
    invoice = issued(api)

    _, shown = staff.send("GET", f"/v1/invoices/{invoice.id}")

    assert shown["payment_reference"] == "RF12A000000001"


def test_a_draft_has_nothing_to_quote(api: Api, staff: Staff) -> None:
    draft = a_draft(api.ports, a_customer(api.ports).id)

    status, problem = staff.send("GET", f"/v1/invoices/{draft.id}/payment-details")
    _, shown = staff.send("GET", f"/v1/invoices/{draft.id}")

    assert (status, problem["type"]) == (409, "urn:saldo:problem:not_issued")
    assert shown["payment_reference"] is None


def test_an_invoice_in_dollars_has_a_reference_and_no_code(api: Api, staff: Staff) -> None:
    invoice = issued(api, currency="USD")

    _, details = staff.send("GET", f"/v1/invoices/{invoice.id}/payment-details")

    assert (details["reference"], details["epc_payload"]) == ("RF12A000000001", None)
    assert details["qr_svg"] is None


def test_a_void_invoice_asks_for_nothing(api: Api, staff: Staff) -> None:
    invoice = issued(api)
    staff.send("POST", f"/v1/invoices/{invoice.id}/void", {"reason": "x"}, role="accountant")

    _, details = staff.send("GET", f"/v1/invoices/{invoice.id}/payment-details")

    assert (details["amount_minor"], details["epc_payload"]) == (0, None)


def test_an_unknown_invoice_is_not_found(staff: Staff) -> None:
    status, _ = staff.send("GET", "/v1/invoices/inv_unknown/payment-details")

    assert status == 404


def test_an_iban_whose_check_digits_are_wrong_is_not_kept(staff: Staff) -> None:
    _, before = staff.send("GET", "/v1/company", role="admin")

    wrong = {"name": "Talleres", "iban": f"{IBAN[:-1]}3"}
    status, problem = staff.send("PUT", "/v1/company", wrong, role="admin")

    assert status == 422
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [
        ("/iban", "not_an_iban")
    ]
    assert staff.send("GET", "/v1/company", role="admin") == (200, before)


@pytest.mark.parametrize("typed", ["RF12A000000001", "rf12 a000 0000 01", "RF12 000A 0000 0000 1"])
def test_the_search_finds_an_invoice_by_its_reference(api: Api, staff: Staff, typed: str) -> None:
    invoice = issued(api)

    _, hits = staff.send("GET", f"/v1/search?q={typed.replace(' ', '%20')}")
    _, rows = staff.send("GET", f"/v1/invoices?number={typed.replace(' ', '%20')}")

    assert [one["id"] for one in hits["items"]] == [invoice.id]
    assert [one["id"] for one in rows["items"]] == [invoice.id]
