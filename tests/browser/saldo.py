"""The whole system in a process of its own, on a free port, with its data in a temporary folder."""

import http.cookiejar
import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path
from typing import Any, Final

from infra.local.cloud import free_port
from infra.local.sign_in import PASSWORD
from infra.local.stamps import PROJECT

API_KEY: Final = "sk_of_the_browser_tests_012345"
WEBHOOK_SECRET: Final = "whsec_of_the_browser_tests"
SESSION_COOKIE: Final = "__Host-sid"
_START_SECONDS: Final = 180  # the example takes ten seconds on a free machine
_STOP_SECONDS: Final = 30
_ANSWER_SECONDS: Final = 120  # what was asked for by hand waits a minute in its queue


class Saldo:
    """A running system, and what a program with an admin key asks of it."""

    def __init__(self, folder: Path, *, example: str = "0") -> None:
        """Returns when the system is ready."""
        self.url = f"http://localhost:{free_port()}"
        self._sessions: dict[str, str] = {}
        self._lines: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "infra.local.run"],
            cwd=PROJECT,
            env=os.environ | self._settings(folder, example),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._wait_until_ready()

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=_STOP_SECONDS)

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Any:
        """The JSON of a successful answer; any other answer fails the test that asked."""
        status, answer = self.try_to(method, path, body, headers)
        assert 200 <= status < 300, f"{method} {path}: {status} {answer}"
        return answer

    def try_to(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and JSON of any answer."""
        sent = {"Authorization": f"Bearer {API_KEY}", "Content-Type": "application/json"}
        if method == "POST":
            sent["Idempotency-Key"] = str(uuid.uuid4())
        data = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        request = urllib.request.Request(  # noqa: S310
            self.url + path,
            None if method == "GET" else data,
            sent | (headers or {}),
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as response:  # noqa: S310
                return response.status, _content(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _content(error)

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """What lies in the mailbox for this address, oldest first."""
        return [mail for mail in self.ask("GET", "/_local/mailbox") if address in mail["to"]]

    def run_schedule(self, name: str, time: str) -> None:
        """Returns when the schedule has run and all work that it caused is done."""
        self.ask("POST", f"/_local/schedules/{name}", {"time": time})

    def session_of(self, role: str) -> str:
        """The session cookie of the local person with this role, signed in once."""
        if role not in self._sessions:
            self._sessions[role] = self._sign_in(f"{role}@saldo.local")
        return self._sessions[role]

    def new_session_of(self, role: str) -> str:
        """A further session, which a test may end."""
        return self._sign_in(f"{role}@saldo.local")

    def _sign_in(self, email: str) -> str:
        """What a browser does on the pages of sign-in, without the browser."""
        jar = http.cookiejar.CookieJar(_OverHttp())
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        with browser.open(f"{self.url}/auth/login?return_to=/", timeout=_ANSWER_SECONDS) as page:
            asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query))
        form = asked | {"username": email, "password": PASSWORD}
        data = urllib.parse.urlencode(form).encode()
        browser.open(f"{self.url}/_local/sign-in/login", data, _ANSWER_SECONDS).close()
        return next(str(cookie.value) for cookie in jar if cookie.name == SESSION_COOKIE)

    def _settings(self, folder: Path, example: str) -> dict[str, str]:
        return {
            "PORT": self.url.rpartition(":")[2],
            "SALDO_DATA": str(folder),
            "SALDO_EXAMPLE": example,
            "SALDO_API_KEY": API_KEY,
            "SALDO_STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "PYTHONUNBUFFERED": "1",
        }

    def _wait_until_ready(self) -> None:
        ready = threading.Event()
        threading.Thread(target=self._read, args=(ready,), daemon=True).start()
        if ready.wait(_START_SECONDS) and self._process.poll() is None:
            return
        self.stop()
        raise AssertionError("\n".join(self._lines))

    def _read(self, ready: threading.Event) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.append(line.rstrip())
            if line.startswith("Saldo is ready"):
                ready.set()
        ready.set()


class _OverHttp(http.cookiejar.DefaultCookiePolicy):
    """On localhost a browser sends Secure cookies over http too."""

    def return_ok_secure(self, cookie: Any, request: Any) -> bool:
        return True


def _content(answer: Any) -> Any:
    """JSON where the answer is JSON, text elsewhere."""
    text = answer.read().decode()
    return json.loads(text) if "json" in answer.headers["Content-Type"] else text
