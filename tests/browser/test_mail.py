"""What goes out and what comes back, as the screens tell it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.book import (
    add_customer,
    add_invoice,
    add_overdue_invoice,
    finish_all_work,
    unique,
)
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def next_working_morning() -> str:
    """Ten o'clock in Spain on a day that is no weekend, soon."""
    at = datetime.now(UTC).replace(hour=9, minute=0) + timedelta(days=1)
    while at.weekday() > 4:
        at += timedelta(days=1)
    return at.isoformat()


def test_a_reminder_shows_on_the_customers_page_with_its_fate(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    invoice = add_overdue_invoice(saldo, customer, days_late=8)
    visit = open_page(saldo)
    page = visit.go(f"/customers/{customer['id']}")
    announced = page.get_by_role("region", name="Próximo recordatorio")
    subject = announced.get_by_text(invoice["number"]).inner_text()

    saldo.run_schedule("reminder_tick", next_working_morning())
    page.reload()

    messages = visit.settle().get_by_role("region", name="Mensajes")
    expect(messages).to_contain_text(subject)
    expect(messages).to_contain_text("Entregado")
    (mail,) = saldo.mails_to(customer["email"])
    assert mail["subject"] == subject


def test_a_bounce_becomes_work_and_a_banner_until_the_address_is_trusted_again(
    saldo: Saldo, open_page: Open
) -> None:
    address = f"bounce+{unique('a').split()[1]}@simulator.amazonses.com"
    customer = add_customer(saldo, email=address)
    invoice = add_invoice(saldo, customer)
    saldo.ask("POST", f"/v1/invoices/{invoice['id']}/send")
    finish_all_work(saldo)
    visit = open_page(saldo, role="collector")

    page = visit.go("/work")
    row = page.get_by_role("listitem").filter(has_text=customer["name"]).first
    expect(row).to_contain_text("Dirección que rebota")
    row.get_by_role("link", name="Ver la dirección").click()

    banner = page.get_by_role("status").filter(has_text=address)
    expect(banner).to_contain_text("el correo rebotó")
    expect(page.get_by_role("region", name="Mensajes")).to_contain_text("Rebotado")
    banner.get_by_role("button", name="Volver a escribirle").click()
    page.get_by_role("dialog").get_by_role("button", name="Volver a escribirle").click()
    expect(banner).to_have_count(0)


def test_work_that_is_done_leaves_the_list_with_its_outcome(saldo: Saldo, open_page: Open) -> None:
    address = f"complaint+{unique('a').split()[1]}@simulator.amazonses.com"
    customer = add_customer(saldo, email=address)
    invoice = add_invoice(saldo, customer)
    saldo.ask("POST", f"/v1/invoices/{invoice['id']}/send")
    finish_all_work(saldo)
    visit = open_page(saldo, role="collector")
    page = visit.go("/work")
    rows = page.get_by_role("listitem").filter(has_text=customer["name"])

    rows.first.get_by_role("button", name="Hecho").click()
    page.get_by_role("dialog").get_by_label("¿Cómo ha acabado?").fill("Llamado: cambia de correo")
    page.get_by_role("dialog").get_by_role("button", name="Está hecho").click()

    expect(rows).to_have_count(0)
    page.get_by_role("link", name="Hechas").click()
    expect(rows.first).to_contain_text("Llamado: cambia de correo")


def test_many_invoices_are_sent_at_once_each_with_its_result(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    numbers = [add_invoice(saldo, customer)["number"] for _ in range(3)]
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/invoices?tab=open&customer_id={customer['id']}")

    page.get_by_role("checkbox", name="Seleccionar todas").check()
    chosen = page.get_by_role("region", name="3 facturas seleccionadas")
    expect(chosen).to_contain_text("363,00")
    chosen.get_by_role("button", name="Enviar").click()
    page.get_by_role("dialog").get_by_role("button", name="Enviar").click()

    results = page.get_by_role("dialog", name="Enviadas 3 de 3")
    for number in numbers:
        expect(results).to_contain_text(number)
    finish_all_work(saldo)
    assert len(saldo.mails_to(customer["email"])) == 3
