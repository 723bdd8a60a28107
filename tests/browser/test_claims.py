"""What a reminder claims, from the ladder to the mail, the invoice and the draft it becomes."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.book import add_customer, add_overdue_invoice, unique
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo
from tests.browser.test_mail import next_working_morning

pytestmark = pytest.mark.browser


def add_claiming_ladder(saldo: Saldo) -> str:
    """A ladder whose only step claims interest and a fee of 15.00; nobody else climbs it."""
    name = unique("ladder").replace(" ", "-")
    step = {"offset_days": 10, "template": "reminder_last", "claim": "interest", "fee_minor": 1_500}
    saldo.ask("PUT", f"/v1/dunning-policies/{name}", {"name": name, "steps": [step]})
    return name


def claims_of(saldo: Saldo, invoice: dict[str, Any]) -> list[dict[str, Any]]:
    return list(saldo.ask("GET", f"/v1/invoices/{invoice['id']}/late-charges")["charges"])


def test_a_reminder_claims_interest_and_a_fee_which_become_a_draft(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo, policy_id=add_claiming_ladder(saldo))
    invoice = add_overdue_invoice(saldo, customer, days_late=12)
    saldo.run_schedule("reminder_tick", next_working_morning())
    (mail,) = saldo.mails_to(customer["email"])
    (charge,) = claims_of(saldo, invoice)
    assert "40,00 € de indemnización" in mail["text"]
    assert (charge["compensation_minor"], charge["fee_minor"]) == (4_000, 1_500)

    page = open_page(saldo).go(f"/invoices/{invoice['id']}")
    late = page.get_by_role("region", name="Demora")
    expect(late).to_contain_text("40,00 € de indemnización y 15,00 € de gastos de reclamación")
    expect(late).to_contain_text("Se reclamó con un recordatorio.")
    late.get_by_text("Cómo se calcula").last.click()
    expect(late).to_contain_text("Gastos de reclamación según contrato")
    late.get_by_role("button", name="Hacer un borrador de factura").click()
    page.get_by_role("dialog").get_by_role("button", name="Hacer un borrador").click()

    expect(page.get_by_role("main")).to_contain_text("Sin emitir")
    draft = saldo.ask("GET", f"/v1/invoices/{page.url.rsplit('/', 1)[1]}")
    assert [line["net_minor"] for line in draft["lines"]][1:] == [4_000, 1_500]
    assert draft["total_minor"] == charge["total_minor"]


def test_terms_beyond_the_law_are_told_on_the_invoice(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo, terms_days=90)
    draft = saldo.ask(
        "POST",
        "/v1/invoices",
        {
            "customer_id": customer["id"],
            "lines": [
                {"description": "x", "quantity": "1", "unit_price_minor": 100, "tax_rate": "0"}
            ],
        },
    )
    issued = saldo.ask("POST", f"/v1/invoices/{draft['id']}/issue")
    assert issued["warnings"] == ["long_terms"]

    page = open_page(saldo).go(f"/invoices/{draft['id']}")

    expect(page.get_by_role("main")).to_contain_text("Vence a más de 60 días")
