"""Every screen on its first day, and when the server fails: the same rules, in light and dark."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.accessibility import flaws
from tests.browser.conftest import Look, Open, Visit
from tests.browser.saldo import Saldo
from tests.browser.screens import NAMES_OF_EMPTY, address

pytestmark = pytest.mark.browser
FAILURE = {
    "type": "about:blank",
    "title": "Not Found",
    "status": 404,
    "detail": "It does not exist.",
    "request_id": "request-of-the-test",
}
# Forms that read nothing before they are filled in, and what is always there.
WITHOUT_READS = (
    "customer new", "editor new", "import new", "recurring new", "record payment", "not found",
    "developers", "developers invoices",
)  # fmt: skip
READING = (
    *(name for name in NAMES_OF_EMPTY if name not in WITHOUT_READS),
    "/invoices/unknown",
    "/invoices/unknown/edit",
    "/customers/unknown",
    "/customers/unknown/edit",
    "/payments/unknown",
    "/payments/new?invoice=unknown",
    "/recurring/unknown",
    "/recurring/unknown/edit",
)


def let_reads_fail(visit: Visit) -> None:
    """Everything but the person's own name is answered with a problem."""

    def answer(route: Route) -> None:
        if route.request.url.endswith("/v1/me"):
            route.continue_()
            return
        route.fulfill(status=404, content_type="application/problem+json", body=json.dumps(FAILURE))

    visit.watch.allow(404, "/v1/")
    visit.page.route("**/v1/**", answer)


def flaws_at_both_widths(visit: Visit) -> list[str]:
    wide = flaws(visit.page)
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.settle()
    return wide + [f"phone, {flaw}" for flaw in flaws(visit.page)]


@pytest.mark.parametrize("name", NAMES_OF_EMPTY)
def test_an_empty_screen_has_no_flaws(empty: Saldo, look: Look, name: str) -> None:
    visit = look(empty)

    visit.go(address(empty, name))

    assert not flaws_at_both_widths(visit)


@pytest.mark.parametrize("name", READING)
def test_a_screen_that_could_not_be_loaded_says_so_without_flaws(
    empty: Saldo, look: Look, name: str
) -> None:
    visit = look(empty)
    let_reads_fail(visit)

    visit.go(name if name.startswith("/") else address(empty, name))

    expect(visit.page.get_by_role("alert").first).to_contain_text(FAILURE["request_id"])
    assert not flaws_at_both_widths(visit)


@pytest.mark.parametrize("path", ["/", "/auth/login"])
def test_the_pages_of_sign_in_have_no_flaws(empty: Saldo, open_page: Open, path: str) -> None:
    visit = open_page(empty, role=None)
    visit.watch.allow(401, "/v1/me")

    visit.go(path)

    assert not flaws_at_both_widths(visit)
