"""What goes out, and what people do with it: send now and undo, skip, let go, call, and to whom."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.book import (
    add_customer,
    add_invoice,
    add_overdue_invoice,
    days_from_today,
    unique,
)
from tests.browser.conftest import Open, Visit
from tests.browser.saldo import Saldo
from tests.browser.test_mail import next_working_morning

pytestmark = pytest.mark.browser

A_MINUTE_AND_MORE = 90_000  # milliseconds: what may be undone goes out after sixty seconds


def debtor(saldo: Saldo, **fields: Any) -> dict[str, Any]:
    """A customer whose first notice goes out in some days, so that no clock sends it meanwhile."""
    customer = add_customer(saldo, **fields)
    add_invoice(saldo, customer, due_date=days_from_today(5))
    return customer


def next_of(saldo: Saldo, customer: dict[str, Any]) -> dict[str, Any]:
    (first, *_) = saldo.ask("GET", f"/v1/customers/{customer['id']}/next-messages")["items"]
    return dict(first)


def day_of(message: dict[str, Any]) -> str:
    at = datetime.fromisoformat(message["at"])
    return at.astimezone(ZoneInfo("Europe/Madrid")).date().isoformat()


def list_of(saldo: Saldo, visit: Visit, customer: dict[str, Any]) -> Page:
    """The list of the day on which the customer's next step is."""
    return visit.go(f"/outgoing?day={day_of(next_of(saldo, customer))}")


def row_of(page: Page, customer: dict[str, Any]) -> Locator:
    return page.get_by_role("listitem").filter(has_text=customer["name"])


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def add_ladder(saldo: Saldo, **step: Any) -> str:
    """A ladder of one step, under an id of its own."""
    name = unique("paso").replace(" ", "-")
    usual = {"offset_days": -3, "template": "reminder_before"}
    body = {"name": name, "steps": [usual | step]}
    saldo.ask("PUT", f"/v1/dunning-policies/{name}", body)
    return name


def test_what_is_sent_now_can_be_undone_for_a_minute_and_then_goes_out_once(
    saldo: Saldo, open_page: Open
) -> None:
    customer = debtor(saldo)
    page = list_of(saldo, open_page(saldo, role="collector"), customer)
    row = row_of(page, customer)
    expect(row).to_contain_text("Aviso de vencimiento, 3 días antes de vencer")

    row.get_by_role("button", name="Enviar ya").click()
    expect(row.get_by_role("timer")).to_contain_text(re.compile(r"Sale en \d\d? s"))
    expect(row.get_by_role("button", name="Deshacer")).to_be_focused()
    row.get_by_role("button", name="Deshacer").click()
    expect(row.get_by_role("button", name="Enviar ya")).to_be_visible()
    assert next_of(saldo, customer)["send_now_at"] is None

    row.get_by_role("button", name="Enviar ya").click()
    expect(row).to_have_count(0, timeout=A_MINUTE_AND_MORE)

    assert next_of(saldo, customer)["step_id"] == "first"
    assert len(saldo.mails_to(customer["email"])) == 1


def test_a_step_is_skipped_after_it_was_said_what_follows(saldo: Saldo, open_page: Open) -> None:
    customer = debtor(saldo)
    page = list_of(saldo, open_page(saldo, role="collector"), customer)
    row = row_of(page, customer)

    row.get_by_role("button", name="Saltar").click()
    expect(dialog(page)).to_contain_text(f"{customer['name']} no recibe este paso")
    expect(dialog(page)).to_contain_text("Después: 1.er recordatorio, 3 días después de vencer")
    dialog(page).get_by_role("button", name="Saltar el paso").click()

    expect(row).to_have_count(0)
    assert next_of(saldo, customer)["step_id"] == "first"
    assert saldo.mails_to(customer["email"]) == []


def test_the_keyboard_opens_the_exact_text_and_sends(saldo: Saldo, open_page: Open) -> None:
    customer = debtor(saldo)
    visit = open_page(saldo, role="collector")
    page = list_of(saldo, visit, customer)
    subject = next_of(saldo, customer)["subject"]

    row_of(page, customer).get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_contain_text(customer["email"])
    frame = dialog(page).frame_locator(f"iframe[title='Texto de «{subject}»']")
    expect(frame.locator("body")).to_contain_text("121,00")
    dialog(page).get_by_text("Solo texto").click()
    expect(dialog(page).locator("pre")).to_contain_text("121,00")
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    row_of(page, customer).get_by_role("link").focus()
    page.keyboard.press("e")

    expect(row_of(page, customer).get_by_role("button", name="Deshacer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row_of(page, customer).get_by_role("button", name="Enviar ya")).to_be_visible()


def test_a_reminder_that_waits_is_read_and_let_go(saldo: Saldo, open_page: Open) -> None:
    ladder = add_ladder(saldo, needs_approval=True)
    customer = debtor(saldo, policy_id=ladder)
    page = list_of(saldo, open_page(saldo, role="collector"), customer)
    waiting = page.get_by_role("region", name="Esperan tu visto bueno")

    row = waiting.get_by_role("listitem").filter(has_text=customer["name"])
    row.get_by_role("button", name="Dejar salir").click()
    expect(dialog(page)).to_contain_text(next_of(saldo, customer)["subject"])
    dialog(page).get_by_role("button", name="Dejar salir").click()

    expect(row).to_have_count(0)
    expect(row_of(page, customer).get_by_role("button", name="Enviar ya")).to_be_visible()
    assert next_of(saldo, customer)["reason_none"] is None


def test_who_may_only_look_sees_what_goes_out_and_no_button(saldo: Saldo, open_page: Open) -> None:
    customer = debtor(saldo)
    visit = open_page(saldo, role="viewer", width=390)

    row = row_of(list_of(saldo, visit, customer), customer)

    expect(row).to_contain_text("121,00")
    expect(row.get_by_role("button")).to_have_count(0)


def test_what_rests_says_so_in_the_list_and_on_the_customers_page(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    invoice = add_invoice(saldo, customer, due_date=days_from_today(5))
    day = day_of(next_of(saldo, customer))
    saldo.ask("POST", "/v1/disputes", {"invoice_id": invoice["id"], "reason": "Llegó roto"})
    visit = open_page(saldo)

    held = visit.go(f"/outgoing?day={day}").get_by_role("region", name="No salen por sí solos")
    expect(held.get_by_role("listitem").filter(has_text=customer["name"])).to_contain_text(
        "Está en disputa."
    )

    page = visit.go(f"/customers/{customer['id']}")
    expect(page.get_by_role("region", name="Próximo recordatorio")).to_contain_text(
        "Está en disputa."
    )


def test_a_call_to_make_has_its_numbers_and_ends_with_a_word(saldo: Saldo, open_page: Open) -> None:
    ladder = add_ladder(saldo, offset_days=3, channel="call", template="reminder_firm")
    customer = add_customer(
        saldo,
        policy_id=ladder,
        phone="+34 976 000 001",
        contacts=[{"name": "Ana Gil", "phone": "+34 600 000 002"}],
    )
    add_overdue_invoice(saldo, customer, days_late=4)
    saldo.run_schedule("reminder_tick", next_working_morning())
    page = open_page(saldo, role="collector").go("/work")

    item = page.get_by_role("listitem").filter(has_text=f"Llamada por hacer · {customer['name']}")
    expect(item.get_by_role("link", name="+34 600 000 002")).to_have_attribute(
        "href", "tel:+34600000002"
    )
    item.get_by_role("button", name="Hecho").click()
    dialog(page).get_by_role("button", name="Ha prometido pagar").click()
    dialog(page).get_by_role("button", name="Está hecho").click()

    expect(item).to_have_count(0)
    done = saldo.ask("GET", "/v1/work-items?state=done&limit=50")["items"]
    mine = next(one for one in done if one["customer_id"] == customer["id"])
    assert mine["outcome"] == "Ha prometido pagar"


def test_contacts_get_what_they_are_to_get_each_in_their_language(
    saldo: Saldo, open_page: Open
) -> None:
    customer = debtor(saldo)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}/edit")

    page.get_by_role("button", name="Añadir un contacto").click()
    page.get_by_label("Nombre del contacto").fill("Ana Gil")
    ana = page.get_by_role("group", name="Ana Gil", exact=True)
    ana.get_by_label("Recordatorios").check()
    page.get_by_role("button", name="Guardar").click()
    expect(ana).to_contain_text("Para escribirle hace falta su correo.")
    expect(ana.get_by_label("Su correo")).to_be_focused()
    ana.get_by_label("Su correo").fill("ana@cliente.example")
    ana.get_by_label("Su teléfono").fill("+34 600 000 003")
    ana.get_by_label("Su idioma").select_option(label="English")
    page.get_by_role("button", name="Añadir un contacto").click()
    jefe = page.get_by_role("group", name="Contacto 2")
    jefe.get_by_label("Su correo").fill("jefe@cliente.example")
    jefe.get_by_label("Recordatorios").check()
    jefe.get_by_label("Solo en copia").check()
    jefe.get_by_label("Nombre del contacto").fill("Jefe de Ana")
    page.get_by_label("Región").select_option(label="Aragón")
    page.get_by_role("button", name="Guardar").click()

    contacts = page.get_by_role("region", name="Contactos")
    expect(contacts.get_by_role("link", name="+34 600 000 003")).to_have_attribute(
        "href", "tel:+34600000003"
    )
    upcoming = page.get_by_role("region", name="Próximo recordatorio")
    expect(upcoming).to_contain_text("Ana Gil <ana@cliente.example>")
    expect(upcoming).to_contain_text("Con copia a jefe@cliente.example")
    said = next_of(saldo, customer)
    assert (said["to"], said["cc"]) == ("ana@cliente.example", ["jefe@cliente.example"])
    assert "invoice" in said["subject"].lower()


def test_a_contact_is_taken_away_again(saldo: Saldo, open_page: Open) -> None:
    contacts = [{"name": "Ana Gil", "email": "ana@cliente.example", "roles": ["reminders"]}]
    customer = add_customer(saldo, contacts=contacts)
    page = open_page(saldo, role="collector").go(f"/customers/{customer['id']}/edit")

    page.get_by_role("button", name="Quitar a Ana Gil").click()
    page.get_by_role("button", name="Guardar").click()

    expect(page.get_by_role("region", name="Datos")).to_contain_text(customer["email"])
    assert saldo.ask("GET", f"/v1/customers/{customer['id']}")["contacts"] == []


def test_an_invoice_is_chased_by_rules_of_its_own(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    invoice = add_invoice(saldo, customer, due_date=days_from_today(20))
    page = open_page(saldo, role="collector").go(f"/invoices/{invoice['id']}")
    panel = page.get_by_role("region", name="Reclamación")
    expect(panel).to_contain_text("Aviso de vencimiento, 3 días antes de vencer")

    panel.get_by_role("button", name="Cambiar las reglas").click()
    dialog(page).get_by_label("Reglas de reclamación").select_option(label="Suave")
    expect(dialog(page)).to_contain_text("Aviso de vencimiento, 5 días antes de vencer")
    dialog(page).get_by_role("button", name="Cambiar").click()

    expect(panel).to_contain_text("Suave, propias de esta factura")
    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")["policy_id"] == "gentle"
