"""Accounting and the nightly proof: download, close, change the chart, prove the books now."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saldo]:
    """The example's fourteen months, for tests that close some of them."""
    running = Saldo(tmp_path_factory.mktemp("past"), example="1")
    yield running
    running.stop()


def test_a_month_is_closed_after_saying_what_that_means_and_downloads_the_same(
    past: Saldo, open_page: Open
) -> None:
    visit = open_page(past, role="accountant")
    page = visit.go("/settings/accounting")
    close = page.get_by_role("button", name="Cerrar ").first
    row = page.get_by_role("row").filter(has=close)
    expect(row).to_contain_text("Por cerrar")
    link = row.get_by_role("link", name="Descargar el diario de")
    month = str(link.get_attribute("href")).rpartition("=")[2]
    before = past.ask("GET", f"/v1/reports/journal?month={month}")

    close.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("no se puede volver a abrir")
    dialog.get_by_role("button", name="Cerrar ").last.click()

    closed = page.get_by_role("row").filter(has_text="Cerrado").filter(has_text="asiento").first
    expect(closed).to_be_visible()
    with page.expect_download() as download:
        closed.get_by_role("link", name="Descargar").click()
    assert download.value.suggested_filename == f"journal-{month}.csv"
    assert download.value.path().read_text(encoding="utf-8-sig") == before.replace("\r\n", "\n")[1:]
    periods = past.ask("GET", "/v1/periods")
    assert [one["month"] for one in periods["items"] if one["state"] == "closed"] == [month]


def test_the_chart_of_accounts_is_changed_by_administrators_alone(
    saldo: Saldo, open_page: Open
) -> None:
    page = open_page(saldo).go("/settings/accounting")

    page.get_by_label("Clientes", exact=True).fill("43 0")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("De 1 a 20 letras, cifras o puntos.")).to_be_visible()
    page.get_by_label("Clientes", exact=True).fill("4300.001")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()

    chart = saldo.ask("GET", "/v1/company")["journal_accounts"]
    assert (chart["receivable"], chart["tax"]) == ("4300.001", "477")
    viewer = open_page(saldo, role="viewer").go("/settings/accounting")
    expect(viewer.get_by_label("Clientes", exact=True)).to_be_disabled()
    expect(viewer.get_by_role("button", name="Guardar")).to_have_count(0)


def test_the_books_are_proven_when_an_administrator_asks(saldo: Saldo, open_page: Open) -> None:
    page = open_page(saldo).go("/settings/proof")

    page.get_by_role("button", name="Comprobar ahora").click()

    expect(page.get_by_text("Todo cuadra").first).to_be_visible(timeout=60_000)
    assert saldo.ask("GET", "/v1/proofs")["items"][0]["state"] == "clean"
    viewer = open_page(saldo, role="accountant").go("/settings/proof")
    expect(viewer.get_by_text("Todo cuadra").first).to_be_visible()
    expect(viewer.get_by_role("button", name="Comprobar ahora")).to_have_count(0)
