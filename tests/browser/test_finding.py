"""Finding one's way: filters in the URL, the palette, language, theme, and no mouse at all."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.book import add_customer, add_invoice, add_overdue_invoice
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def test_filters_are_in_the_url_and_survive_reload_and_back(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    late = add_overdue_invoice(saldo, customer, days_late=3)
    add_invoice(saldo, customer)
    visit = open_page(saldo)
    page = visit.go(f"/invoices?customer_id={customer['id']}")
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(2)

    page.get_by_role("link", name="Vencidas").click()
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"tab=overdue"))
    page.reload()

    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text(late["number"])
    expect(page.get_by_role("button", name=f"Quitar el filtro {customer['name']}")).to_be_visible()
    page.go_back()
    expect(rows).to_have_count(2)
    page.go_forward()
    expect(rows).to_have_count(1)


def test_the_palette_finds_an_invoice_by_its_number_and_a_customer_by_name(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    invoice = add_invoice(saldo, customer)
    visit = open_page(saldo)
    page = visit.go("/")

    search(page, invoice["number"])
    page.get_by_role("option").filter(has_text=invoice["number"]).wait_for()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/invoices/{invoice['id']}$"))

    search(page, customer["name"])
    page.get_by_role("option").filter(has_text=customer["name"]).wait_for()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/customers/{customer['id']}$"))


def search(page: Page, text: str) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill(text)


def test_the_language_changes_at_once_and_stays(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo)
    page = visit.go("/invoices")

    page.get_by_role("button", name="Tu cuenta").click()
    page.get_by_role("menuitemradio", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Invoices")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invoices")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitemradio", name="Español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Facturas")


def test_the_theme_changes_at_once_and_is_there_before_the_first_paint(
    saldo: Saldo, open_page: Open
) -> None:
    visit = open_page(saldo)
    page = visit.go("/")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "light")

    page.get_by_role("button", name="Tu cuenta").click()
    page.get_by_role("menuitemradio", name="Oscuro").click()

    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.goto(f"{saldo.url}/", wait_until="commit")
    page.wait_for_selector("html[data-mantine-color-scheme=dark]", state="attached")


def test_an_invoice_is_written_and_issued_without_a_mouse(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    visit = open_page(saldo)
    page = visit.go("/invoices")

    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nueva factura")
    choose_by_keys(page, customer["name"])
    write_two_lines_by_keys(page)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("region", name="Avisos")).to_contain_text("Borrador guardado")
    tab_to(page, "Emitir")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    tab_to(page, "Emitir")
    page.keyboard.press("Enter")

    expect(page.get_by_role("region", name="Avisos")).to_contain_text("Emitida como")
    (invoice,) = saldo.ask("GET", f"/v1/invoices?customer_id={customer['id']}")["items"]
    assert invoice["state"] == "issued"
    assert invoice["total_minor"] == 14_641


def choose_by_keys(page: Page, name: str) -> None:
    tab_to(page, "Cliente")
    page.keyboard.type(name)
    choices = page.get_by_role("listbox", name="Cliente").get_by_role("option")
    expect(choices).to_have_text([re.compile(name), re.compile("^Crear")])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def write_two_lines_by_keys(page: Page) -> None:
    """Two at 50.00 and one at 21.00: Tab goes from field to field, Enter to the next line."""
    tab_to(page, "Descripción")
    for keys in ("Tarjetas", "Tab", "ControlOrMeta+a", "2", "Tab", "50,00", "Enter"):
        press_or_type(page, keys)
    expect(page.get_by_label("Descripción").nth(1)).to_be_focused()
    for keys in ("Sobres", "Tab", "Tab", "21"):
        press_or_type(page, keys)


def press_or_type(page: Page, keys: str) -> None:
    is_key = keys in ("Tab", "Enter") or "+" in keys
    (page.keyboard.press if is_key else page.keyboard.type)(keys)


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the focus is on the control with this name; 60 is more than any screen."""
    for _ in range(60):
        if page.evaluate(_NAME_OF_FOCUS).strip() == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to {name}")


_NAME_OF_FOCUS = """() => {
  const at = document.activeElement;
  return at.ariaLabel ?? at.labels?.[0]?.innerText ?? at.innerText ?? "";
}"""


def test_a_list_is_read_by_keys_alone(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    for _ in range(2):
        add_invoice(saldo, customer)
    visit = open_page(saldo)
    page = visit.go(f"/invoices?customer_id={customer['id']}")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-row]").nth(1).get_by_role("link").first).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("region", name="1 factura seleccionada")).to_be_visible()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/invoices/inv_"))
