"""The emulator that the measurements run against: ministack alone in a process, nothing kept."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from typing import Any, Final

import yaml

from infra.local.cloud import CLOUD_PYTHON, REGION, client, free_port
from infra.local.stack import TEMPLATE

_START_SECONDS: Final = 60
_TABLE_FIELDS: Final = (
    "BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes",
)  # fmt: skip


class Emulator:
    """One process; it ends with ``stop``, and its data with it."""

    def __init__(self) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        settings = {
            "GATEWAY_PORT": str(port),
            "BIND_HOST": "127.0.0.1",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "MINISTACK_REGION": REGION,
            "LOG_LEVEL": "ERROR",
        }
        self._process = subprocess.Popen(
            [str(CLOUD_PYTHON), "-m", "ministack"],
            env=os.environ | settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_ready()

    def client(self, service: str) -> Any:
        """Return a client of one AWS service."""
        return client(service, self.url)

    def make_table(self, name: str) -> None:
        """Make an empty table with the keys and indexes of infra/template.yaml."""
        loaded = yaml.load(TEMPLATE.read_text(encoding="utf-8"), _PlainLoader)  # noqa: S506
        properties = loaded["Resources"]["Table"]["Properties"]
        wanted = {field: properties[field] for field in _TABLE_FIELDS}
        self.client("dynamodb").create_table(TableName=name, **wanted)

    def stop(self) -> None:
        """End the process at once; there is nothing to save."""
        self._process.kill()
        self._process.wait()

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=5).close()  # noqa: S310
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
            else:
                return
        self.stop()
        raise RuntimeError("The emulator did not start.")


class _PlainLoader(yaml.SafeLoader):
    """Reads CloudFormation's YAML; its functions (!Ref, !Sub, ...) become None."""


_PlainLoader.add_multi_constructor("!", lambda *_: None)
