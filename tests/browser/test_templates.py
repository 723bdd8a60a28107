"""The texts of mails: written, checked while typing, previewed, tried on oneself, brought back."""

from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.book import add_customer, add_overdue_invoice, unique
from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def path_of(segment: str) -> str:
    """A text that no other test's customers get."""
    return f"/settings/templates?template=reminder_second&language=es&segment={quote(segment)}"


def stored(saldo: Saldo, segment: str) -> dict[str, Any]:
    asked = f"language=es&segment={quote(segment)}"
    return dict(saldo.ask("GET", f"/v1/templates/reminder_second?{asked}"))


def opening(page: Page) -> Any:
    return page.get_by_label("Antes del importe")


def test_a_text_is_written_with_its_mistakes_shown_and_saved_as_a_version(
    saldo: Saldo, open_page: Open
) -> None:
    segment = unique("VIP")
    visit = open_page(saldo)
    page = visit.go("/settings/templates")

    page.get_by_role("button", name="Segundo recordatorio: Para un segmento").click()
    page.get_by_role("dialog").get_by_label("Segmento", exact=True).fill(segment)
    page.get_by_role("dialog").get_by_role("button", name="Escribirlo").click()
    expect(page.get_by_label("Asunto")).to_have_value(
        "{{titulo_facturas}}: el pago sigue pendiente"
    )
    opening(page).fill("{{lo_que_se_debe}}\n\nDebe {{inporte}}.")

    mistake = page.get_by_role("listitem").filter(has_text="¿Quisiste decir {{importe}}?")
    expect(mistake).to_be_visible()
    save = page.get_by_role("button", name="Guardar como versión nueva")
    expect(save).to_be_disabled()
    mistake.get_by_role("button", name="Línea 3, columna 6").click()
    selected = "one => one.value.slice(one.selectionStart, one.selectionEnd)"
    assert opening(page).evaluate(selected) == "{{inporte}}"
    expect(opening(page)).to_be_focused()
    page.keyboard.press("Delete")
    page.get_by_role("combobox", name="Insertar un dato").fill("limite")
    page.get_by_role("option", name="fecha_limite").click()
    expect(opening(page)).to_have_value("{{lo_que_se_debe}}\n\nDebe {{fecha_limite}}.")
    expect(mistake).to_have_count(0)
    save.click()

    expect(page.get_by_text("Guardado: versión 1.")).to_be_visible()
    text = stored(saldo, segment)
    assert (text["version"], text["is_own"]) == (1, True)
    assert text["opening"] == "{{lo_que_se_debe}}\n\nDebe {{fecha_limite}}."


def test_the_preview_is_of_a_real_customer_and_a_test_comes_to_oneself(
    saldo: Saldo, open_page: Open
) -> None:
    customer = add_customer(saldo)
    invoice = add_overdue_invoice(saldo, customer, days_late=8)
    subject = unique("Nos debe")
    visit = open_page(saldo)
    page = visit.go(path_of(unique("VIP")))

    page.get_by_role("combobox", name="Con los datos de").fill(customer["name"].split()[-1])
    page.get_by_role("option", name=customer["name"]).click()
    page.get_by_label("Asunto").fill(subject + ": {{facturas}}")
    mail = page.frame_locator("iframe[title='Así lo lee el cliente']")
    expect(mail.locator("body")).to_contain_text(f"La factura {invoice['number']}, de 121,00")
    expect(page.get_by_text(f"{subject}: la factura {invoice['number']}")).to_be_visible()
    page.get_by_text("Texto", exact=True).last.click()
    expect(page.locator("pre")).to_contain_text(f"A la atención de {customer['name']}:")
    page.get_by_text("Móvil", exact=True).click()
    expect(mail.locator("body")).to_contain_text("Si todo es correcto")
    width = page.locator("iframe[title='Así lo lee el cliente']").evaluate("one => one.clientWidth")
    assert width <= 390
    page.get_by_role("button", name="Enviarme una prueba").click()
    expect(page.get_by_text("Prueba enviada a admin@saldo.local.")).to_be_visible()

    mine = [one for one in saldo.mails_to("admin@saldo.local") if subject in one["subject"]]
    assert [one["subject"] for one in mine] == [
        f"[Prueba] {subject}: la factura {invoice['number']}"
    ]
    assert saldo.mails_to(customer["email"]) == []
    assert saldo.ask("GET", f"/v1/customers/{customer['id']}/messages")["items"] == []


def test_an_earlier_text_is_compared_and_brought_back(saldo: Saldo, open_page: Open) -> None:
    segment = unique("VIP")
    asked = f"/v1/templates/reminder_second?language=es&segment={quote(segment)}"
    for word in ("amablemente", "de nuevo"):
        body = {"subject": "Aviso", "opening": f"Le escribimos {word}. {{{{lo_que_se_debe}}}}",
                "closing": ""}  # fmt: skip
        saldo.ask("PUT", asked, body)
    visit = open_page(saldo)
    page = visit.go(path_of(segment))
    first = page.get_by_role("listitem").filter(has_text="Versión 1")

    first.get_by_role("button", name="Ver la diferencia: Versión 1").click()
    expect(first.locator("del")).to_contain_text("amablemente.")
    expect(first.locator("ins")).to_contain_text("de nuevo.")
    first.get_by_role("button", name="Recuperar: Versión 1").click()
    dialog = page.get_by_role("dialog", name="¿Recuperar «Versión 1»?")
    expect(dialog).to_contain_text("Será la versión 3.")
    dialog.get_by_role("button", name="Recuperar").click()

    expect(opening(page)).to_have_value("Le escribimos amablemente. {{lo_que_se_debe}}")
    assert stored(saldo, segment)["version"] == 3
    page.get_by_role("button", name="Recuperar: Sin texto propio").click()
    page.get_by_role("dialog").get_by_role("button", name="Recuperar").click()
    expect(page.get_by_text("Como para todos")).to_be_visible()
    text = stored(saldo, segment)
    assert (text["version"], text["is_own"], text["subject"]) == (
        4, False, "{{titulo_facturas}}: el pago sigue pendiente"
    )  # fmt: skip


def test_what_is_not_saved_is_there_after_leaving_by_mistake(saldo: Saldo, open_page: Open) -> None:
    path = path_of(unique("VIP"))
    visit = open_page(saldo)
    page = visit.go(path)

    page.get_by_label("Asunto").fill("Sin terminar")
    visit.go("/customers")
    visit.go(path)

    expect(page.get_by_label("Asunto")).to_have_value("Sin terminar")
    page.get_by_role("button", name="Descartar mis cambios").click()
    expect(page.get_by_label("Asunto")).to_have_value(
        "{{titulo_facturas}}: el pago sigue pendiente"
    )


def test_who_may_not_change_a_text_reads_it(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo, role="viewer")
    page = visit.go("/settings/templates?template=invoice&language=en")

    expect(page.get_by_label("Asunto")).to_have_value("Invoice {{number}} from {{company}}")
    expect(page.get_by_label("Asunto")).not_to_be_editable()
    expect(page.get_by_role("button", name="Guardar como versión nueva")).to_have_count(0)
