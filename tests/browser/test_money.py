"""Money on the screens: recorded by hand in full, in part and in excess, and by the provider."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.book import add_customer, add_invoice, pay_with_stripe
from tests.browser.conftest import Open, Visit
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def record(visit: Visit, invoice_id: str, amount: str) -> Page:
    """From the page of an invoice to the page of its payment."""
    page = visit.go(f"/invoices/{invoice_id}")
    page.get_by_role("link", name="Registrar un cobro").click()
    page.get_by_label("Importe", exact=True).fill(amount)
    page.get_by_role("button", name="Registrar").click()
    expect(page.get_by_role("main")).to_contain_text("Qué ha saldado")
    return page


def test_a_payment_in_full_makes_the_invoice_paid(saldo: Saldo, open_page: Open) -> None:
    invoice = add_invoice(saldo, add_customer(saldo))
    visit = open_page(saldo)

    page = record(visit, invoice["id"], "121,00")

    expect(page.get_by_role("main")).to_contain_text("Aplicado del todo")
    page.get_by_role("link", name=invoice["number"]).click()
    expect(page.locator("header", has=page.get_by_role("heading", level=1))).to_contain_text(
        "No queda nada por pagar"
    )


def test_a_payment_in_part_leaves_the_rest_open(saldo: Saldo, open_page: Open) -> None:
    invoice = add_invoice(saldo, add_customer(saldo))
    visit = open_page(saldo)

    page = record(visit, invoice["id"], "21,00")

    page.get_by_role("link", name=invoice["number"]).click()
    header = page.locator("header", has=page.get_by_role("heading", level=1))
    expect(header).to_contain_text("100,00")
    expect(header).to_contain_text("de 121,00")
    expect(header).to_contain_text("Cobrada en parte")


def test_what_is_paid_too_much_waits_and_settles_the_next_invoice(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    invoice = add_invoice(saldo, customer)
    visit = open_page(saldo)

    page = record(visit, invoice["id"], "200,00")

    expect(page.get_by_role("main")).to_contain_text("79,00")
    following = add_invoice(saldo, customer)
    page.reload()
    page.get_by_role("button", name="Aplicar 79,00").click()
    expect(page.get_by_role("main")).to_contain_text("Aplicado del todo")
    assert saldo.ask("GET", f"/v1/invoices/{following['id']}")["open_minor"] == 4_200


def test_the_outcome_is_told_before_money_is_recorded(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    first, second = add_invoice(saldo, customer), add_invoice(saldo, customer)
    visit = open_page(saldo)

    page = visit.go(f"/payments/new?customer={customer['id']}")
    page.get_by_label("Importe", exact=True).fill("150,00")

    outcome = page.get_by_role("region", name="Qué pasará")
    expect(outcome).to_contain_text(f"{first['number']}")
    expect(outcome).to_contain_text(f"{second['number']}")
    expect(outcome).to_contain_text("92,00")
    expect(page.get_by_label(f"Aplicar a {second['number']}")).to_have_value("29,00")


def test_a_signed_webhook_shows_as_paid_after_a_reload(saldo: Saldo, open_page: Open) -> None:
    invoice = add_invoice(saldo, add_customer(saldo))
    visit = open_page(saldo)
    page = visit.go(f"/invoices/{invoice['id']}")
    expect(page.get_by_role("main")).not_to_contain_text("No queda nada por pagar")

    pay_with_stripe(saldo, invoice, 12_100)
    page.reload()

    expect(visit.settle().get_by_role("main")).to_contain_text("No queda nada por pagar")
    expect(page.get_by_role("region", name="Cobros")).to_contain_text("Stripe")


def test_from_an_invoice_the_payment_begins_with_its_customer_and_amount(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    invoice = add_invoice(saldo, customer)
    visit = open_page(saldo)

    page = visit.go(f"/payments/new?invoice={invoice['id']}")

    expect(page.get_by_role("combobox", name="Cliente")).to_have_value(customer["name"])
    expect(page.get_by_label("Importe", exact=True)).to_have_value("121,00")
    expect(page.get_by_role("listbox")).to_have_count(0)
