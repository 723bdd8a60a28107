"""What happens to an invoice after it is issued, by clicks: each says first what it will do."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.book import (
    add_customer,
    add_draft,
    add_invoice,
    add_overdue_invoice,
    days_from_today,
    finish_all_work,
)
from tests.browser.conftest import Open, Visit
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def begin(visit: Visit, invoice: dict[str, Any], action: str) -> tuple[Page, Locator]:
    """The page of the invoice with the question of an action from its menu."""
    page = visit.go(f"/invoices/{invoice['id']}")
    page.get_by_role("button", name="Más acciones").click()
    page.get_by_role("menuitem", name=action).click()
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    return page, dialog


def now(saldo: Saldo, invoice: dict[str, Any]) -> dict[str, Any]:
    return dict(saldo.ask("GET", f"/v1/invoices/{invoice['id']}"))


def test_a_credit_note_over_a_line_says_what_it_leaves_and_is_sent(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    line = {"description": "Libro", "quantity": "4", "unit_price_minor": 2_500, "tax_rate": "0.21"}
    invoice = add_invoice(saldo, customer, lines=[line])
    page, dialog = begin(open_page(saldo), invoice, "Emitir una rectificativa")

    dialog.get_by_text("Por líneas").click()
    dialog.get_by_label("Cantidad: Libro").fill("1")
    dialog.get_by_label("Motivo").fill("Ejemplar dañado")

    expect(dialog).to_contain_text("Se rectifican 30,25 €: 25,00 € de base y 5,25 € de IVA.")
    expect(dialog).to_contain_text("Quedarán 90,75 € pendientes en la factura.")
    dialog.get_by_role("button", name="Emitir la rectificativa").click()
    settled = page.get_by_role("region", name="Cobros y abonos")
    expect(settled).to_contain_text("Ejemplar dañado")
    expect(settled.get_by_role("link", name="Rectificativa R-")).to_have_attribute(
        "href", f"/v1/credit-notes/{now(saldo, invoice)['credit_notes'][0]['id']}/pdf"
    )
    assert now(saldo, invoice)["open_minor"] == 9_075
    finish_all_work(saldo)
    assert len(saldo.mails_to(customer["email"])) == 1


def test_a_whole_invoice_is_credited_at_once(saldo: Saldo, open_page: Open) -> None:
    invoice = add_invoice(saldo, add_customer(saldo, email=None))
    page, dialog = begin(open_page(saldo), invoice, "Emitir una rectificativa")

    dialog.get_by_label("Motivo").fill("Pedido anulado")
    dialog.get_by_role("button", name="Emitir la rectificativa").click()

    expect(page.get_by_role("region", name="Cobros y abonos")).to_contain_text("Pedido anulado")
    assert now(saldo, invoice)["open_minor"] == 0


def test_credit_beyond_what_is_open_stays_with_the_customer(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    invoice = add_invoice(saldo, customer)
    paid = {"customer_id": customer["id"], "amount_minor": 10_000, "currency": "EUR"}
    saldo.ask("POST", "/v1/payments", paid | {"received_on": days_from_today(0), "method": "cash"})
    _page, dialog = begin(open_page(saldo), invoice, "Emitir una rectificativa")

    dialog.get_by_text("Un importe").click()
    dialog.get_by_label("Importe, IVA incluido").fill("50")
    dialog.get_by_label("Motivo").fill("Descuento acordado")

    expect(dialog).to_contain_text("No quedará nada pendiente en la factura.")
    expect(dialog).to_contain_text("El cliente tendrá 29,00 € a favor")
    dialog.get_by_role("button", name="Emitir la rectificativa").click()
    expect(dialog).to_have_count(0)
    assert now(saldo, invoice)["credit_notes"][0]["credit_minor"] == 2_900


def test_what_is_given_up_in_part_can_be_taken_back(saldo: Saldo, open_page: Open) -> None:
    invoice = add_overdue_invoice(saldo, add_customer(saldo), days_late=40)
    visit = open_page(saldo)
    page, dialog = begin(visit, invoice, "Dar por incobrable")

    dialog.get_by_label("Importe que se da por perdido").fill("100")
    dialog.get_by_label("Motivo").fill("Concurso de acreedores")

    expect(dialog).to_contain_text("100,00 € se dan por incobrables y no se reclaman más.")
    expect(dialog).to_contain_text("Quedarán 21,00 € pendientes en la factura.")
    dialog.get_by_role("button", name="Dar por incobrable").click()
    expect(page.get_by_role("region", name="Cobros y abonos")).to_contain_text("Incobrable")
    assert now(saldo, invoice)["open_minor"] == 2_100

    page, dialog = begin(visit, invoice, "Recuperar lo incobrable")
    expect(dialog).to_contain_text("Quedarán 121,00 € pendientes en la factura.")
    expect(dialog).to_contain_text("vencida hace 40 días")
    dialog.get_by_role("button", name="Recuperar").click()
    expect(page.get_by_role("region", name="Cobros y abonos")).to_contain_text("Deshecho")
    assert now(saldo, invoice)["open_minor"] == 12_100


def test_a_disputed_part_rests_until_it_is_resolved(saldo: Saldo, open_page: Open) -> None:
    invoice = add_overdue_invoice(saldo, add_customer(saldo), days_late=5)
    page, dialog = begin(open_page(saldo), invoice, "Anotar una disputa")

    dialog.get_by_label("Importe en disputa").fill("21")
    dialog.get_by_label("Qué dice el cliente").fill("Falta un libro")

    expect(dialog).to_contain_text("21,00 € no se reclaman mientras no se resuelva.")
    expect(dialog).to_contain_text("100,00 € se siguen reclamando.")
    dialog.get_by_role("button", name="Anotar la disputa").click()
    rests = page.get_by_role("region", name="Lo que no se reclama ahora")
    expect(rests).to_contain_text("Se reclaman 100,00 €.")
    expect(rests).to_contain_text("«Falta un libro»")
    rests.get_by_role("button", name="Resolver").click()
    page.get_by_role("radio", name="No procede").check()
    page.get_by_role("dialog").get_by_role("button", name="Resolver").click()
    expect(page.get_by_role("region", name="Disputas")).to_contain_text("Resuelta")


def test_a_promise_and_a_plan_rest_what_is_free_of_the_invoice(
    saldo: Saldo, open_page: Open
) -> None:
    invoice = add_overdue_invoice(saldo, add_customer(saldo), days_late=5)
    visit = open_page(saldo)
    page, dialog = begin(visit, invoice, "Anotar una promesa de pago")
    dialog.get_by_label("Importe prometido").fill("21")
    dialog.get_by_role("button", name="Anotar la promesa").click()
    rests = page.get_by_role("region", name="Lo que no se reclama ahora")
    expect(rests).to_contain_text("Se reclaman 100,00 €.")

    page, dialog = begin(visit, invoice, "Acordar un plan de pagos")
    expect(dialog.get_by_label("Importe del plazo 1", exact=True)).to_have_value("33,34")
    dialog.get_by_role("button", name="Acordar el plan").click()

    expect(rests).to_contain_text("De esta factura no se reclama nada ahora.")
    expect(rests).to_contain_text("próximo plazo: 33,34 €")


def test_lateness_is_claimed_with_its_derivation_and_made_a_draft(
    saldo: Saldo, open_page: Open
) -> None:
    invoice = add_overdue_invoice(saldo, add_customer(saldo), days_late=20)
    page = open_page(saldo).go(f"/invoices/{invoice['id']}")
    late = page.get_by_role("region", name="Demora")
    expect(late).to_contain_text("Por 20 días de demora")
    total = saldo.ask("GET", f"/v1/invoices/{invoice['id']}/late-charges")["total_minor"]

    late.get_by_role("button", name="Reclamar").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Indemnización por costes de cobro")
    expect(dialog).to_contain_text("lo pendiente de la factura no cambia")
    dialog.get_by_role("button", name="Reclamar").click()
    expect(late).to_contain_text("Reclamado")
    late.get_by_role("button", name="Hacer un borrador de factura").click()
    page.get_by_role("dialog").get_by_role("button", name="Hacer un borrador").click()

    expect(page.get_by_role("main")).to_contain_text("Sin emitir")
    draft = saldo.ask("GET", f"/v1/invoices/{page.url.rsplit('/', 1)[1]}")
    assert (draft["state"], draft["total_minor"]) == ("draft", total)


def test_a_draft_is_scheduled_and_taken_off_again(saldo: Saldo, open_page: Open) -> None:
    draft = add_draft(saldo, add_customer(saldo))
    visit = open_page(saldo)
    page, dialog = begin(visit, draft, "Programar la emisión")
    dialog.get_by_label("Día", exact=True).fill(days_from_today(9))

    expect(dialog).to_contain_text("Hasta entonces se puede cambiar o borrar.")
    dialog.get_by_role("button", name="Programar").click()
    expect(page.get_by_role("region", name="Se emitirá sola")).to_be_visible()
    assert now(saldo, draft)["scheduled_on"] == days_from_today(9)

    page, dialog = begin(visit, draft, "Quitar la programación")
    dialog.get_by_role("button", name="Quitar la programación").click()
    expect(page.get_by_role("region", name="Se emitirá sola")).to_have_count(0)
    assert now(saldo, draft)["scheduled_on"] is None


def test_a_discount_for_paying_early_is_written_and_offered(saldo: Saldo, open_page: Open) -> None:
    draft = add_draft(saldo, add_customer(saldo))
    page = open_page(saldo).go(f"/invoices/{draft['id']}/edit")
    page.get_by_label("Descuento por pronto pago").select_option(label="Uno propio…")
    page.get_by_label("Descuento (%)").fill("2")
    page.get_by_label("Si paga en (días)").fill("10")
    preview = page.get_by_role("region", name="Cómo quedará")
    expect(preview).to_contain_text("2 % de descuento por pronto pago si se paga en 10 días.")

    page.get_by_role("button", name="Guardar y emitir").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Emitir").click()

    header = page.locator("header", has=page.get_by_role("heading", level=1))
    expect(header).to_contain_text("con 118,58 € hasta el")
    assert now(saldo, draft)["discount"]["left_minor"] == 242
