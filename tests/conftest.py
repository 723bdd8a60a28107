"""Fixtures that many tests share. What needs a process of its own starts when first asked for."""

from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import settings

from infra.local import stack as stacks
from infra.local.browser import find_browser
from infra.local.cloud import LocalCloud
from tests.cloud import DynamoDbLocal, create_table

# The same examples in every run, and no clock: a loaded machine must not fail a test.
settings.register_profile("saldo", deadline=None, derandomize=True)
settings.load_profile("saldo")

# Files are dealt out whole, so the long ones go first: whoever gets one last holds up the rest.
_LONG_FIRST: Final = ("tests/browser", "tests/deployed", "tests/local", "tests/season",
                      "tests/simulation", "tests/properties", "tests/crash")  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take minutes before those that take seconds."""

    def rank(item: pytest.Item) -> int:
        path = item.nodeid
        found = [place for place, folder in enumerate(_LONG_FIRST) if path.startswith(folder)]
        return found[0] if found else len(_LONG_FIRST)

    items.sort(key=rank)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """The local cloud, empty, for this worker."""
    local_cloud = LocalCloud(tmp_path_factory.mktemp("cloud"))
    yield local_cloud
    local_cloud.stop()


@pytest.fixture(scope="session")
def stack(cloud: LocalCloud) -> stacks.Stack:
    """A company's whole stack in the local cloud, for this worker."""
    return stacks.apply(cloud, "saldo", "http://localhost:8000")


@pytest.fixture
def cloud_table(cloud: LocalCloud) -> str:
    """The name of an empty table in the local cloud, for one test."""
    return create_table(cloud.url)


@pytest.fixture(scope="session")
def dynamodb_local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DynamoDbLocal]:
    """AWS's own emulator of DynamoDB, for this worker."""
    emulator = DynamoDbLocal(tmp_path_factory.mktemp("dynamodb") / "log")
    yield emulator
    emulator.stop()


@pytest.fixture(scope="session")
def chrome() -> str:
    """The path of the browser."""
    browser = find_browser()
    assert browser, "no browser is installed: run `make install`"
    return browser
