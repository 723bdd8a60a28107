"""Statements of account and letters on paper: seen, sent, printed, posted."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import flaws
from tests.browser.book import (
    add_customer,
    add_overdue_invoice,
    days_from_today,
    finish_all_work,
)
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def choose(page: Page, name: str) -> None:
    """Chooses from the menu of further actions."""
    page.get_by_role("button", name="Más acciones").click()
    page.get_by_role("menuitem", name=name).click()


def owing(saldo: Saldo) -> tuple[dict[str, str], dict[str, str]]:
    """A customer with an address that owes 121.00 and has paid 20.00 of it, and the invoice."""
    customer = add_customer(saldo, address="Calle Mayor, 1\n28001 Madrid")
    invoice = add_overdue_invoice(saldo, customer, days_late=40)
    saldo.ask(
        "POST",
        "/v1/payments",
        {
            "customer_id": customer["id"],
            "amount_minor": 2_000,
            "currency": "EUR",
            "received_on": days_from_today(-10),
            "method": "transfer",
            "reference": "TR-7",
        },
    )
    return customer, invoice


def test_a_statement_is_read_for_any_period_and_sent_to_those_who_are_named_before(
    saldo: Saldo, open_page: Open
) -> None:
    customer, invoice = owing(saldo)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}")

    choose(page, "Estado de cuenta")
    page.get_by_label("Periodo").select_option("Otras fechas")
    page.get_by_label("Desde").fill(days_from_today(-60))
    page.get_by_label("Hasta").fill(days_from_today(0))
    main = page.get_by_role("main")
    expect(main).to_contain_text("De ello, vencido: 101,00 €")
    movements = page.get_by_role("table", name="Movimientos")
    expect(movements).to_contain_text(f"Factura {invoice['number']}")
    expect(movements).to_contain_text("Pago recibido · TR-7")
    page.get_by_role("button", name="Enviar ahora").click()
    expect(dialog(page)).to_contain_text(customer["email"])
    expect(dialog(page)).to_contain_text("Sale un correo con el PDF adjunto.")
    expect(dialog(page)).to_contain_text("no cuenta como recordatorio")
    dialog(page).get_by_role("button", name="Enviar", exact=True).click()
    expect(page.get_by_text(f"Estado de cuenta de {customer['name']} en camino")).to_be_visible()

    finish_all_work(saldo)
    (mail,) = saldo.mails_to(customer["email"])
    assert mail["subject"].startswith("Estado de cuenta")
    assert "quedan por pagar 101,00 €" in mail["text"]
    assert [one["content_type"] for one in mail["attachments"]] == ["application/pdf"]


def test_a_viewer_reads_a_statement_and_cannot_send_it(saldo: Saldo, open_page: Open) -> None:
    customer, _ = owing(saldo)
    visit = open_page(saldo, role="viewer")
    page = visit.go(f"/customers/{customer['id']}")

    page.get_by_role("link", name="Estado de cuenta").click()

    expect(page.get_by_role("heading", name="Estado de cuenta")).to_be_visible()
    expect(page.get_by_role("link", name="Descargar PDF")).to_be_visible()
    expect(page.get_by_role("button", name="Enviar ahora")).to_have_count(0)


def test_a_period_that_ends_before_it_begins_is_said_at_once(saldo: Saldo, open_page: Open) -> None:
    customer, _ = owing(saldo)
    visit = open_page(saldo, role="viewer")
    first, last = days_from_today(-1), days_from_today(-2)
    page = visit.go(f"/customers/{customer['id']}/statement?from={first}&to={last}")

    expect(page.get_by_text("El periodo acaba antes de empezar.")).to_be_visible()
    expect(page.get_by_role("link", name="Descargar PDF")).to_have_count(0)


def test_a_letter_is_written_printed_and_marked_as_posted(saldo: Saldo, open_page: Open) -> None:
    customer, _ = owing(saldo)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}")

    choose(page, "Escribir carta")
    expect(dialog(page)).to_contain_text("Reclamará 101,00 € de 1 factura vencida.")
    dialog(page).get_by_label("Carta").select_option("Requerimiento de pago")
    dialog(page).get_by_role("button", name="Escribir").click()
    expect(page.get_by_text(f"Carta a {customer['name']} lista para imprimir")).to_be_visible()

    visit.go("/letters")
    row = page.get_by_role("row").filter(has_text=customer["name"])
    expect(row).to_contain_text("Calle Mayor, 1")
    with page.expect_download() as printing:
        page.get_by_role("button", name="Imprimir todas").click()
    assert printing.value.path().read_bytes().startswith(b"%PDF")
    row.get_by_role("button", name="Marcar enviada").click()
    dialog(page).get_by_label("Servicio").fill("Correos")
    dialog(page).get_by_label("Número de seguimiento").fill("CD123456789ES")
    dialog(page).get_by_role("button", name="Marcar como enviada").click()
    expect(page.get_by_text(f"Carta a {customer['name']} enviada")).to_be_visible()
    expect(row).to_have_count(0)

    page.get_by_role("link", name="Enviadas", exact=True).click()
    expect(page.get_by_role("row").filter(has_text=customer["name"])).to_be_visible()
    visit.go(f"/customers/{customer['id']}")
    expect(page.get_by_role("main")).to_contain_text("Carta enviada")


def test_a_letter_that_will_not_be_posted_says_why(saldo: Saldo, open_page: Open) -> None:
    customer, _ = owing(saldo)
    wanted = {"currency": "EUR", "template": "letter_formal"}
    saldo.ask("POST", f"/v1/customers/{customer['id']}/letters", wanted)
    visit = open_page(saldo, role="collector")
    page = visit.go("/letters")

    row = page.get_by_role("row").filter(has_text=customer["name"])
    row.get_by_role("button", name="No enviar").click()
    dialog(page).get_by_label("Motivo").fill("Ha llamado y paga mañana")
    dialog(page).get_by_role("button", name="No enviar").click()
    expect(row).to_have_count(0)
    page.get_by_role("link", name="No enviadas").click()

    expect(page.get_by_role("row").filter(has_text=customer["name"])).to_contain_text(
        "Ha llamado y paga mañana"
    )


def test_without_a_postal_address_no_letter_is_written(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    add_overdue_invoice(saldo, customer, days_late=40)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}")

    choose(page, "Escribir carta")

    expect(dialog(page)).to_contain_text("El cliente no tiene dirección postal.")
    expect(dialog(page).get_by_role("button", name="Escribir")).to_be_disabled()


def test_monthly_statements_say_when_the_next_go_out_before_they_are_saved(
    saldo: Saldo, open_page: Open
) -> None:
    visit = open_page(saldo, role="admin")
    page = visit.go("/settings/statements")

    expect(page.get_by_role("main")).to_contain_text("No sale ninguno")
    page.get_by_label("Quién lo recibe").select_option("Clientes con algo pendiente")
    page.get_by_label("Día del mes").fill("31")
    expect(page.get_by_text("Es un día del 1 al 28.")).to_be_visible()
    page.get_by_label("Día del mes").fill("5")
    expect(page.get_by_role("main")).to_contain_text("los próximos saldrían el 5")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Los próximos salen el 5")).to_be_visible()
    shown = saldo.ask("GET", "/v1/statements")
    assert (shown["setting"], shown["day"]) == ("open", 5)

    page.get_by_label("Quién lo recibe").select_option("Nadie")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("main")).to_contain_text("No sale ninguno")
    assert saldo.ask("GET", "/v1/statements")["setting"] == "off"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_dialogs_of_paper_have_no_flaws(saldo: Saldo, open_page: Open, width: int) -> None:
    customer, _ = owing(saldo)
    wanted = {"currency": "EUR", "template": "letter_formal"}
    saldo.ask("POST", f"/v1/customers/{customer['id']}/letters", wanted)
    visit = open_page(saldo, width=width)

    page = visit.go(f"/customers/{customer['id']}/statement")
    page.get_by_role("button", name="Enviar ahora").click()
    expect(dialog(page)).to_contain_text(customer["email"])
    found = flaws(page)
    page = visit.go(f"/customers/{customer['id']}")
    choose(page, "Escribir carta")
    expect(dialog(page)).to_contain_text("Reclamará")
    found += flaws(page)
    page = visit.go("/letters")
    found += flaws(page)
    page.get_by_role("button", name="Marcar enviada").first.click()
    dialog(page).wait_for()
    found += flaws(page)

    assert not found
