"""Webhooks: another system is entered, hears what happens, fails, and gets what it missed."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from standardwebhooks import Webhook

from tests.browser.accessibility import flaws
from tests.browser.book import add_customer, unique
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


SOON_MS = 60_000  # the local cloud works on one message after another


class Receiver:
    """A system on this machine that takes webhooks and remembers them."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/hooks"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def events(self, secret: str) -> list[dict[str, Any]]:
        """What came, each verified with this secret."""
        return [Webhook(secret).verify(body, headers) for headers, body in self.taken]

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        taken = self.taken

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                taken.append((dict(self.headers), body.decode()))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"thanks")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
                """Say nothing."""

        return Handler


@pytest.fixture
def receiver(saldo: Saldo) -> Iterator[Receiver]:
    """A receiver; at the end no endpoint is left that would be called in vain."""
    server = Receiver()
    yield server
    for one in saldo.ask("GET", "/v1/webhook-endpoints")["items"]:
        saldo.ask("DELETE", f"/v1/webhook-endpoints/{one['id']}")
    server.end()


def test_a_system_is_entered_tried_and_told_and_can_verify_what_it_gets(
    saldo: Saldo, open_page: Open, receiver: Receiver
) -> None:
    name = unique("ERP")
    visit = open_page(saldo)
    page = visit.go("/settings/webhooks")

    secret = enter(page, name, receiver.url)
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("button", name="Enviar una prueba").click()
    trial = page.get_by_role("dialog", name="Prueba")
    expect(trial.get_by_role("status")).to_have_text("Entregado", timeout=SOON_MS)
    expect(trial).to_contain_text("thanks")
    assert flaws(page) == []
    trial.get_by_role("button", name="Cerrar").click()
    customer = add_customer(saldo)

    row = page.get_by_role("row").filter(has_text="customer.created")
    page.reload()
    expect(row).to_contain_text("Entregado")
    assert flaws(visit.settle()) == []
    trial_event, event = receiver.events(secret)
    assert (trial_event["type"], event["type"]) == ("webhook.test", "customer.created")
    assert event["data"]["resource"] == f"/v1/customers/{customer['id']}"
    assert secret not in page.content()


def enter(page: Page, name: str, url: str) -> str:
    """Add an endpoint for two types of event and return the secret that is shown."""
    page.get_by_role("button", name="Añadir un destino").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Para qué es").fill(name)
    dialog.get_by_label("Solo esto").check()
    dialog.get_by_role("button", name="Añadirlo").click()
    expect(dialog).to_contain_text("Hace falta una dirección.")
    expect(dialog).to_contain_text("Elige al menos uno.")
    dialog.get_by_label("Todo: Clientes").check()
    dialog.get_by_label("Dirección").fill(url)
    dialog.get_by_role("button", name="Añadirlo").click()
    shown = page.get_by_role("dialog", name="Este secreto solo se muestra ahora")
    expect(shown).to_contain_text("standardwebhooks")
    secret = shown.locator("code").first.inner_text()
    shown.get_by_role("button", name="Ya lo he guardado").click()
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    return secret


def test_an_address_that_leads_inside_is_refused_in_words(
    saldo: Saldo, open_page: Open, receiver: Receiver
) -> None:
    visit = open_page(saldo)
    visit.watch.allow(422, "/v1/webhook-endpoints")
    page = visit.go("/settings/webhooks")
    page.get_by_role("button", name="Añadir un destino").click()
    dialog = page.get_by_role("dialog")

    dialog.get_by_label("Dirección").fill("https://10.0.0.1/hooks")
    dialog.get_by_role("button", name="Añadirlo").click()

    expect(dialog).to_contain_text("Hace falta el nombre público de un servidor")
    assert flaws(page) == []


def test_what_a_system_missed_is_sent_when_it_is_back(
    saldo: Saldo, open_page: Open, receiver: Receiver
) -> None:
    made = saldo.ask("POST", "/v1/webhook-endpoints", {"url": receiver.url, "types": None})
    visit = open_page(saldo)
    page = visit.go(f"/settings/webhooks/{made['id']}")
    page.get_by_role("button", name="Desactivar").click()
    page.get_by_role("dialog").get_by_role("button", name="Desactivar").click()
    off = page.get_by_role("region", name="Desactivado el")
    expect(off).to_be_visible()
    add_customer(saldo)
    visit.go(f"/settings/webhooks/{made['id']}?state=failed")
    missed = page.get_by_role("row").filter(has_text="customer.created")
    expect(missed).to_contain_text("El destino estaba desactivado")

    off.get_by_role("button", name="Activar").click()
    expect(off).to_have_count(0)
    page.get_by_role("button", name="Reenviar los fallidos").click()
    page.get_by_role("dialog").get_by_role("button", name="Reenviar").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    visit.go(f"/settings/webhooks/{made['id']}")
    sent = page.get_by_role("row").filter(has_text="customer.created")
    expect(sent).to_contain_text("Entregado", timeout=SOON_MS)

    page.get_by_role("button", name="customer.created").click()
    one = page.get_by_role("dialog", name="Clientes · Cliente nuevo")
    one.get_by_role("button", name="Enviar otra vez").click()
    expect(one).to_contain_text("Intento 2", timeout=SOON_MS)
    # At least once: a try of its own may come between.
    told = [one for one in receiver.taken if json.loads(one[1])["type"] == "customer.created"]
    assert len(told) >= 2
    assert len({(headers["webhook-id"], body) for headers, body in told}) == 1


def test_a_secret_is_replaced_and_the_endpoint_goes(
    saldo: Saldo, open_page: Open, receiver: Receiver
) -> None:
    body = {"url": receiver.url, "types": ["invoice.paid"], "description": unique("CRM")}
    made = saldo.ask("POST", "/v1/webhook-endpoints", body)
    visit = open_page(saldo)
    page = visit.go(f"/settings/webhooks/{made['id']}")

    page.get_by_role("button", name="Cambiar el secreto").click()
    page.get_by_role("dialog").get_by_role("button", name="Crear otro secreto").click()
    shown = page.get_by_role("dialog", name="Este secreto solo se muestra ahora")
    new = shown.locator("code").first.inner_text()
    assert flaws(page) == []
    shown.get_by_role("button", name="Ya lo he guardado").click()
    expect(page.get_by_role("main")).to_contain_text("vale hasta el")
    page.get_by_role("button", name="Enviar una prueba").click()
    trial = page.get_by_role("dialog", name="Prueba")
    expect(trial.get_by_role("status")).to_have_text("Entregado", timeout=SOON_MS)
    trial.get_by_role("button", name="Cerrar").click()
    for secret in (made["secret"], new):
        assert receiver.events(secret)[0]["type"] == "webhook.test"

    page.get_by_role("button", name="Eliminar").click()
    page.get_by_role("dialog").get_by_role("button", name="Eliminar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Webhooks")
    expect(page.get_by_role("link", name=body["description"])).to_have_count(0)


def test_who_does_not_administer_may_look_and_not_touch(
    saldo: Saldo, open_page: Open, receiver: Receiver
) -> None:
    made = saldo.ask("POST", "/v1/webhook-endpoints", {"url": receiver.url})
    place = f"/settings/webhooks/{made['id']}"

    page = open_page(saldo, role="accountant").go(place)
    expect(page.get_by_role("heading", name="Avisos enviados")).to_be_visible()
    for name in ("Enviar una prueba", "Cambiar", "Eliminar", "Cambiar el secreto"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    viewer = open_page(saldo, role="viewer")
    expect(viewer.go(place).get_by_role("main")).to_contain_text("Solo lo ve quien administra")
