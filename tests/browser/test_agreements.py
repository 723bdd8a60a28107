"""What happens after an invoice is issued, on the screens of money, agreements and recurring."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.book import add_customer, add_invoice, add_overdue_invoice, days_from_today
from tests.browser.conftest import Open, Visit
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def paid(saldo: Saldo, amount_minor: int = 12_100) -> tuple[dict[str, str], str]:
    """An invoice over 121.00 that a payment has settled, and the payment's page."""
    customer = add_customer(saldo)
    invoice = add_invoice(saldo, customer)
    payment = saldo.ask(
        "POST",
        "/v1/payments",
        {
            "customer_id": customer["id"],
            "amount_minor": amount_minor,
            "currency": "EUR",
            "received_on": days_from_today(0),
            "method": "transfer",
        },
    )
    return invoice, f"/payments/{payment['id']}"


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def choose(page: Page, name: str) -> None:
    """Chooses from the menu of further actions."""
    page.get_by_role("button", name="Más acciones").click()
    page.get_by_role("menuitem", name=name).click()


def main_of(visit: Visit) -> Locator:
    return visit.page.get_by_role("main")


def test_money_given_back_opens_the_invoice_again_as_was_said_before(
    saldo: Saldo, open_page: Open
) -> None:
    invoice, path = paid(saldo)
    visit = open_page(saldo, role="accountant")
    page = visit.go(path)

    page.get_by_role("button", name="Devolver dinero").click()
    dialog(page).get_by_label("Importe").fill("21,00")
    expect(dialog(page)).to_contain_text(
        f"{invoice['number']}: se deben otra vez 21,00 €; quedarán 21,00 € pendientes."
    )
    dialog(page).get_by_role("button", name="Devolver 21,00 €").click()

    expect(main_of(visit)).to_contain_text("21,00 € devueltos")
    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")["open_minor"] == 2_100


def test_a_payment_taken_off_its_invoice_waits_unapplied(saldo: Saldo, open_page: Open) -> None:
    invoice, path = paid(saldo)
    visit = open_page(saldo, role="accountant")
    page = visit.go(path)

    choose(page, "Quitar de facturas")
    expect(dialog(page)).to_contain_text("Sin aplicar quedarán 121,00 €")
    dialog(page).get_by_role("button", name="Quitar de facturas").click()

    expect(main_of(visit)).to_contain_text("121,00 € sin aplicar")
    expect(main_of(visit)).to_contain_text("aplicado y deshecho")
    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")["open_minor"] == 12_100


def test_a_payment_that_never_was_is_reversed(saldo: Saldo, open_page: Open) -> None:
    invoice, path = paid(saldo)
    visit = open_page(saldo, role="accountant")
    page = visit.go(path)

    choose(page, "Anular el cobro")
    dialog(page).get_by_label("Motivo").fill("Cheque sin fondos")
    expect(dialog(page)).to_contain_text("121,00 € dejan de contar como cobrados.")
    dialog(page).get_by_role("button", name="Anular el cobro").click()

    expect(main_of(visit)).to_contain_text("Cheque sin fondos")
    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")["open_minor"] == 12_100


def test_what_the_customer_kept_back_becomes_a_case(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    invoice = add_invoice(saldo, customer)
    visit = open_page(saldo, role="accountant")
    page = visit.go(f"/payments/new?customer={customer['id']}")

    page.get_by_label("Importe", exact=True).fill("100,00")
    page.get_by_role("button", name="Añadir una retención").click()
    page.get_by_label("Por qué").fill("Una pieza rota")
    expect(main_of(visit)).to_contain_text("21,00 € retenidos por el cliente, en disputa")
    page.get_by_role("button", name="Registrar 100,00 €").click()

    expect(main_of(visit)).to_contain_text("Qué ha saldado")
    (case,) = saldo.ask("GET", f"/v1/disputes?customer_id={customer['id']}")["items"]
    assert (case["invoice_id"], case["what"], case["amount_minor"]) == (
        invoice["id"],
        "deduction",
        2_100,
    )


def test_a_promise_rests_its_amount_until_it_is_taken_back(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    add_overdue_invoice(saldo, customer, days_late=20)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}")

    choose(page, "Anotar una promesa")
    dialog(page).get_by_label("Importe prometido").fill("100,00")
    expect(dialog(page)).to_contain_text("21,00 € se siguen reclamando.")
    dialog(page).get_by_role("button", name="Anotar la promesa").click()

    resting = page.get_by_role("region", name="Lo que no se reclama ahora")
    expect(resting).to_contain_text("100,00 €")
    resting.get_by_role("button", name="Retirar").click()
    expect(dialog(page)).to_contain_text("100,00 € se vuelven a reclamar desde ahora.")
    dialog(page).get_by_role("button", name="Retirar").click()
    expect(resting).to_contain_text("Todo lo que debe se reclama")


def test_instalments_add_up_to_the_cent(saldo: Saldo, open_page: Open) -> None:
    customer = add_customer(saldo)
    add_overdue_invoice(saldo, customer, days_late=20)
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/customers/{customer['id']}")

    choose(page, "Acordar un plan de pagos")
    expect(dialog(page).get_by_label("Importe del plazo 1")).to_have_value("40,34")
    expect(dialog(page).get_by_label("Importe del plazo 3")).to_have_value("40,33")
    expect(dialog(page)).to_contain_text("3 plazos, 121,00 € en total")
    dialog(page).get_by_role("button", name="Acordar el plan").click()

    resting = page.get_by_role("region", name="Lo que no se reclama ahora")
    expect(resting).to_contain_text("Plan de pagos")
    page = visit.go(f"/plans?customer={customer['id']}")
    expect(main_of(visit)).to_contain_text("3 plazos")


@pytest.mark.parametrize("kind", ["promises", "plans"])
def test_an_agreement_is_taken_back_in_its_list(saldo: Saldo, open_page: Open, kind: str) -> None:
    customer = add_customer(saldo)
    invoice = add_overdue_invoice(saldo, customer, days_late=20)
    day = days_from_today(5)
    about = {
        "promises": {
            "customer_id": customer["id"],
            "currency": "EUR",
            "amount_minor": 2_000,
            "promised_on": day,
        },
        "plans": {
            "invoice_ids": [invoice["id"]],
            "instalments": [{"due_on": day, "amount_minor": 2_000}],
        },
    }
    made = saldo.ask("POST", f"/v1/{kind}", about[kind])
    visit = open_page(saldo, role="collector")
    page = visit.go(f"/{kind}")

    row = page.get_by_role("row").filter(has_text=customer["name"])
    row.get_by_role("button", name="Retirar").click()
    expect(dialog(page)).to_contain_text("20,00 € se vuelven a reclamar desde ahora.")
    dialog(page).get_by_role("button", name="Retirar").click()

    expect(row).to_have_count(0)
    assert saldo.ask("GET", f"/v1/{kind}/{made['id']}")["state"] == "cancelled"


def test_a_dispute_is_resolved_by_a_credit_note(saldo: Saldo, open_page: Open) -> None:
    invoice = add_invoice(saldo, add_customer(saldo))
    asked = {"invoice_id": invoice["id"], "amount_minor": 2_100, "reason": "Llegó roto"}
    saldo.ask("POST", "/v1/disputes", asked)
    visit = open_page(saldo, role="accountant")
    page = visit.go("/disputes")

    row = page.get_by_role("row", name=invoice["number"])
    row.get_by_role("button", name="Resolver").click()
    dialog(page).get_by_label("Le damos la razón: factura rectificativa").check()
    expect(dialog(page)).to_contain_text(f"{invoice['number']}: quedarán 100,00 € pendientes.")
    dialog(page).get_by_role("button", name="Resolver").click()

    expect(row).to_have_count(0)
    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")["open_minor"] == 10_000


def test_a_dispute_gets_another_owner(saldo: Saldo, open_page: Open) -> None:
    invoice = add_invoice(saldo, add_customer(saldo))
    saldo.ask("POST", "/v1/disputes", {"invoice_id": invoice["id"], "reason": "Precio"})
    visit = open_page(saldo, role="collector")
    page = visit.go("/disputes")

    row = page.get_by_role("row", name=invoice["number"])
    row.get_by_role("button", name="Más acciones").click()
    page.get_by_role("menuitem", name="Cambiar responsable o plazo").click()
    dialog(page).get_by_label("Responsable").fill("Marta Ruiz")
    dialog(page).get_by_role("button", name="Guardar").click()

    expect(row).to_contain_text("Marta Ruiz")


def test_a_recurring_invoice_shows_its_next_dates_and_is_paused(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    visit = open_page(saldo, role="accountant")
    page = visit.go(f"/recurring/new?customer={customer['id']}")

    page.get_by_label("Descripción").fill("Cuota de mantenimiento")
    page.get_by_label("Precio").fill("100,00")
    page.get_by_label("Primera, desde el").fill("2027-01-31")
    dates = page.get_by_role("region", name="Las seis próximas")
    expect(dates).to_contain_text("28 feb 2027")
    expect(dates).to_contain_text("31 mar 2027")
    page.get_by_role("button", name="Crear").click()

    expect(main_of(visit)).to_contain_text("cada mes, el día 31 o el último")
    page.get_by_role("button", name="Pausar").click()
    expect(dialog(page)).to_contain_text("La del 31 ene 2027 no saldrá.")
    dialog(page).get_by_role("button", name="Pausar").click()
    expect(main_of(visit)).to_contain_text("En pausa")


def test_the_rules_of_the_company_are_kept(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo)
    page = visit.go("/settings/rules")

    page.get_by_role("button", name="Añadir una moneda").click()
    page.get_by_label("Como mucho").fill("0,05")
    page.get_by_label("Días para resolver una disputa").fill("21")
    page.get_by_role("button", name="Guardar").click()

    expect(page.get_by_text("Guardado.")).to_be_visible()
    company = saldo.ask("GET", "/v1/company")
    assert (company["tolerances"], company["dispute_days"]) == ({"EUR": 5}, 21)
    settings = {name: value for name, value in company.items() if name != "version"}
    saldo.ask("PUT", "/v1/company", settings | {"tolerances": {}, "dispute_days": 30})


def test_a_rate_of_late_interest_needs_its_source(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo)
    page = visit.go("/settings/rates")

    page.get_by_role("button", name="Añadir el siguiente semestre").click()
    page.get_by_label("% al año").last.fill("10,15")
    page.get_by_role("button", name="Guardar").click()
    expect(main_of(visit)).to_contain_text("Di quién lo publicó.")
    page.get_by_label("Fuente").last.fill("BOE, resolución del Tesoro")
    page.get_by_role("button", name="Guardar").click()

    expect(page.get_by_text("Guardado.")).to_be_visible()
    rates = saldo.ask("GET", "/v1/interest-rates")["rates"]
    assert rates[-1]["source"] == "BOE, resolución del Tesoro"
