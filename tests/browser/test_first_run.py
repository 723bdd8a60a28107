"""From an empty book to the first invoice in the customer's mailbox, all on the screens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.book import finish_all_work
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Saldo]:
    running = Saldo(tmp_path)
    yield running
    running.stop()


def test_a_company_a_customer_and_an_invoice_reach_the_mailbox(
    fresh: Saldo, open_page: Open
) -> None:
    visit = open_page(fresh)
    page = visit.go("/")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Bienvenido")
    write_the_company(page)
    page.get_by_role("link", name="Inicio").click()
    write_the_customer(page)
    page.get_by_role("link", name="Nueva factura").click()
    write_the_invoice(page)
    page.get_by_role("dialog", name="¿Emitir").get_by_role("button", name="Emitir").click()
    expect(page.get_by_role("region", name="Avisos")).to_contain_text("A-000001")
    finish_all_work(fresh)

    (mail,) = fresh.mails_to("oscar@cafe.example")
    assert "A-000001" in mail["subject"]
    assert "363,00" in mail["text"]
    assert [file["filename"] for file in mail["attachments"]] == ["A-000001.pdf"]
    page.reload()
    expect(visit.settle().get_by_role("main")).to_contain_text("Entregado")
    page.get_by_role("link", name="Inicio").click()
    expect(page.get_by_role("main")).to_contain_text("363,00")


def write_the_company(page: Page) -> None:
    page.get_by_role("link", name="Tu empresa").click()
    page.get_by_label("Nombre").fill("Imprenta Nueva, S.L.")
    page.get_by_label("NIF").fill("B50123454")
    page.get_by_label("Cuenta bancaria (IBAN)").fill("ES79 2100 0813 6101 2345 6789")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("region", name="Avisos")).to_contain_text("Guardado")
    expect(page.get_by_role("banner")).to_contain_text("Imprenta Nueva, S.L.")


def write_the_customer(page: Page) -> None:
    page.get_by_role("link", name="El primer cliente").click()
    page.get_by_label("Nombre").fill("Café Óscar")
    page.get_by_label("Correo para facturas").fill("oscar@cafe.example")
    page.get_by_role("button", name="Crear cliente").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Café Óscar")


def write_the_invoice(page: Page) -> None:
    expect(page.get_by_role("combobox", name="Cliente")).to_have_value("Café Óscar")
    page.get_by_label("Descripción").fill("Cartas de otoño")
    page.get_by_label("Cantidad").fill("250")
    page.get_by_label("Precio").fill("1,20")
    expect(page.get_by_role("article")).to_contain_text("363,00")
    page.get_by_role("button", name="Guardar y emitir").first.click()
    question = page.get_by_role("dialog", name="¿Emitir esta factura?")
    expect(question.get_by_role("checkbox", name="Enviarla ya")).to_be_checked()
