"""What a customer does by the private link of a mail, and what staff see of it."""

import re
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import flaws
from tests.browser.book import add_invoice, days_from_today
from tests.browser.conftest import Open, Visit
from tests.browser.portal_visits import enter, follow, link_in_mail, link_of, owing
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser
_CONFIRMED_MS: Final = 60_000  # the provider tells it to a queue, and the page asks ever less often
_PNG: Final = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def test_a_customer_opens_the_mail_on_a_phone_pays_by_card_and_the_dashboard_shows_it(
    saldo: Saldo, open_page: Open
) -> None:
    customer, (invoice,) = owing(saldo, 8)
    visit = enter(open_page, saldo, link_in_mail(saldo, customer, invoice))
    page = visit.page

    expect(page.get_by_role("heading", level=1)).to_have_text("Por pagar121,00 €")
    follow(visit, "Pagar 121,00 €")
    page.get_by_role("radio", name="Tarjeta Con Stripe").check()
    page.get_by_role("button", name="Continuar y pagar 121,00 €").click()
    page.wait_for_url("**/_local/stripe/**")
    page.locator("button[value=pay]").click()

    paid = page.get_by_role("heading", name="Pago recibido")
    expect(paid).to_be_visible(timeout=_CONFIRMED_MS)
    follow(visit, "Ver las facturas")
    expect(page.get_by_role("heading", level=1)).to_have_text("No debe nada")
    staff = open_page(saldo).go(f"/invoices/{invoice['id']}")
    expect(staff.get_by_role("main")).to_contain_text("Cobrada")


def test_some_invoices_are_chosen_and_what_is_left_at_the_page_is_not_called_paid(
    saldo: Saldo, open_page: Open
) -> None:
    customer, (old, _middle, new) = owing(saldo, 30, 20, 10)
    visit = enter(open_page, saldo, link_of(saldo, customer))
    page = visit.page

    page.get_by_role("checkbox", name=f"Elegir la factura {old['number']}").check()
    page.get_by_role("checkbox", name=f"Elegir la factura {new['number']}").check()
    expect(page.get_by_role("complementary")).to_contain_text("2 facturas elegidas")
    follow(visit, "Pagar 242,00 €")
    page.get_by_role("radio", name="Tarjeta Con Stripe").check()
    page.get_by_role("button", name="Continuar y pagar 242,00 €").click()
    page.wait_for_url("**/_local/stripe/**")
    page.locator("button[value=cancel]").click()

    expect(page.get_by_role("heading", name="Comprobando su pago")).to_be_visible()
    assert saldo.ask("GET", f"/v1/invoices/{old['id']}")["open_minor"] == 12_100


def test_a_transfer_is_told_to_be_typed_copied_or_scanned(saldo: Saldo, open_page: Open) -> None:
    saldo_of_company = saldo.ask("GET", "/v1/company")
    if saldo_of_company["iban"] is None:
        settings = {name: value for name, value in saldo_of_company.items() if name != "version"}
        saldo.ask("PUT", "/v1/company", settings | {"iban": "ES7921000813610123456789"})
    customer, (invoice,) = owing(saldo, 5)
    visit = enter(open_page, saldo, link_of(saldo, customer))
    page = visit.page
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])

    follow(visit, "Pagar 121,00 €")
    page.get_by_role("radio", name="Transferencia bancaria").check()
    visit.settle()
    page.get_by_role("button", name="Copiar: IBAN").click()

    expect(page.get_by_role("button", name="Copiar: IBAN")).to_have_text("Copiado")
    assert page.evaluate("navigator.clipboard.readText()") == "ES7921000813610123456789"
    expect(page.get_by_role("img", name="Código QR con los datos")).to_be_visible()
    assert invoice["open_minor"] == 12_100


def test_a_date_that_is_promised_rests_the_amount_and_staff_read_of_it(
    saldo: Saldo, open_page: Open
) -> None:
    customer, _ = owing(saldo, 12)
    visit = enter(open_page, saldo, link_of(saldo, customer))
    page = visit.page
    follow(visit, "Anunciar una fecha de pago")

    page.get_by_label("¿Qué día pagará?").fill(days_from_today(40))
    expect(page.get_by_role("alert")).to_contain_text("Si necesita más tiempo, escríbanos.")
    page.get_by_label("¿Qué día pagará?").fill(days_from_today(5))
    expect(page.get_by_role("region", name="Qué significa")).to_contain_text(
        "No le escribiremos por estos 121,00 €"
    )
    page.get_by_role("button", name="Anunciar esta fecha").click()

    expect(page.get_by_role("heading", name="Queda anotado")).to_be_visible()
    promises = saldo.ask("GET", f"/v1/promises?customer_id={customer['id']}")["items"]
    assert [one["amount_minor"] for one in promises] == [12_100]
    staff = open_page(saldo).go(f"/customers/{customer['id']}")
    expect(staff.get_by_role("main")).to_contain_text("Promesa")


def test_a_part_is_contested_with_a_file_that_staff_can_save(
    saldo: Saldo, open_page: Open, tmp_path: Path
) -> None:
    customer, (invoice,) = owing(saldo, 12)
    photo, letter = tmp_path / "cajas rotas.png", tmp_path / "carta.txt"
    photo.write_bytes(_PNG)
    letter.write_text("No es una imagen.")
    visit = enter(open_page, saldo, link_of(saldo, customer))
    page = visit.page
    page.get_by_role("link", name=re.compile(invoice["number"])).click()
    follow(visit, "No estoy de acuerdo")

    page.get_by_role("radio", name="Con una parte").check()
    page.get_by_label("Importe con el que").fill("21,00")
    page.get_by_label("Motivo").select_option("defective")
    page.get_by_label("Cuéntenos qué ha pasado").fill("Llegaron mojadas.")
    page.locator("input[type=file]").set_input_files([photo, letter])
    expect(page.get_by_role("status")).to_have_text("Enviado")
    expect(page.get_by_role("alert")).to_have_text("carta.txt no es PDF, JPG ni PNG.")
    page.get_by_role("button", name="Enviar").click()

    expect(page.get_by_role("heading", name="Lo hemos recibido")).to_be_visible()
    staff = open_page(saldo).go(f"/invoices/{invoice['id']}")
    expect(staff.get_by_text("«Defectuoso o incompleto: Llegaron mojadas.»")).to_be_visible()
    with staff.expect_download() as download:
        staff.get_by_role("link", name="cajas rotas.png").click()
    assert Path(download.value.path()).read_bytes() == _PNG


def test_who_only_looks_at_the_address_changes_nothing(saldo: Saldo) -> None:
    customer, (invoice,) = owing(saldo, 8)
    url = link_in_mail(saldo, customer, invoice)
    paths = [
        f"/v1/customers/{customer['id']}/portal-links",
        f"/v1/customers/{customer['id']}/timeline",
        f"/v1/invoices/{invoice['id']}",
    ]
    before = [saldo.ask("GET", path) for path in paths]

    answers = [_look(url, method) for method in ("HEAD", "GET", "GET", "HEAD")]

    assert answers == [303, 303, 303, 303]
    assert [saldo.ask("GET", path) for path in paths] == before
    assert before[0]["items"][0]["last_seen_at"] is None


class _Stay(urllib.request.HTTPRedirectHandler):
    """A mail scanner that notes where an address leads and does not go on."""

    def redirect_request(self, *_: object) -> None:
        return None


def _look(url: str, method: str) -> int:
    scanner = urllib.request.build_opener(_Stay)
    try:
        scanner.open(urllib.request.Request(url, method=method), timeout=60)  # noqa: S310
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code
    raise AssertionError("The address leads nowhere.")


def test_own_details_are_changed_at_once_and_an_address_only_when_staff_accept(
    saldo: Saldo, open_page: Open
) -> None:
    customer, _ = owing(saldo, 3)
    visit = enter(open_page, saldo, link_of(saldo, customer))
    page = visit.page
    follow(visit, "Mis datos")

    page.get_by_label("Teléfono").fill("+34 600 111 222")
    page.get_by_label("Correo electrónico").fill("nuevo@cliente.example")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Ha pedido nuevo@cliente.example.")).to_be_visible()
    now = saldo.ask("GET", f"/v1/customers/{customer['id']}")
    assert (now["phone"], now["email"]) == ("+34 600 111 222", customer["email"])

    staff = open_page(saldo).go(f"/customers/{customer['id']}")
    staff.get_by_role("button", name="Aceptar", exact=True).click()
    expect(staff.get_by_text("Desde ahora se escribe a la dirección nueva")).to_be_visible()
    after = saldo.ask("GET", f"/v1/customers/{customer['id']}")
    assert after["email"] == "nuevo@cliente.example"


def test_a_pay_link_opens_its_invoice_only_until_staff_revoke_it(
    saldo: Saldo, open_page: Open
) -> None:
    customer, (invoice, other) = owing(saldo, 9, 4)
    office = open_page(saldo)
    staff = office.go(f"/invoices/{invoice['id']}")
    staff.get_by_role("button", name="Más acciones").click()
    staff.get_by_role("menuitem", name="Enlace de pago").click()
    staff.get_by_role("button", name="Crear el enlace").click()
    url = staff.get_by_label("Dirección", exact=True).input_value()

    visit = enter(open_page, saldo, url)
    expect(visit.page.get_by_role("main")).to_contain_text(invoice["number"])
    expect(visit.page.get_by_role("main")).not_to_contain_text(other["number"])
    expect(visit.page.get_by_role("link", name="Estado de cuenta")).to_have_count(0)

    staff = office.go(f"/customers/{customer['id']}")
    staff.get_by_role("button", name="Anular", exact=True).click()
    staff.get_by_role("dialog").get_by_role("button", name="Anular").click()
    expect(staff.get_by_text("Anulado", exact=True)).to_be_visible()
    visit.watch.allow(401, "/portal/home")
    visit.page.reload()
    expect(visit.page.get_by_role("heading", name="Este enlace ya no abre")).to_be_visible()


def test_staff_see_what_the_customer_sees_and_can_change_nothing(
    saldo: Saldo, open_page: Open
) -> None:
    customer, _ = owing(saldo, 9)
    visit = open_page(saldo)
    page = visit.go(f"/customers/{customer['id']}")

    with page.expect_popup() as opened:
        page.get_by_role("button", name="Ver como el cliente").click()

    portal = opened.value
    expect(portal.get_by_text("Ve lo que ve el cliente.")).to_be_visible()
    expect(portal.get_by_role("button", name="Pagar 121,00 €")).to_be_disabled()


def test_the_language_is_the_customers_until_another_is_chosen(
    saldo: Saldo, open_page: Open
) -> None:
    customer, _ = owing(saldo, 9, language="en")
    url = link_of(saldo, customer)
    page = enter(open_page, saldo, url).page
    expect(page.get_by_role("link", name="Pay €121.00")).to_be_visible()

    with page.expect_response("**/portal/language"):
        page.get_by_role("button", name="ES Español").click()
    expect(page.get_by_role("link", name="Pagar 121,00 €")).to_be_visible()

    again = enter(open_page, saldo, url).page
    expect(again.get_by_role("link", name="Pagar 121,00 €")).to_be_visible()


def test_a_lost_connection_is_said_and_nothing_is_lost(saldo: Saldo, open_page: Open) -> None:
    customer, _ = owing(saldo, 9)
    visit = enter(open_page, saldo, link_of(saldo, customer))

    visit.context.set_offline(True)
    expect(visit.page.get_by_text("Sin conexión.")).to_be_visible()
    expect(visit.page.get_by_text("Por pagar")).to_be_visible()
    visit.context.set_offline(False)

    expect(visit.page.get_by_text("Sin conexión.")).to_have_count(0)


def portal_with_everything(saldo: Saldo, open_page: Open, width: int) -> tuple[Visit, str]:
    """A long name, an invoice overdue, one contested, one not due yet; and the address of one."""
    name = "Sociedad Cooperativa Agroalimentaria Virgen de los Dolores y Santísimo Sacramento"
    customer, (invoice, other) = owing(saldo, 40, 7, name=f"{name} {width}")
    add_invoice(saldo, customer)
    contested = {"invoice_id": other["id"], "amount_minor": 100, "reason": "Falta una caja"}
    saldo.ask("POST", "/v1/disputes", contested)
    visit = enter(open_page, saldo, link_of(saldo, customer), width=width)
    return visit, f"/invoices/{invoice['id']}"


def flaws_at(visit: Visit, paths: Sequence[str]) -> dict[str, list[str]]:
    """What is wrong at each of these addresses; those where nothing is are left out."""
    found = {path: flaws(visit.go(f"/p{path}")) for path in paths}
    return {path: wrong for path, wrong in found.items() if wrong}


def test_the_portal_is_for_everybody_on_a_phone(saldo: Saldo, open_page: Open) -> None:
    visit, one = portal_with_everything(saldo, open_page, 390)
    paths = ("", one, f"{one}/dispute", "/promise", "/statement", "/details", "/nowhere", "/pay")

    assert flaws_at(visit, paths) == {}
    visit.page.get_by_role("radio").last.check()  # the transfer
    assert flaws(visit.settle()) == []
    visit.context.clear_cookies()
    visit.watch.allow(401, "/portal/home")
    assert flaws_at(visit, [""]) == {}


def test_the_portal_is_for_everybody_at_a_desk(saldo: Saldo, open_page: Open) -> None:
    visit, one = portal_with_everything(saldo, open_page, 1280)

    assert flaws_at(visit, ("", one, "/statement")) == {}


def test_large_letters_fit_on_a_phone(saldo: Saldo, open_page: Open) -> None:
    customer, (invoice, _) = owing(saldo, 40, 7)
    visit = enter(open_page, saldo, link_of(saldo, customer))
    twice = "document.documentElement.style.fontSize = '200%'"
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

    found = {}
    for path in ("", f"/invoices/{invoice['id']}", "/pay", "/statement"):
        page = visit.go(f"/p{path}")
        page.evaluate(twice)
        found[path] = page.evaluate(too_wide)

    assert found == dict.fromkeys(found, 0)
