"""Who may come in and what they may do: on the screens, and by asking the API past the screens."""

import re

import pytest
from playwright.sync_api import expect

from infra.local.sign_in import PASSWORD
from tests.browser.book import add_customer, add_draft, add_invoice
from tests.browser.conftest import Open, use_session
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def test_a_person_signs_in_and_comes_to_the_page_they_asked_for(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    visit = open_page(saldo, role=None)
    visit.watch.allow(401, "/v1/me")
    page = visit.go(f"/customers/{customer['id']}")

    page.get_by_role("link", name="Entrar").click()
    page.get_by_label("Correo").fill("accountant@saldo.local")
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar · Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(customer["name"])
    expect(page).to_have_url(f"{saldo.url}/customers/{customer['id']}")


def test_a_wrong_password_is_told_and_can_be_put_right(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo, role=None)
    page = visit.go("/auth/login")

    page.get_by_label("Correo").fill("viewer@saldo.local")
    page.get_by_label("Contraseña").fill("wrong")
    page.get_by_role("button", name="Entrar · Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Correo").fill("viewer@saldo.local")
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar · Sign in").click()

    expect(page.get_by_role("navigation", name="Principal")).to_be_visible()


def test_signing_out_ends_the_session_everywhere(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo, role=None)
    session = saldo.new_session_of("viewer")
    use_session(visit.context, saldo, session)
    page = visit.go("/invoices")
    visit.watch.allow(401, "/v1/")

    page.get_by_role("button", name="Tu cuenta").click()
    page.get_by_role("menuitem", name="Cerrar sesión").click()

    expect(page.get_by_role("link", name="Entrar")).to_be_visible()
    use_session(visit.context, saldo, session)
    assert page.request.get(f"{saldo.url}/v1/invoices").status == 401


def test_a_session_that_ends_meanwhile_keeps_what_is_being_written(
    saldo: Saldo, open_page: Open
) -> None:
    visit = open_page(saldo)
    page = visit.go("/customers/new")
    page.get_by_label("Nombre").fill("Por escribir")
    visit.watch.allow(401, "/v1/")

    visit.context.clear_cookies()
    page.get_by_role("button", name="Crear cliente").click()

    ended = page.get_by_role("dialog", name="Tu sesión ha terminado")
    expect(ended).to_be_visible()
    use_session(visit.context, saldo, saldo.session_of("admin"))
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
    expect(ended).to_have_count(0)
    expect(page.get_by_label("Nombre")).to_have_value("Por escribir")


def test_a_viewer_reads_all_and_is_offered_nothing_that_changes(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    draft, invoice = add_draft(saldo, customer), add_invoice(saldo, customer)
    visit = open_page(saldo, role="viewer")
    forbidden = re.compile(
        "Emitir|Enviar|Registrar un cobro|Nueva factura|Nuevo cliente|Editar|Más acciones|Hecho"
    )

    for path in (f"/invoices/{draft['id']}", f"/invoices/{invoice['id']}", "/invoices", "/payments",
                 f"/customers/{customer['id']}", "/customers", "/work"):  # fmt: skip
        main = visit.go(path).get_by_role("main")
        expect(main.get_by_role("button", name=forbidden)).to_have_count(0)
        expect(main.get_by_role("link", name=forbidden)).to_have_count(0)
        expect(main.get_by_role("checkbox")).to_have_count(0)


@pytest.mark.parametrize(
    ("role", "method", "path"),
    [
        ("viewer", "POST", "/v1/customers"),
        ("viewer", "POST", "/v1/invoices/{invoice}/send"),
        ("collector", "POST", "/v1/invoices/{invoice}/issue"),
        ("collector", "POST", "/v1/invoices/{invoice}/void"),
        ("collector", "POST", "/v1/payments"),
        ("accountant", "PUT", "/v1/company"),
        ("accountant", "POST", "/v1/api-keys"),
        ("accountant", "GET", "/v1/people"),
    ],
)
def test_the_api_refuses_what_the_screens_do_not_offer(
    saldo: Saldo, open_page: Open, role: str, method: str, path: str
) -> None:
    invoice = add_invoice(saldo, add_customer(saldo))
    visit = open_page(saldo, role=role)
    visit.watch.allow(403, "/v1/")
    page = visit.go("/work")

    status = page.evaluate(
        """([method, path]) => fetch(path, {
          method,
          headers: {
            "Content-Type": "application/json", "X-Saldo-Request": "1",
            "Idempotency-Key": crypto.randomUUID(),
          },
          body: method === "GET" ? undefined : "{}",
        }).then((answer) => answer.status)""",
        [method, path.format(invoice=invoice["id"])],
    )

    assert status == 403
    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")["version"] == invoice["version"]
