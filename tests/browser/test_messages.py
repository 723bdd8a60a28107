"""What became of each message, as the screens tell it."""

import pytest
from playwright.sync_api import expect

from tests.browser.book import add_customer, add_invoice, finish_all_work, unique
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def add_mailed_invoice(saldo: Saldo, fate: str) -> tuple[dict[str, str], dict[str, str]]:
    """A customer whose mail meets this fate, and the invoice that was sent to them."""
    address = f"{fate}+{unique('a').split()[1]}@simulator.amazonses.com"
    customer = add_customer(saldo, email=address)
    invoice = add_invoice(saldo, customer)
    saldo.ask("POST", f"/v1/invoices/{invoice['id']}/send")
    finish_all_work(saldo)
    return customer, invoice


def test_a_delay_is_found_in_its_list_and_told_with_what_the_other_server_said(
    saldo: Saldo, open_page: Open
) -> None:
    customer, invoice = add_mailed_invoice(saldo, "delay")
    visit = open_page(saldo, role="viewer")

    page = visit.go("/messages")
    page.get_by_role("navigation", name="Mensajes según lo que fue de ellos").get_by_role(
        "link", name="Con retraso"
    ).click()
    row = page.get_by_role("row").filter(has_text=customer["name"])
    expect(row).to_contain_text("421 4.4.1 Unable to connect to remote host")
    row.get_by_role("link", name=customer["name"]).click()

    expect(page.get_by_role("region", name="Qué hacer")).to_contain_text("hasta 14 horas")
    history = page.get_by_role("region", name="Qué fue de él").get_by_role("listitem")
    expect(history).to_have_count(3)
    expect(history.nth(0)).to_contain_text("Con retraso")
    expect(history.nth(1)).to_contain_text("En camino")
    expect(history.nth(2)).to_contain_text("Puesto en cola")
    page.get_by_role("region", name="Detalles").get_by_role("link", name=invoice["number"]).click()
    expect(page.get_by_role("region", name="Mensajes")).to_contain_text("Con retraso")


def test_a_full_mailbox_is_a_task_that_leads_to_the_message_and_on_to_the_invoice(
    saldo: Saldo, open_page: Open
) -> None:
    customer, invoice = add_mailed_invoice(saldo, "full")
    visit = open_page(saldo, role="collector")

    page = visit.go("/work")
    row = page.get_by_role("listitem").filter(has_text=customer["name"]).first
    expect(row).to_contain_text("Correo no entregado")
    row.get_by_role("link", name="Ver el mensaje").click()

    step = page.get_by_role("region", name="Qué hacer")
    expect(step).to_contain_text("552 5.2.2 mailbox full")
    step.get_by_role("link", name="Enviar la factura otra vez").click()
    expect(page).to_have_url(f"{saldo.url}/invoices/{invoice['id']}")


def test_a_wrong_address_is_corrected_from_its_message(saldo: Saldo, open_page: Open) -> None:
    customer, _ = add_mailed_invoice(saldo, "bounce")
    visit = open_page(saldo, role="collector")

    page = visit.go("/messages?group=not_delivered")
    page.get_by_role("link", name=customer["name"]).click()
    step = page.get_by_role("region", name="Qué hacer")
    expect(step).to_contain_text("550 5.1.1 user unknown")
    step.get_by_role("button", name="Volver a escribirle").click()
    asked = page.get_by_role("dialog", name="¿Volver a escribir a esta dirección?")
    expect(asked).to_contain_text(customer["email"])
    asked.get_by_role("button", name="Volver a escribirle").click()
    expect(step.get_by_role("button", name="Volver a escribirle")).to_have_count(0)
    step.get_by_role("link", name="Corregir la dirección").click()

    expect(page).to_have_url(f"{saldo.url}/customers/{customer['id']}/edit")


def test_the_rates_stand_against_their_limits_and_name_who_bounces(
    saldo: Saldo, open_page: Open
) -> None:
    customer, _ = add_mailed_invoice(saldo, "bounce")
    add_mailed_invoice(saldo, "complaint")
    visit = open_page(saldo, role="viewer")

    page = visit.go("/messages")
    page.get_by_role("link", name="Cómo llega el correo").click()

    bounces = page.get_by_role("region", name="Rebotes", exact=True)
    expect(bounces).to_contain_text("Por encima, de muy pocos para juzgar")
    expect(bounces).to_contain_text("nuestro límite: 2")
    complaints = page.get_by_role("region", name="Marcados como spam")
    expect(complaints).to_contain_text("nuestro límite: 0,05")
    who = page.get_by_role("region", name="Direcciones que rebotan")
    expect(who).to_contain_text(customer["email"])
    page.get_by_text("7 días", exact=True).click()
    expect(page).to_have_url(f"{saldo.url}/messages/deliverability?days=7")
    expect(page.get_by_role("table", name="Por tipo de mensaje")).to_contain_text("Factura")
