"""The settings: keys that are shown once, people, and freezing all mail."""

import pytest
from playwright.sync_api import expect

from tests.browser.book import unique
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def test_a_key_is_shown_once_works_and_stops_when_it_is_revoked(
    saldo: Saldo, open_page: Open
) -> None:
    name = unique("Tienda")
    visit = open_page(saldo)
    page = visit.go("/settings/keys")

    page.get_by_role("button", name="Nueva clave").click()
    page.get_by_label("Para qué es").fill(name)
    page.get_by_role("dialog").get_by_role("button", name="Crear la clave").click()
    shown = page.get_by_role("dialog", name="Esta clave solo se muestra ahora")
    key = shown.locator("code").inner_text()
    shown.get_by_role("button", name="Ya la he copiado").click()

    row = page.get_by_role("listitem").filter(has_text=name)
    expect(row).to_contain_text("Activa")
    page.reload()
    expect(row).to_be_visible()
    assert key not in page.content()
    bearer = {"Authorization": f"Bearer {key}"}
    assert saldo.try_to("GET", "/v1/customers", headers=bearer)[0] == 200
    assert saldo.try_to("GET", "/v1/api-keys", headers=bearer)[0] == 403
    row.get_by_role("button", name="Revocar").click()
    page.get_by_role("dialog").get_by_role("button", name="Revocar").click()
    expect(row).to_contain_text("Revocada")
    assert saldo.try_to("GET", "/v1/customers", headers=bearer)[0] == 401


def test_keys_and_people_are_for_administrators_only(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo, role="accountant")

    for path in ("/settings/keys", "/settings/people"):
        expect(visit.go(path).get_by_role("main")).to_contain_text("Solo lo ve quien administra")


def test_somebody_new_is_invited_and_their_role_is_changed(saldo: Saldo, open_page: Open) -> None:
    name = unique("Nuria")
    visit = open_page(saldo)
    page = visit.go("/settings/people")

    page.get_by_role("button", name="Invitar").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Correo").fill(f"{name.split()[1]}@saldo.local")
    dialog.get_by_label("Nombre").fill(name)
    dialog.get_by_role("button", name="Enviar la invitación").click()

    row = page.get_by_role("listitem").filter(has_text=name)
    expect(row).to_contain_text("Con acceso")
    people = saldo.ask("GET", "/v1/people")["items"]
    assert name in [person["name"] for person in people]


def test_frozen_sending_is_said_on_every_screen_until_it_goes_on(
    saldo: Saldo, open_page: Open
) -> None:
    visit = open_page(saldo)
    page = visit.go("/settings")

    page.get_by_role("button", name="Congelar los envíos").click()
    page.get_by_role("dialog").get_by_role("button", name="Congelar los envíos").click()
    expect(page.get_by_role("status").filter(has_text="congelados").first).to_be_visible()
    visit.go("/customers")
    expect(page.get_by_role("status").filter(has_text="congelados").first).to_be_visible()

    visit.go("/settings")
    page.get_by_role("button", name="Reanudar los envíos").click()
    page.get_by_role("dialog").get_by_role("button", name="Reanudar los envíos").click()
    expect(page.get_by_role("status").filter(has_text="congelados")).to_have_count(0)
    assert saldo.ask("GET", "/v1/company")["sending_frozen"] is False
