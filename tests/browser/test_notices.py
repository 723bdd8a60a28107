"""Notices: everybody chooses their own, and what they were told stays in the settings."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.book import unique
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def choose(page: Page, kind: str, when: str) -> None:
    page.get_by_role("radiogroup", name=f"Cuándo: {kind}").get_by_text(when, exact=True).click()


def in_the_morning() -> str:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return f"{tomorrow}T10:00:00Z"


def a_payment(saldo: Saldo, name: str) -> None:
    customer = saldo.ask("POST", "/v1/customers", {
        "name": name, "country": "ES", "email": "pagos@example.com", "language": "es",
        "currency": "EUR", "terms_days": 30, "time_zone": "Europe/Madrid",
    })  # fmt: skip
    saldo.ask("POST", "/v1/payments", {
        "customer_id": customer["id"], "amount_minor": 123_456, "currency": "EUR",
        "received_on": datetime.now(UTC).date().isoformat(), "method": "transfer",
    })  # fmt: skip


def test_a_viewer_chooses_to_hear_of_payments_and_is_told_of_one_by_mail(
    saldo: Saldo, open_page: Open
) -> None:
    name = unique("Avisados, S.L.")
    visit = open_page(saldo, role="viewer")
    page = visit.go("/settings/notices")

    expect(page.get_by_role("main")).to_contain_text("viewer@saldo.local")
    expect(page.get_by_role("radiogroup", name="Cuándo: Espera tu aprobación")).to_have_count(0)
    choose(page, "Cobro recibido", "En el momento")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    a_payment(saldo, name)
    saldo.run_schedule("sweep", in_the_morning())

    (mail,) = [one for one in saldo.mails_to("viewer@saldo.local") if name in one["subject"]]
    assert mail["subject"] == f"Cobro recibido: 1.234,56 € · {name}"
    assert f"{saldo.url}/payments/" in mail["text"]
    page.reload()
    told = page.get_by_role("listitem").filter(has_text=name)
    expect(told).to_contain_text("Cobro recibido")
    expect(told).to_contain_text("Enviado")
    chosen = page.get_by_role("radiogroup", name="Cuándo: Cobro recibido")
    expect(chosen.get_by_role("radio", name="En el momento")).to_be_checked()


def test_wishes_are_kept_by_person_and_the_language_is_of_their_mails(
    saldo: Saldo, open_page: Open
) -> None:
    page = open_page(saldo, role="collector").go("/settings/notices")

    page.get_by_role("switch", name="Solo de mis clientes").uncheck(force=True)
    page.get_by_label("Idioma de los avisos").select_option("en")
    choose(page, "Cobro recibido", "En el momento")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    name = unique("Told, Ltd.")
    a_payment(saldo, name)
    saldo.run_schedule("sweep", in_the_morning())

    subjects = [mail["subject"] for mail in saldo.mails_to("collector@saldo.local")]
    assert [one for one in subjects if name in one] == [f"Payment received: €1,234.56 · {name}"]


def test_what_is_for_the_morning_is_said_to_wait_in_vain_without_the_summary(
    saldo: Saldo, open_page: Open
) -> None:
    page = open_page(saldo, role="accountant").go("/settings/notices")
    warning = page.get_by_text("no se enviará mientras el resumen esté apagado")

    expect(warning).to_have_count(0)
    page.get_by_role("switch", name="Los días laborables").uncheck(force=True)

    expect(warning).to_be_visible()
