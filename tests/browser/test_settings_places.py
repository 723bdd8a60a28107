"""Finding one's way in the settings: the list at the side or as a page, and the palette."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser


def parts(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Partes de los ajustes")


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def test_the_list_at_the_side_leads_to_each_part_and_marks_where_one_is(
    saldo: Saldo, open_page: Open
) -> None:
    visit = open_page(saldo)
    page = visit.go("/settings")
    expect(title(page)).to_have_text("Empresa")
    names = parts(page).get_by_role("link").all_text_contents()
    assert {"Empresa", "Pagos online", "Claves de API", "Webhooks", "Avisos"} <= set(names)

    for name in names:
        parts(page).get_by_role("link", name=name, exact=True).click()
        expect(title(page)).to_have_text(name)
        expect(parts(page).locator("[aria-current=page]")).to_have_text(name)
        visit.settle()

    expect(page).to_have_url(f"{saldo.url}/settings/notices")
    page.go_back()
    expect(title(page)).to_have_text("Webhooks")


def test_the_keyboard_lands_in_the_part_that_was_chosen(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo)
    page = visit.go("/settings/hours")

    parts(page).get_by_role("link", name="Series", exact=True).focus()
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text("Series")
    visit.settle()

    focused = page.locator(":focus")
    expect(focused.get_by_role("heading", level=1)).to_have_text("Series")
    expect(focused.get_by_role("navigation")).to_have_count(0)


def test_a_phone_shows_the_list_as_a_page_and_leads_back_to_it(
    saldo: Saldo, open_page: Open
) -> None:
    visit = open_page(saldo, width=390)
    page = visit.go("/settings")
    expect(title(page)).to_have_text("Ajustes")

    parts(page).get_by_role("link", name="Cuándo se escribe").click()
    expect(title(page)).to_have_text("Cuándo se escribe")
    expect(parts(page)).to_have_count(0)
    visit.settle()

    page.get_by_role("main").get_by_role("link", name="Ajustes").click()
    expect(title(page)).to_have_text("Ajustes")
    expect(page).to_have_url(f"{saldo.url}/settings")


@pytest.mark.parametrize("width", [1280, 390])
def test_who_does_not_administer_is_not_offered_people_and_keys(
    saldo: Saldo, open_page: Open, width: int
) -> None:
    page = open_page(saldo, role="viewer", width=width).go("/settings")

    expect(parts(page).get_by_role("link", name="Series")).to_be_visible()
    for name in ("Personas", "Claves de API", "Webhooks"):
        expect(parts(page).get_by_text(name, exact=True)).to_have_count(0)


def test_the_palette_leads_to_a_part(saldo: Saldo, open_page: Open) -> None:
    visit = open_page(saldo)
    page = visit.go("/")

    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("cuando se")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{saldo.url}/settings/hours")
    expect(title(page)).to_have_text("Cuándo se escribe")
    visit.settle()


def test_a_part_that_there_is_not_says_so(saldo: Saldo, open_page: Open) -> None:
    page = open_page(saldo).go("/settings/nowhere")

    expect(title(page)).to_have_text("Aquí no hay ninguna página")
    expect(parts(page).locator("[aria-current]")).to_have_count(0)
