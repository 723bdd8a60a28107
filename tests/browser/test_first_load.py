"""What the first page costs over the network."""

import gzip

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Open, Visit
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser
LARGEST_SCRIPTS_BYTES = 260_000
LARGEST_SCRIPTS_OF_PORTAL_BYTES = 90_000


def test_the_first_page_loads_no_more_script_than_promised(empty: Saldo, open_page: Open) -> None:
    visit = open_page(empty)
    scripts = _weighed(visit)
    visit.go("/")
    visit.page.wait_for_load_state("networkidle")

    assert scripts
    assert sum(scripts.values()) <= LARGEST_SCRIPTS_BYTES, scripts


def test_the_portal_is_small_enough_for_a_phone(empty: Saldo, open_page: Open) -> None:
    visit = open_page(empty, role=None, width=390)
    visit.watch.allow(401, "/portal/home")  # nobody opened a link: the frame is the same
    scripts = _weighed(visit)
    visit.go("/p")
    visit.page.wait_for_load_state("networkidle")

    assert scripts
    assert sum(scripts.values()) <= LARGEST_SCRIPTS_OF_PORTAL_BYTES, scripts


def _weighed(visit: Visit) -> dict[str, int]:
    """The scripts that the page loads from now on, with their size as sent."""
    scripts: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type == "script":
            scripts[response.url] = len(gzip.compress(response.body(), 6))

    visit.page.on("response", weigh)
    return scripts
