"""What the first page costs over the network."""

import gzip

import pytest

from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser
LARGEST_SCRIPTS_BYTES = 260_000


def test_the_first_page_loads_no_more_script_than_promised(empty: Saldo, open_page: Open) -> None:
    visit = open_page(empty)
    scripts: dict[str, int] = {}

    def weigh(response: object) -> None:
        if response.request.resource_type == "script":  # type: ignore[attr-defined]
            scripts[response.url] = len(gzip.compress(response.body(), 6))  # type: ignore[attr-defined]

    visit.page.on("response", weigh)
    visit.go("/")
    visit.page.wait_for_load_state("networkidle")

    assert scripts
    assert sum(scripts.values()) <= LARGEST_SCRIPTS_BYTES, scripts
