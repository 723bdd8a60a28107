"""What programs and payers are given: keys with scopes, the API's pages, references, a logo."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.book import add_customer, add_invoice, unique
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo
from tests.pictures import a_picture

pytestmark = pytest.mark.browser


def level(page: Page, area: str, name: str) -> None:
    group = page.get_by_role("dialog").get_by_role("radiogroup", name=area, exact=True)
    group.get_by_text(name, exact=True).click()


def test_a_key_is_limited_to_some_areas_and_to_a_year(saldo: Saldo, open_page: Open) -> None:
    name = unique("Panel")
    page = open_page(saldo).go("/settings/keys")

    page.get_by_role("button", name="Nueva clave").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Para qué es").fill(name)
    dialog.get_by_role("radio", name="Facturación").check()
    level(page, "Clientes", "Nada")
    level(page, "Informes y libros", "Leer")
    expect(dialog.get_by_role("radio", name="A medida")).to_be_checked()
    dialog.get_by_role("button", name="Crear la clave").click()
    shown = page.get_by_role("dialog", name="Esta clave solo se muestra ahora")
    bearer = {"Authorization": f"Bearer {shown.locator('code').inner_text()}"}
    shown.get_by_role("button", name="Ya la he copiado").click()

    row = page.get_by_role("listitem").filter(has_text=name)
    expect(row).to_contain_text("Facturas (cambiar), Informes y libros (leer)")
    expect(row).to_contain_text("sin usar todavía")
    answers = [
        saldo.try_to("GET", path, headers=bearer)[0]
        for path in ("/v1/invoices", "/v1/reports/aging", "/v1/customers", "/v1/payments")
    ]
    assert answers == [200, 200, 403, 403]
    status, problem = saldo.try_to("POST", "/v1/periods/2026-01/close", {}, headers=bearer)
    assert (status, problem["detail"]) == (403, "This API key lacks the scope reports:write.")
    page.reload()
    expect(row).to_contain_text("último uso")


def test_who_writes_a_program_finds_each_operation_without_signing_in(
    saldo: Saldo, open_page: Open
) -> None:
    visit = open_page(saldo, role=None)
    page = visit.go("/developers")

    expect(page.get_by_role("heading", name="Verifying webhooks")).to_be_visible()
    page.get_by_role("searchbox", name="Buscar operaciones").fill("void post")
    page.get_by_role("link", name="/invoices/{invoice_id}/void").click()
    card = page.get_by_role("article").filter(has_text="/v1/invoices/{invoice_id}/void")
    expect(card).to_contain_text("invoices:write")
    expect(card.get_by_role("region", name="Request:")).to_contain_text("Idempotency-Key")
    expect(page).to_have_url(f"{saldo.url}/developers#post_invoices_invoice_id_void")
    page.get_by_role("searchbox").fill("no hay tal cosa")
    expect(page.get_by_role("status")).to_contain_text("Ninguna operación")


def test_a_link_to_an_operation_leads_there_on_a_phone_too(saldo: Saldo, open_page: Open) -> None:
    page = open_page(saldo, role=None, width=390).go("/developers#get_payments")

    expect(page.get_by_role("heading", name="/v1/payments", exact=False).first).to_be_in_viewport()
    page.get_by_role("button", name="Contenido").click()
    page.get_by_role("link", name="Authentication").click()
    expect(page.get_by_role("heading", name="Authentication")).to_be_in_viewport()


def test_an_invoice_says_how_it_is_paid_and_is_found_by_its_reference(
    saldo: Saldo, open_page: Open
) -> None:
    company = saldo.ask("GET", "/v1/company")
    fields = {name: company[name] for name in company if name != "version"}
    saldo.ask("PUT", "/v1/company", fields | {"iban": "ES9121000418450200051332"})
    invoice = add_invoice(saldo, add_customer(saldo))
    reference = invoice["payment_reference"]
    visit = open_page(saldo)
    page = visit.go(f"/invoices/{invoice['id']}")

    grouped = " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))
    expect(page.get_by_role("main")).to_contain_text(grouped)
    page.get_by_role("button", name="Cuenta y código QR").click()
    dialog = page.get_by_role("dialog", name="Pago por transferencia")
    expect(dialog).to_contain_text("ES91 2100 0418 4502 0005 1332")
    expect(dialog.get_by_role("img", name="Código QR")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill(grouped.lower())
    expect(page.get_by_role("option", name=invoice["number"])).to_be_visible()


def test_a_logo_is_put_in_seen_by_everybody_and_taken_away(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo)
    page = visit.go("/settings/company")
    field = page.locator("input[type=file]")
    too_large = {"name": "l.png", "mimeType": "image/png", "buffer": b"x" * 600_000}
    picture = {"name": "logo.png", "mimeType": "image/png", "buffer": a_picture()}

    field.set_input_files([too_large])
    expect(page.get_by_role("alert")).to_contain_text("512 kB")
    field.set_input_files([picture])
    shown = page.get_by_role("img", name="Logotipo de")
    expect(shown).to_be_visible()

    address = str(shown.get_attribute("src"))
    answer = visit.context.request.get(saldo.url + address)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "immutable" in answer.headers["cache-control"]
    page.get_by_label("Teléfono").fill("+34 936 00 00 00")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado").first).to_be_visible()
    page.get_by_role("button", name="Quitar").click()
    page.get_by_role("dialog").get_by_role("button", name="Quitar").click()
    expect(shown).to_have_count(0)
    assert visit.context.request.get(saldo.url + address).status == 404
    assert saldo.ask("GET", "/v1/company/logo") == {"logo": None}
