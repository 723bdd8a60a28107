"""One running system for all journeys: they share its book and keep to customers of their own."""

from collections.abc import Iterator

import pytest

from tests.journeys.clerk import Clerk
from tests.local.running import Running


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    running = Running(tmp_path_factory.mktemp("journey"))
    yield Clerk(running)
    running.stop()
