"""The rules of reminders: tried on the book before they change, assigned, restored; and hours."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.book import add_customer, add_overdue_invoice, unique
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def a_rule(saldo: Saldo, *steps: tuple[int, str]) -> dict[str, Any]:
    """A rule of its own: nobody else's test follows it."""
    body = {
        "name": unique("Regla"),
        "steps": [
            {"id": f"s{days}", "offset_days": days, "template": template}
            for days, template in steps
        ],
    }
    return dict(saldo.ask("PUT", f"/v1/dunning-policies/r-{uuid.uuid4().hex[:12]}", body))


def a_late_customer(saldo: Saldo, days_late: int, **fields: str) -> str:
    """The name of a customer with an invoice of 121.00 that is late."""
    customer = add_customer(saldo, **fields)
    add_overdue_invoice(saldo, customer, days_late=days_late)
    return str(customer["name"])


def see_changes(page: Page) -> Any:
    """The dialog that says what changes, when it has looked through the book."""
    page.get_by_role("button", name="Ver qué cambia").click()
    dialog = page.get_by_role("dialog", name="Qué cambia")
    expect(dialog.locator("[aria-busy=true]")).to_have_count(0)
    return dialog


def steps_of(saldo: Saldo, rule: dict[str, Any]) -> list[tuple[str, int, str]]:
    policy = saldo.ask("GET", f"/v1/dunning-policies/{rule['id']}")
    return [(step["id"], step["offset_days"], step["channel"]) for step in policy["steps"]]


def test_a_rule_is_copied_and_given_to_a_segment_after_seeing_what_that_changes(
    saldo: Saldo, open_page: Open
) -> None:
    name, segment = unique("Firme"), unique("mayoristas")
    customer = a_late_customer(saldo, 10, segment=segment)
    visit = open_page(saldo)
    page = visit.go("/settings/reminders")

    page.get_by_role("link", name="Copiar Firme").click()
    page.get_by_label("Nombre").fill(name)
    dialog = see_changes(page)
    expect(dialog).to_contain_text("Nadie sigue esta regla todavía")
    dialog.get_by_role("button", name="Guardar la regla").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    visit.go("/settings/reminders")
    page.get_by_role("button", name="Añadir un segmento").click()
    page.get_by_role("combobox", name="Segmento", exact=True).last.fill(segment)
    page.get_by_role("combobox", name=f"Regla de {segment}").select_option(label=name)
    dialog = see_changes(page)

    expect(dialog).to_contain_text("Cambia de regla 1 cuenta.")
    expect(dialog).to_contain_text("1 cambia de paso")
    row = dialog.get_by_role("listitem").filter(has_text=customer)
    expect(row).to_contain_text("2.º recordatorio, 7 días después (correo)")
    expect(row).to_contain_text("Recordatorio firme, 10 días después (correo)")
    before = saldo.ask("GET", "/v1/dunning-policies")
    assert segment not in before["segments"]
    dialog.get_by_role("button", name="Repartirlas así").click()
    expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text(segment)
    after = saldo.ask("GET", "/v1/dunning-policies")
    copied = next(policy for policy in after["items"] if policy["name"] == name)
    assert after["segments"] == before["segments"] | {segment: copied["id"]}
    assert [step["offset_days"] for step in copied["steps"]] == [-3, 1, 5, 10, 15, 20, 30]


def test_a_rule_is_changed_only_after_seeing_who_gets_something_else(
    saldo: Saldo, open_page: Open
) -> None:
    rule = a_rule(saldo, (2, "reminder_first"), (90, "reminder_last"))
    customer = a_late_customer(saldo, 20, policy_id=rule["id"])
    page = open_page(saldo).go(f"/settings/reminders/{rule['id']}")

    page.get_by_role("button", name=re.compile("^Cambiar: 1.er recordatorio")).click()
    page.get_by_role("combobox", name="Cómo").select_option(label="Llamada")
    page.get_by_role("button", name=re.compile("^Listo: Llamada")).click()
    dialog = see_changes(page)

    expect(dialog).to_contain_text("Saldría 1 mensaje (1 correo)", ignore_case=True)
    expect(dialog).to_contain_text("Saldría 1 mensaje (1 llamada)", ignore_case=True)
    expect(dialog).to_contain_text("1 recibiría el mismo paso de otra forma")
    expect(dialog.get_by_role("listitem").filter(has_text=customer)).to_contain_text("121,00 €")
    dialog.get_by_role("button", name="Cancelar").click()
    assert steps_of(saldo, rule) == [("s2", 2, "email"), ("s90", 90, "email")]
    see_changes(page).get_by_role("button", name="Guardar la regla").click()
    expect(page.get_by_text("Guardada.")).to_be_visible()
    assert steps_of(saldo, rule) == [("s2", 2, "call"), ("s90", 90, "email")]


def test_an_earlier_version_is_restored_by_the_same_way(saldo: Saldo, open_page: Open) -> None:
    rule = a_rule(saldo, (2, "reminder_first"), (9, "reminder_second"))
    shorter = {"name": rule["name"], "steps": rule["steps"][:1]}
    saldo.ask("PUT", f"/v1/dunning-policies/{rule['id']}", shorter)
    customer = a_late_customer(saldo, 20, policy_id=rule["id"])
    page = open_page(saldo).go(f"/settings/reminders/{rule['id']}")

    expect(page.get_by_text("Quitado: 2.º recordatorio, 9 días después")).to_be_visible()
    page.get_by_role("button", name="Restaurar Versión 1").click()
    dialog = see_changes(page)
    expect(dialog.get_by_role("listitem").filter(has_text=customer)).to_contain_text(
        "2.º recordatorio, 9 días después"
    )
    dialog.get_by_role("button", name="Guardar la regla").click()

    expect(page.get_by_text("Versión 3").first).to_be_visible()
    assert steps_of(saldo, rule) == [("s2", 2, "email"), ("s9", 9, "email")]


def test_what_is_wrong_with_a_rule_is_said_while_it_is_written(
    saldo: Saldo, open_page: Open
) -> None:
    rule = a_rule(saldo, (2, "reminder_first"), (9, "reminder_second"))
    page = open_page(saldo).go(f"/settings/reminders/{rule['id']}")

    page.get_by_role("button", name=re.compile("^Cambiar: 2.º recordatorio")).click()
    days = page.get_by_role("textbox", name="Días")
    days.fill("2")
    expect(page.get_by_text("Hay dos pasos el mismo día.")).to_be_visible()
    days.fill("3")
    expect(page.get_by_text("A menos de dos días del paso anterior")).to_be_visible()
    days.fill("400")
    page.get_by_role("textbox", name="Copia oculta").fill("jefa")
    expect(page.get_by_text("No es un correo electrónico.")).to_be_visible()
    page.get_by_role("button", name="Ver qué cambia").click()

    expect(days).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Deshacer mis cambios").click()
    expect(page.get_by_role("button", name="Ver qué cambia")).to_be_disabled()


def test_who_may_not_change_a_rule_may_try_it_on_the_book(saldo: Saldo, open_page: Open) -> None:
    rule = a_rule(saldo, (2, "reminder_first"), (90, "reminder_last"))
    customer = a_late_customer(saldo, 20, policy_id=rule["id"])
    page = open_page(saldo, role="collector").go(f"/settings/reminders/{rule['id']}")

    expect(page.get_by_role("button", name=re.compile("^Cambiar"))).to_have_count(0)
    expect(page.get_by_role("button", name="Ver qué cambia")).to_have_count(0)
    page.get_by_role("button", name="Probarla en el libro de hoy").click()

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem").filter(has_text=customer)).to_contain_text(
        "1.er recordatorio, 2 días después (correo)"
    )
    expect(dialog).to_contain_text("No se ha enviado ni guardado nada.")


@pytest.fixture
def hours(saldo: Saldo) -> Iterator[None]:
    """Puts the hours of the company back: the other tests write within them."""
    company = saldo.ask("GET", "/v1/company")
    del company["version"]
    yield
    saldo.ask("PUT", "/v1/company", company)


@pytest.mark.usefixtures("hours")
def test_the_hours_at_which_people_are_written_to_are_changed(
    saldo: Saldo, open_page: Open
) -> None:
    page = open_page(saldo).go("/settings/hours")

    page.get_by_label("Desde").fill("19:00")
    expect(page.get_by_text("Se cierra después de abrir")).to_be_visible()
    page.get_by_label("Desde").fill("08:30")
    page.get_by_role("checkbox", name="viernes").uncheck()
    page.get_by_label("Repartir en los primeros minutos").fill("30")
    expect(page.get_by_text("de lunes a jueves, de 08:30 a 18:00")).to_be_visible()
    page.get_by_role("textbox", name="Día", exact=True).fill("2030-12-24")
    page.get_by_role("button", name="Añadir", exact=True).click()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()

    company = saldo.ask("GET", "/v1/company")
    assert (company["opens"], company["closes"], company["spread_minutes"]) == (
        "08:30",
        "18:00",
        30,
    )
    assert company["working_days"] == [1, 2, 3, 4]
    assert company["days_off"] == ["2030-12-24"]


def test_holidays_of_a_region_are_looked_at(saldo: Saldo, open_page: Open) -> None:
    page = open_page(saldo).go("/settings/hours")
    expect(page.get_by_text("Fiesta Nacional de España")).to_be_visible()
    expect(page.get_by_text("Jueves Santo")).to_have_count(0)

    page.get_by_role("combobox", name="Región").select_option(label="Comunidad de Madrid")

    expect(page.get_by_text("Jueves Santo")).to_be_visible()
