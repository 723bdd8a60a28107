"""Every screen with a book of fourteen months: WCAG 2.2 AA in both themes, wide and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import flaws
from tests.browser.conftest import Look, Open
from tests.browser.saldo import Saldo
from tests.browser.screens import NAMES, address

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", NAMES)
def test_a_full_screen_has_no_flaws_in_any_theme_or_width(
    example: Saldo, look: Look, name: str
) -> None:
    visit = look(example)
    visit.watch.allow(404, "/nowhere")
    page = visit.go(address(example, name))

    wide = flaws(page)
    page.set_viewport_size({"width": 390, "height": 844})
    visit.settle()
    on_a_phone = flaws(page)

    assert page.locator("h1").count() == 1
    assert not wide + [f"phone, {flaw}" for flaw in on_a_phone]


def open_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("a")
    page.get_by_role("option").first.wait_for()


def ask_for_more(page: Page) -> None:
    page.get_by_role("button", name="Más acciones").click()
    page.get_by_role("menuitem", name="Anular").wait_for()


def open_shortcuts(page: Page) -> None:
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def open_account(page: Page) -> None:
    page.get_by_role("button", name="Tu cuenta").click()
    page.get_by_role("menuitem", name="Cerrar sesión").wait_for()


def open_filters(page: Page) -> None:
    page.get_by_role("button", name="Filtrar").click()
    page.get_by_label("Vence antes del").wait_for()


def select_all(page: Page) -> None:
    page.get_by_role("checkbox", name="Seleccionar todas").check()
    page.get_by_role("region", name="seleccionadas").get_by_role("button", name="Enviar").click()
    page.get_by_role("dialog").wait_for()


def ask_to_issue(page: Page) -> None:
    page.get_by_role("button", name="Emitir").click()
    page.get_by_role("dialog").wait_for()


def ask_to_void(page: Page) -> None:
    page.get_by_role("button", name="Más acciones").click()
    page.get_by_role("menuitem", name="Anular").click()
    page.get_by_role("dialog").wait_for()


def submit_nothing(page: Page) -> None:
    page.get_by_role("button", name="Guardar el borrador").first.click()
    page.locator("main [aria-invalid=true]").first.wait_for()


def read_the_next_reminder(page: Page) -> None:
    page.get_by_role("button", name="Ver el texto exacto").first.click()
    page.locator("main iframe, main pre").first.wait_for()


def begin(action: str) -> Callable[[Page], None]:
    """Opens the question of an action from the menu of an invoice."""

    def act(page: Page) -> None:
        page.get_by_role("button", name="Más acciones").click()
        page.get_by_role("menuitem", name=action).click()
        page.get_by_role("dialog").wait_for()

    return act


def credit_lines(page: Page) -> None:
    begin("Emitir una rectificativa")(page)
    page.get_by_role("dialog").get_by_text("Por líneas").click()
    page.get_by_text("Qué pasará").wait_for()


def claim_interest(page: Page) -> None:
    page.get_by_text("Cómo se calcula").first.click()
    page.get_by_role("button", name="Reclamar").click()
    page.get_by_text("Qué pasará").wait_for()


def approve(page: Page) -> None:
    page.get_by_role("button", name="Aprobar").first.click()
    page.get_by_role("dialog").wait_for()


def press(button: str) -> Callable[[Page], None]:
    """Opens the question of a button."""

    def act(page: Page) -> None:
        page.get_by_role("button", name=button).first.click()
        page.get_by_role("dialog").wait_for()

    return act


def keep_back(page: Page) -> None:
    page.get_by_label("Importe", exact=True).fill("1,00")
    page.get_by_role("button", name="Añadir una retención").click()
    page.get_by_label("Por qué").wait_for()


def add_a_rule(page: Page) -> None:
    page.get_by_role("button", name="Añadir una regla").click()
    page.get_by_role("button", name="Añadir una moneda").click()


def change_a_step(page: Page) -> None:
    page.get_by_role("button", name="Cambiar: Último recordatorio").click()
    page.get_by_role("textbox", name="Días").fill("400")
    page.get_by_role("button", name="Añadir una moneda").click()


def see_what_a_rule_changes(page: Page) -> None:
    page.get_by_role("button", name="Quitar: 1.er recordatorio").click()
    page.get_by_role("button", name="Quitar: 2.º recordatorio").click()
    page.get_by_role("button", name="Ver qué cambia").click()
    page.get_by_role("dialog").get_by_text("Con este cambio").wait_for()


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("home", open_palette),
        ("home", open_shortcuts),
        ("home", open_account),
        ("invoices", open_filters),
        ("invoices overdue", select_all),
        ("invoice draft", ask_to_issue),
        ("invoice overdue", ask_for_more),
        ("invoice overdue", ask_to_void),
        ("invoice overdue", credit_lines),
        ("invoice overdue", begin("Dar por incobrable")),
        ("invoice overdue", begin("Anotar una disputa")),
        ("invoice overdue", begin("Acordar un plan de pagos")),
        ("invoice overdue", claim_interest),
        ("invoice draft", begin("Programar la emisión")),
        ("approvals", approve),
        ("editor new", submit_nothing),
        ("customer", read_the_next_reminder),
        ("customer", begin("Anotar una promesa")),
        ("payment", press("Devolver dinero")),
        ("payment", begin("Quitar de facturas")),
        ("payment", begin("Anular el cobro")),
        ("record payment", keep_back),
        ("disputes", press("Resolver")),
        ("promises", press("Retirar")),
        ("customer", begin("Pausar la reclamación")),
        ("customer", begin("Pasar a jurídico")),
        ("customer", begin("Expediente prejudicial")),
        ("pauses", press("Cambiar")),
        ("with legal", press("Recuperar")),
        ("recurring one", press("Pausar")),
        ("invoice overdue", press("Cuenta y código QR")),
        ("settings keys", press("Nueva clave")),
        ("settings rules", add_a_rule),
        ("settings rule", change_a_step),
        ("settings company's rule", see_what_a_rule_changes),
    ],
)
def test_what_opens_over_a_screen_has_no_flaws(
    example: Saldo, open_page: Open, name: str, act: object
) -> None:
    visit = open_page(example)
    page = visit.go(address(example, name))

    act(page)  # type: ignore[operator]

    assert not flaws(page)
