"""A file is imported by hand, from the choice of it to the invoices in the book."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import flaws
from tests.browser.book import unique
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser

HEAD = "Número;Cliente;Fecha factura;Vencimiento;Total;Pagado;Fecha cobro;Vendedor"


def a_file(name: str) -> bytes:
    """Two invoices that are right, one with a day that never was."""
    rows = (
        HEAD,
        f"{name}/1;{name};05/08/2026;04/09/2026;1.210,00;;;Marta",
        f"{name}/2;{name};12/09/2026;12/10/2026;605,00;605,00;20/10/2026;Marta",
        f"{name}/3;{name};31/02/2026;12/10/2026;100,00;;;Luis",
    )
    return "\r\n".join(rows).encode("cp1252")


def bring(page: Page, content: bytes, name: str = "facturas.csv") -> None:
    """Choose a file and upload it."""
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files(files=[file])
    page.get_by_role("button", name="Subir y seguir").click()
    page.get_by_role("heading", name="Qué es cada columna").wait_for()


def both_widths(page: Page) -> list[str]:
    """What is wrong for people with disabilities, wide and on a phone."""
    wide = flaws(page)
    page.set_viewport_size({"width": 390, "height": 844})
    found = [*wide, *(f"phone, {flaw}" for flaw in flaws(page))]
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def check(page: Page) -> None:
    """Have the rows checked, and wait for what will happen."""
    page.get_by_role("button", name="Comprobar las filas").click()
    page.get_by_role("heading", name="Qué va a pasar").wait_for()


def confirm(page: Page) -> None:
    """Carry out what was checked, and wait for what happened."""
    page.get_by_role("main").get_by_role("button", name="Importar", exact=True).click()
    dialog = page.get_by_role("dialog", name="¿Importar")
    dialog.get_by_role("button", name="Importar").click()
    page.get_by_role("heading", name="Qué ha pasado").wait_for()


def test_a_file_is_brought_in_its_columns_are_set_right_and_it_is_imported(
    saldo: Saldo, open_page: Open
) -> None:
    name = unique("Importado")
    visit = open_page(saldo, role="accountant")
    page = visit.go("/invoices")
    page.get_by_role("link", name="Importar", exact=True).click()
    bring(page, a_file(name))

    expect(page.get_by_label("Qué es Total")).to_have_value("total")
    expect(page.get_by_label("Cómo está escrito Total")).to_have_value("es")
    expect(page.get_by_text("No se usan: Vendedor")).to_be_visible()
    page.get_by_label("Qué es Vendedor").select_option("description")
    expect(page.get_by_text("No se usan: Vendedor")).to_have_count(0)
    check(page)
    main = page.get_by_role("main")
    expect(main).to_contain_text("2 facturas nuevas")
    expect(main).to_contain_text("Total 1.815,00 €, pendiente 1.210,00 €")
    expect(main).to_contain_text("no sale ningún recordatorio")
    confirm(page)

    expect(main).to_contain_text("2 facturas importadas")
    rows = saldo.ask("GET", f"/v1/invoices?number={name}/1".replace(" ", "%20"))["items"]
    assert [(row["origin"], row["open_minor"]) for row in rows] == [("imported", 121_000)]
    page = visit.go(f"/invoices/{rows[0]['id']}")
    expect(page.get_by_role("main")).to_contain_text("Emitida fuera de Saldo")
    expect(page.get_by_role("link", name="PDF")).to_have_count(0)


def test_what_is_wrong_is_told_by_group_and_fetched_as_a_file(
    saldo: Saldo, open_page: Open
) -> None:
    page = open_page(saldo, role="accountant").go("/imports/new")
    bring(page, a_file(unique("Mal")))
    check(page)

    expect(page.get_by_role("main")).to_contain_text("Fecha factura no es una fecha")
    expect(page.get_by_role("table", name="Filas").get_by_role("row")).to_have_count(4)
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar las filas que se quedan fuera").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "31/02/2026 no es una fecha" in text
    assert text.count("\n") == 2


def test_the_steps_of_an_import_have_no_flaws(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo)
    page = visit.go("/imports/new")
    bring(page, a_file(unique("Accesible")))

    at_columns = both_widths(page)
    check(page)
    page.reload()
    visit.settle()

    assert at_columns + both_widths(page) == []


def test_an_import_is_left_found_again_and_cancelled(saldo: Saldo, open_page: Open) -> None:
    name = unique("Cancelada")
    visit = open_page(saldo, role="accountant")
    page = visit.go("/imports/new?what=invoices")
    bring(page, a_file(name), f"{name}.csv")

    page = visit.go("/imports")
    page.get_by_role("link", name=f"{name}.csv").click()
    page.get_by_role("heading", name="Qué es cada columna").wait_for()
    page.get_by_role("button", name="Cancelar la importación").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancelar la importación").click()

    expect(page.get_by_role("main")).to_contain_text("Cancelada")
    assert saldo.ask("GET", f"/v1/customers?search={name.split()[1]}")["items"] == []


def test_dates_that_could_be_either_have_to_be_chosen(saldo: Saldo, open_page: Open) -> None:
    content = b"Numero;Cliente;Fecha;Total\r\nX-1;Uno;03/04/2026;10,50\r\n"
    visit = open_page(saldo, role="accountant")
    page = visit.go("/imports/new")
    bring(page, content)

    expect(page.get_by_role("button", name="Comprobar las filas")).to_be_disabled()
    page.get_by_label("Cómo está escrito Fecha").select_option("mdy")
    check(page)

    expect(page.get_by_role("table", name="Filas")).to_contain_text("abr 2026")


def test_customers_are_imported_and_who_may_not_import_is_told_so(
    saldo: Saldo, open_page: Open
) -> None:
    name = unique("Cliente")
    page = open_page(saldo, role="accountant").go("/customers")
    page.get_by_role("link", name="Importar", exact=True).click()
    bring(page, f"Código,Nombre,Email\n{name},{name},a@b.example\n".encode())
    check(page)
    confirm(page)

    (row,) = saldo.ask("GET", f"/v1/customers?search={name.split()[1]}")["items"]
    assert row["name"] == name
    viewer = open_page(saldo, role="viewer").go("/imports/new")
    expect(viewer.get_by_role("main")).to_contain_text("Tu rol no lo permite")
    expect(viewer.locator("input[type=file]")).to_have_count(0)
