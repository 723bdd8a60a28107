"""Four eyes on the screens: who asks does not answer, and the credit limit is said before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.local.site import BUILD
from tests.browser.book import add_customer, add_draft, add_invoice
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser

RULES = [
    {"what": "issue", "over_minor": 10_000, "currency": "EUR"},
    {"what": "write_off", "over_minor": 5_000, "currency": "EUR"},
]


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saldo]:
    """A company of its own whose rules want a second person, and whose credit limit blocks."""
    assert (BUILD / "index.html").exists(), "the web app is not built: run `make install`"
    running = Saldo(Path(tmp_path_factory.mktemp("strict")))
    yield running
    running.stop()


def govern(saldo: Saldo, **rules: Any) -> None:
    known = saldo.ask("GET", "/v1/company")
    body = {"name": known["name"], "country": known["country"]} | {
        "approval_rules": [],
        "credit_limit_action": "warn",
    }
    headers = {"If-Match": f'"{known["version"]}"'} if known["version"] else {}
    saldo.ask("PUT", "/v1/company", body | rules, headers)


def ask_to_issue(page: Page, button: str) -> None:
    page.get_by_role("button", name="Emitir", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=button).click()
    expect(page.get_by_role("region", name="Espera aprobación para emitirse")).to_be_visible()


def test_what_a_rule_wants_is_asked_by_one_and_approved_by_another(
    strict: Saldo, open_page: Open
) -> None:
    govern(strict, approval_rules=RULES)
    draft = add_draft(strict, add_customer(strict))
    asking = open_page(strict, role="accountant").go(f"/invoices/{draft['id']}")

    ask_to_issue(asking, "Pedir la aprobación")
    notice = asking.get_by_role("region", name="Espera aprobación para emitirse")
    expect(notice).to_contain_text("Lo pediste tú")
    expect(notice.get_by_role("button", name="Aprobar")).to_have_count(0)

    page = open_page(strict, role="admin").go("/approvals")
    expect(page.get_by_role("navigation", name="Principal")).to_contain_text("Aprobaciones1")
    row = page.get_by_role("listitem").filter(has_text=draft["customer_name"])
    row.get_by_role("button", name="Aprobar").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("el cliente debe 121,00 €")
    dialog.get_by_role("button", name="Aprobar").click()
    expect(page.get_by_text("Nada por aprobar")).to_be_visible()
    issued = strict.ask("GET", f"/v1/invoices/{draft['id']}")
    assert (issued["state"], issued["approvals"][0]["decided_by"]) == (
        "issued",
        "admin@saldo.local",
    )


def test_one_takes_back_what_one_asked(strict: Saldo, open_page: Open) -> None:
    govern(strict, approval_rules=RULES)
    draft = add_draft(strict, add_customer(strict))
    page = open_page(strict, role="accountant").go(f"/invoices/{draft['id']}")
    ask_to_issue(page, "Pedir la aprobación")

    page.get_by_role("button", name="Retirar la petición").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("vuelve a ser un borrador")
    dialog.get_by_role("button", name="Retirar la petición").click()

    expect(page.get_by_role("button", name="Emitir", exact=True)).to_be_visible()
    assert strict.ask("GET", f"/v1/invoices/{draft['id']}")["state"] == "draft"


def test_a_large_write_off_is_refused_by_a_second_person_with_a_reason(
    strict: Saldo, open_page: Open
) -> None:
    govern(strict, approval_rules=RULES[1:])
    invoice = add_invoice(strict, add_customer(strict))
    asking = open_page(strict, role="accountant").go(f"/invoices/{invoice['id']}")
    asking.get_by_role("button", name="Más acciones").click()
    asking.get_by_role("menuitem", name="Dar por incobrable").click()
    dialog = asking.get_by_role("dialog")
    expect(dialog).to_contain_text("hasta entonces no cambia nada")
    dialog.get_by_role("button", name="Pedir la aprobación").click()
    expect(asking.get_by_role("region", name="Espera aprobación")).to_be_visible()

    page = open_page(strict, role="admin").go(f"/invoices/{invoice['id']}")
    page.get_by_role("button", name="Denegar").click()
    page.get_by_label("Motivo, para quien lo pidió").fill("Aún puede pagar")
    page.get_by_role("dialog").get_by_role("button", name="Denegar").click()

    expect(page.get_by_role("region", name="Aprobaciones")).to_contain_text("«Aún puede pagar»")
    assert strict.ask("GET", f"/v1/invoices/{invoice['id']}")["open_minor"] == 12_100


def test_beyond_a_limit_that_blocks_one_asks_for_approval(strict: Saldo, open_page: Open) -> None:
    govern(strict, credit_limit_action="block")
    draft = add_draft(strict, add_customer(strict, credit_limit_minor=10_000))
    page = open_page(strict, role="accountant").go(f"/invoices/{draft['id']}")

    page.get_by_role("button", name="Emitir", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("El cliente deberá 121,00 €")
    page.get_by_role("dialog").get_by_role("button", name="Pedir la aprobación").click()

    notice = page.get_by_role("region", name="Espera aprobación para emitirse")
    expect(notice).to_contain_text("su límite de crédito es 100,00 €")


def test_beyond_a_limit_that_warns_it_is_issued_and_says_so(strict: Saldo, open_page: Open) -> None:
    govern(strict)
    draft = add_draft(strict, add_customer(strict, credit_limit_minor=10_000))
    page = open_page(strict, role="accountant").go(f"/invoices/{draft['id']}")

    page.get_by_role("button", name="Emitir", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Se emite igualmente y queda anotado.")
    page.get_by_role("dialog").get_by_role("button", name="Emitir").click()

    warning = page.get_by_role("region", name="Emitida por encima del límite de crédito")
    expect(warning).to_contain_text("Con ella el cliente debía 121,00 €; su límite era 100,00 €.")


def test_who_may_not_approve_has_no_inbox_in_sight(strict: Saldo, open_page: Open) -> None:
    page = open_page(strict, role="collector").go("/")

    navigation = page.get_by_role("navigation", name="Principal")
    expect(navigation.get_by_role("link", name="Aprobaciones")).to_have_count(0)
