"""What a person sees when something goes wrong between them and the server, and their way out."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.book import add_customer, add_draft, add_invoice
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser
BROKEN = {
    "type": "about:blank",
    "title": "Internal Server Error",
    "status": 500,
    "detail": "Something failed on our side.",
    "request_id": "request-of-the-test",
}


def break_down(route: Route) -> None:
    route.fulfill(status=500, content_type="application/problem+json", body=json.dumps(BROKEN))


def test_the_second_of_two_editors_of_a_customer_is_told_and_loses_nothing(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    visit = open_page(saldo)
    page = visit.go(f"/customers/{customer['id']}/edit")
    page.get_by_label("Teléfono").fill("976 111 111")
    saldo.ask(
        "PATCH", f"/v1/customers/{customer['id']}", {"phone": "976 222 222"}, {"If-Match": '"1"'}
    )
    visit.watch.allow(412, "/v1/customers/")

    page.get_by_role("button", name="Guardar").click()

    expect(page.get_by_role("alert")).to_contain_text("Alguien lo ha cambiado")
    expect(page.get_by_label("Teléfono")).to_have_value("976 111 111")
    page.reload()
    expect(page.get_by_label("Teléfono")).to_have_value("976 222 222")
    page.get_by_label("Teléfono").fill("976 333 333")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(customer["name"])
    assert saldo.ask("GET", f"/v1/customers/{customer['id']}")["phone"] == "976 333 333"


def test_the_second_of_two_editors_of_a_draft_is_told_and_has_a_way_out(
    saldo: Saldo, open_page: Open
) -> None:
    draft = add_draft(saldo, add_customer(saldo))
    visit = open_page(saldo)
    page = visit.go(f"/invoices/{draft['id']}/edit")
    page.get_by_label("Pedido").fill("P-1")
    version = {"If-Match": f'"{draft["version"]}"'}
    saldo.ask("PATCH", f"/v1/invoices/{draft['id']}", {"purchase_order": "P-2"}, version)
    visit.watch.allow(412, "/v1/invoices/")

    page.get_by_role("button", name="Guardar el borrador").first.click()

    expect(page.get_by_role("alert").first).to_contain_text("Alguien lo ha cambiado")
    page.get_by_role("button", name="Descartar").click()
    expect(page.get_by_role("main")).to_contain_text("P-2")
    page.get_by_role("link", name="Editar").click()
    expect(page.get_by_label("Pedido")).to_have_value("P-2")


def test_a_read_that_fails_shows_why_its_reference_and_a_retry(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    visit = open_page(saldo)
    visit.watch.allow(500, "/v1/customers")
    visit.page.route("**/v1/customers?*", break_down)
    visit.page.clock.install()

    page = visit.go("/customers")
    page.clock.run_for(5_000)

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Ha fallado algo por nuestra parte")
    expect(alert).to_contain_text(BROKEN["request_id"])
    page.unroute("**/v1/customers?*")
    alert.get_by_role("button", name="Reintentar").click()
    page.clock.run_for(1_000)
    page.get_by_label("Buscar por nombre").fill(customer["name"])
    page.clock.run_for(1_000)
    expect(page.get_by_role("link", name=customer["name"])).to_be_visible()


def test_a_command_that_may_have_been_done_is_retried_with_the_same_key(
    saldo: Saldo, open_page: Open
) -> None:
    invoice = add_invoice(saldo, add_customer(saldo))
    visit = open_page(saldo)
    visit.watch.allow(500, "/v1/payments")
    page = visit.go(f"/payments/new?invoice={invoice['id']}")
    keys: list[str] = []

    def do_it_and_lose_the_answer(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            route.continue_()
            return
        route.fetch()
        break_down(route)

    page.route("**/v1/payments", do_it_and_lose_the_answer)
    record = page.get_by_role("button", name="Registrar 121,00")
    record.click()
    expect(page.get_by_role("alert")).to_contain_text("Reintentarlo es seguro")
    expect(page.get_by_role("alert")).to_contain_text(BROKEN["request_id"])
    record.click()

    expect(page.get_by_role("main")).to_contain_text("Aplicado del todo")
    assert len(keys) == 2
    assert keys[0] == keys[1]
    payments = saldo.ask("GET", f"/v1/payments?customer_id={invoice['customer_id']}")["items"]
    assert [payment["amount_minor"] for payment in payments] == [12_100]


def test_a_server_that_does_not_answer_is_told_from_one_that_refuses(
    saldo: Saldo, open_page: Open
) -> None:
    invoice = add_invoice(saldo, add_customer(saldo))
    visit = open_page(saldo)
    visit.watch.allow_failure("/send")
    page = visit.go(f"/invoices/{invoice['id']}")
    page.route("**/send", lambda route: route.abort())

    page.get_by_role("button", name="Enviar").click()
    page.get_by_role("dialog").get_by_role("button", name="Enviar").click()

    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text(
        "Reintentarlo es seguro"
    )
    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")["mail_state"] is None
