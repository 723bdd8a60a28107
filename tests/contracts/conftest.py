"""The three implementations of the Table port that must behave alike."""

import pytest

from chalicelib.adapters.dynamodb.table import DynamoTable, Table
from infra.local.cloud import LocalCloud, client
from tests.cloud import DynamoDbLocal, create_table
from tests.memory_table import MemoryTable

_tables: dict[str, DynamoTable] = {}


def _in_cloud(url: str) -> Table:
    # One real table a worker: the tests use partitions of their own.
    if url not in _tables:
        _tables[url] = DynamoTable(client("dynamodb", url), create_table(url))
    return _tables[url]


@pytest.fixture(
    params=["memory", pytest.param("ministack", marks=pytest.mark.cloud),
            pytest.param("dynamodb_local", marks=pytest.mark.cloud)]
)  # fmt: skip
def any_table(request: pytest.FixtureRequest) -> Table:
    """Each implementation of the Table port in turn."""
    if request.param == "memory":
        return MemoryTable()
    if request.param == "ministack":
        cloud: LocalCloud = request.getfixturevalue("cloud")
        return _in_cloud(cloud.url)
    emulator: DynamoDbLocal = request.getfixturevalue("dynamodb_local")
    return _in_cloud(emulator.url)
