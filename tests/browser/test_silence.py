"""Pauses, hand-overs and the pre-legal file, clicked through from the first look to the last."""

import io
import urllib.request
import zipfile

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.book import add_customer, add_overdue_invoice, days_from_today
from tests.browser.conftest import Open, Visit
from tests.browser.saldo import API_KEY, Saldo

pytestmark = pytest.mark.browser


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def main_of(visit: Visit) -> Locator:
    return visit.page.get_by_role("main")


def choose(page: Page, name: str) -> None:
    """Chooses from the menu of further actions."""
    page.get_by_role("button", name="Más acciones").click()
    page.get_by_role("menuitem", name=name).click()


def fetched(saldo: Saldo, path: str) -> zipfile.ZipFile:
    """The archive behind a link: a redirect to where files lie, which is another origin here."""
    asked = urllib.request.Request(saldo.url + path)  # noqa: S310 - our own system
    asked.add_header("Authorization", f"Bearer {API_KEY}")
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - our own system
        return zipfile.ZipFile(io.BytesIO(answer.read()))


def in_row(visit: Visit, name: str) -> Locator:
    """The row of a list that names this customer."""
    return visit.page.get_by_role("row").filter(has_text=name)


def test_a_customer_is_paused_extended_and_woken_as_was_said_before(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    add_overdue_invoice(saldo, customer, days_late=20)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}")

    choose(page, "Pausar la reclamación")
    expect(dialog(page)).to_contain_text("121,00 € no se reclaman hasta el")
    expect(dialog(page)).to_contain_text("Lo que se facture mientras tanto también queda en pausa.")
    dialog(page).get_by_label("Último día de la pausa").fill(days_from_today(-1))
    expect(dialog(page)).to_contain_text("Esa fecha ya ha pasado.")
    dialog(page).get_by_label("Último día de la pausa").fill(days_from_today(10))
    dialog(page).get_by_label("Motivo").select_option("Falta un documento nuestro")
    dialog(page).get_by_role("button", name="Pausar").click()

    expect(main_of(visit)).to_contain_text("En pausa")
    expect(main_of(visit)).to_contain_text("Falta un documento nuestro")
    (hold,) = saldo.ask("GET", f"/v1/holds?customer_id={customer['id']}")["items"]
    assert (hold["until"], hold["invoice_ids"], hold["amount_minor"]) == (
        days_from_today(10), [], None
    )  # fmt: skip

    page.get_by_role("button", name="Cambiar", exact=True).click()
    dialog(page).get_by_label("Último día de la pausa").fill(days_from_today(20))
    dialog(page).get_by_role("button", name="Guardar").click()
    expect(dialog(page)).to_have_count(0)
    path = f"/v1/holds/{hold['id']}"
    assert saldo.ask("GET", path)["until"] == days_from_today(20)

    page.get_by_role("button", name="Levantar").click()
    expect(dialog(page)).to_contain_text("121,00 € se vuelven a reclamar desde ahora.")
    dialog(page).get_by_role("button", name="Levantar").click()
    expect(dialog(page)).to_have_count(0)
    assert saldo.ask("GET", path)["state"] == "lifted"


def test_one_invoice_is_paused_over_a_part_and_the_list_shows_it(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    invoice = add_overdue_invoice(saldo, customer, days_late=20)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/invoices/{invoice['id']}")

    choose(page, "Pausar esta factura")
    dialog(page).get_by_label("Cuánto").fill("200,00")
    expect(dialog(page)).to_contain_text("Solo hay 121,00 € pendientes.")
    dialog(page).get_by_label("Cuánto").fill("100,00")
    expect(dialog(page)).to_contain_text("21,00 € se siguen reclamando.")
    dialog(page).get_by_role("button", name="Pausar").click()

    expect(main_of(visit)).to_contain_text("se reclaman 21,00 €")
    visit.go("/holds")
    row = in_row(visit, customer["name"])
    expect(row).to_contain_text("100,00 €")
    expect(row).to_contain_text("1 factura")


def test_who_is_paused_may_still_promise(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    add_overdue_invoice(saldo, customer, days_late=20)
    new = {"customer_id": customer["id"], "currency": "EUR", "reason": "agreed"}
    saldo.ask("POST", "/v1/holds", new | {"until": days_from_today(5)})
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}")

    choose(page, "Anotar una promesa")
    expect(dialog(page).get_by_label("Importe prometido")).to_have_value("121,00")


def test_a_case_goes_to_legal_and_comes_back(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    invoice = add_overdue_invoice(saldo, customer, days_late=60)
    visit = open_page(saldo, role="accountant")
    page = visit.go(f"/customers/{customer['id']}")

    choose(page, "Pasar a jurídico")
    expect(dialog(page)).to_contain_text("121,00 € en 1 factura dejan de reclamarse")
    dialog(page).get_by_label("Quién lleva el caso").fill("Bufete Serra")
    dialog(page).get_by_label("Su correo").fill("casos")
    expect(dialog(page)).to_contain_text("No es una dirección de correo.")
    dialog(page).get_by_label("Su correo").fill("casos@serra.example")
    dialog(page).get_by_role("button", name="Pasar a jurídico").click()

    expect(main_of(visit)).to_contain_text("lo lleva Bufete Serra")
    visit.go(f"/invoices/{invoice['id']}")
    expect(main_of(visit)).to_contain_text("En jurídico")
    visit.go("/handovers")
    row = in_row(visit, customer["name"])
    row.get_by_role("button", name="Recuperar").click()
    expect(dialog(page)).to_contain_text("121,00 € se vuelven a reclamar desde ahora.")
    expect(dialog(page)).to_contain_text("Avisa a Bufete Serra")
    dialog(page).get_by_role("button", name="Recuperar").click()
    expect(dialog(page)).to_have_count(0)
    (one,) = saldo.ask("GET", f"/v1/handovers?customer_id={customer['id']}")["items"]
    assert one["state"] == "taken_back"


def test_a_case_that_was_paid_is_closed(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    add_overdue_invoice(saldo, customer, days_late=60)
    new = {"customer_id": customer["id"], "currency": "EUR", "to_name": "Bufete Serra"}
    saldo.ask("POST", "/v1/handovers", new)
    payment = {"customer_id": customer["id"], "currency": "EUR", "amount_minor": 12_100}
    saldo.ask(
        "POST", "/v1/payments", payment | {"method": "transfer", "received_on": days_from_today(0)}
    )
    visit = open_page(saldo, role="accountant")
    page = visit.go("/work")
    expect(main_of(visit)).to_contain_text("Dinero en un caso de jurídico")

    page = visit.go(f"/customers/{customer['id']}")
    page.get_by_role("button", name="Cerrar el caso").click()
    expect(dialog(page)).to_contain_text("De estas facturas ya no queda nada pendiente.")
    dialog(page).get_by_role("button", name="Cerrar el caso").click()

    expect(dialog(page)).to_have_count(0)
    (one,) = saldo.ask("GET", f"/v1/handovers?customer_id={customer['id']}")["items"]
    assert one["state"] == "closed"


def test_a_collector_pauses_and_does_not_hand_over(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    add_overdue_invoice(saldo, customer, days_late=60)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}")

    page.get_by_role("button", name="Más acciones").click()

    expect(page.get_by_role("menuitem", name="Pausar la reclamación")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Pasar a jurídico")).to_have_count(0)


def test_a_pre_legal_file_is_prepared_and_fetched(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    invoice = add_overdue_invoice(saldo, customer, days_late=60)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}")

    choose(page, "Expediente prejudicial")
    expect(dialog(page)).to_contain_text("1 factura, 121,00 € pendientes.")
    dialog(page).get_by_role("button", name="Preparar").click()

    link = dialog(page).get_by_role("link", name="Descargar")
    expect(link).to_be_visible(timeout=60_000)
    expect(dialog(page)).to_contain_text("SHA-256")
    archive = fetched(saldo, link.get_attribute("href") or "")
    assert f"facturas/{invoice['number']}.pdf" in archive.namelist()
    assert archive.read("00-expediente.pdf").startswith(b"%PDF")
