"""Starts and ends the local cloud and makes clients for it, for `make run` and for the tests."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Final

import botocore.session
from botocore.config import Config

from infra.local.stamps import PROJECT

REGION: Final = "eu-south-2"
CLOUD_PYTHON: Final = PROJECT / ".venv-cloud/bin/python"
# Starting takes 0.3 s; replaying the longest journal on a slow machine takes most of a minute.
_START_SECONDS: Final = 90
_STOP_SECONDS: Final = 20
_SAVE_SECONDS: Final = 120  # a book of thousands of imported invoices, while others use the machine
_HAND_OVER_SECONDS: Final = 15.0  # longer than a cloud needs to save a large table
# What would lead a client away from the local cloud, to a real account.
_FOREIGN_SETTINGS: Final = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN")


class CloudError(Exception):
    """The local cloud did not start."""


class LocalCloud:
    """One emulator process with its data below a folder; it ends with the program that made it."""

    def __init__(self, folder: Path, *, patience_seconds: float = _HAND_OVER_SECONDS) -> None:
        """Waits so long for another one that is just ending and still owns the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._log = folder / "cloud.log"
        self._process = self._start([str(port), str(folder), str(patience_seconds)])
        self._wait_until_ready()

    def client(self, service: str) -> Any:
        """A client of one AWS service, as the local cloud provides it."""
        return client(service, self.url)

    def snapshot(self) -> None:
        """Saves everything now; until then a table that was just made would not survive a crash."""
        request = urllib.request.Request(f"{self.url}/_saldo/snapshot", method="POST")  # noqa: S310
        urllib.request.urlopen(request, timeout=_SAVE_SECONDS).close()  # noqa: S310

    def stop(self) -> None:
        """Saves and ends the process."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()  # nothing is lost: the journal is on disk
            self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

    def is_running(self) -> bool:
        """False when the process has died by itself."""
        return self._process.poll() is None

    def _start(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [str(CLOUD_PYTHON), "-m", "infra.local.cloud_server", *arguments],
                cwd=PROJECT,
                stdin=subprocess.PIPE,  # closes when this process dies: the cloud's sign to end
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches only this process, which ends the cloud
            )

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self.is_running():
            try:
                urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=5).close()  # noqa: S310
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
            else:
                return
        self.stop()
        raise CloudError(f"The local cloud did not start:\n{self._log.read_text()[-2000:]}")


def client(service: str, url: str) -> Any:
    """A client of one AWS service at the local cloud's address."""
    session = botocore.session.Session()
    session.set_credentials("test", "test")
    settings = Config(s3={"addressing_style": "path"})
    return session.create_client(service, region_name=REGION, endpoint_url=url, config=settings)


def point_to(url: str) -> None:
    """From now on every AWS client that this process makes talks to the local cloud only."""
    for name in list(os.environ):
        if name in _FOREIGN_SETTINGS or name.startswith("AWS_ENDPOINT_URL"):
            del os.environ[name]
    os.environ |= {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": ",".join(filter(None, (os.environ.get("NO_PROXY"), "localhost,127.0.0.1"))),
    }


def free_port() -> int:
    """A TCP port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
