"""Starts `make run` as a person does, and talks to it."""

import json
import os
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from infra.local.cloud import free_port
from infra.local.stamps import PROJECT

API_KEY = "sk_of_the_tests_0123456789"
WEBHOOK_SECRET = "whsec_of_the_tests"
_LONGEST_SECONDS = 120


class Running:
    """One `make run` on a free port, with its data in a folder of its own."""

    def __init__(self, folder: Path, *, example: str = "0", port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.lines: list[str] = []
        environment = os.environ | {
            "PORT": str(self.port),
            "SALDO_DATA": str(folder),
            "SALDO_EXAMPLE": example,
            "SALDO_API_KEY": API_KEY,
            "SALDO_STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        }
        self._make = subprocess.Popen(
            ["make", "run"],
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._read_until_ready()

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and JSON of an answer to the holder of the API key."""
        sent = {"Authorization": f"Bearer {API_KEY}", "Content-Type": "application/json"}
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body else None
        request = urllib.request.Request(  # noqa: S310
            self.url + path, data, sent | (headers or {}), method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=_LONGEST_SECONDS) as response:  # noqa: S310
                return response.status, _content(response)
        except urllib.error.HTTPError as error:
            return error.code, _content(error)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Signal `make` and wait until it has ended."""
        self._make.send_signal(number)
        self._make.communicate(timeout=_LONGEST_SECONDS)
        return self._make.returncode

    def kill_app(self) -> None:
        """End the app's process without a chance to save anything."""
        for process in self.processes():
            if "infra.local.run" in process.partition(" ")[2]:
                os.kill(int(process.split(maxsplit=1)[0]), signal.SIGKILL)
        self._make.communicate(timeout=_LONGEST_SECONDS)

    def processes(self) -> list[str]:
        """Process id and command of everything that still works for this run."""
        listed = subprocess.run(
            ["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        return [line.strip() for line in listed if self._is_ours(line)]

    def _is_ours(self, line: str) -> bool:
        if str(self.folder) in line:
            return True
        environment = Path("/proc", line.split(maxsplit=1)[0], "environ")
        try:
            return f"SALDO_DATA={self.folder}" in environment.read_text()
        except OSError:
            return False

    def _read_until_ready(self) -> None:
        assert self._make.stdout
        for line in self._make.stdout:
            self.lines.append(line.rstrip())
            if line.startswith("Saldo is ready"):
                return
        self._make.communicate(timeout=_LONGEST_SECONDS)
        raise AssertionError("\n".join(self.lines))


def _content(response: Any) -> Any:
    """JSON where the answer is JSON, text elsewhere."""
    text = response.read().decode()
    return json.loads(text) if "json" in response.headers["Content-Type"] else text
